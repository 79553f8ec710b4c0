"""Puts a folder in the place of another, so that no failure leaves nothing there."""

import shutil
from pathlib import Path


def draft_of(target: Path) -> Path:
    """Return where the new folder is made: beside its place, so that it can be moved there in one step."""
    return target.with_name(f".{target.name}.draft")


def old_of(target: Path) -> Path:
    """Return where the folder that is replaced waits until the new one stands."""
    return target.with_name(f".{target.name}.old")


def take_back(target: Path) -> None:
    """Put the old folder back, where a run was stopped between the two moves."""
    old = old_of(target)
    if old.is_dir() and not target.exists():
        old.replace(target)


def swap_in(target: Path) -> None:
    """Move the draft to its place; what stood there is deleted only then, and put back if that fails."""
    old = old_of(target)
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.replace(old)
    try:
        draft_of(target).replace(target)
    except OSError:
        take_back(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
