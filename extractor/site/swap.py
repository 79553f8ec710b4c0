"""Replaces a folder by another so that, whatever fails, one of them is in place."""

import shutil
from pathlib import Path


def draft_of(target: Path) -> Path:
    """Return the path of the draft: in the same parent folder, so that it can be renamed into place."""
    return target.with_name(f".{target.name}.draft")


def old_of(target: Path) -> Path:
    """Return the path where the old folder is kept until the new one is in place."""
    return target.with_name(f".{target.name}.old")


def take_back(target: Path) -> None:
    """Restore the old folder if an earlier run stopped between the two renames."""
    old = old_of(target)
    if old.is_dir() and not target.exists():
        old.replace(target)


def swap_in(target: Path) -> None:
    """Rename the draft into place; the old folder is deleted only then, and restored if that fails."""
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
