"""Lists the files behind the inputs (files, folders, globs, lists of paths) in a fixed order."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.batch.storage import files_at, is_address

# Names that operating systems and office programs leave behind; never reports.
_LITTER = {"Thumbs.db", "desktop.ini", "__MACOSX"}
# A crawl's own list of what it fetched; the folder beside it shows that it is one.
_MANIFEST, _CRAWLED = "manifest.jsonl", ".crawl"
_WILD = frozenset("*?[")


def is_litter(name: str) -> bool:
    """Return whether a file or folder name is that of a by-product: hidden, or an office program's lock.

    >>> is_litter(".DS_Store"), is_litter("~$年报.docx"), is_litter("年报.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$")) or name in _LITTER


def walk(inputs: Iterable[str], *, without: Path | str | None = None) -> Iterator[Path | str]:
    """Yield the files behind the inputs: folders in depth, each sorted by name.

    A file named twice is yielded twice. A name that matches nothing is yielded unchanged, so that
    its absence is recorded.

    Args:
        inputs: Paths of files or folders, glob patterns (`**` reaches into folders), or
            addresses of a storage, which are yielded as text.
        without: A folder to leave out, or its address: the output of the batch itself.

    Raises:
        MissingFile: A storage cannot be reached, or access is denied.
    """
    for text in inputs:
        if is_address(text):
            yield from _files_at(text, without)
            continue
        path = Path(text)
        if path.is_dir():
            yield from _files_in(path, None if isinstance(without, str) else without)
        elif not path.exists() and _WILD.intersection(text):
            yield from filter(Path.is_file, sorted(_matches(path)))
        else:
            yield path


def count_files(inputs: Iterable[str], *, without: Path | str | None = None) -> int:
    """Count what walk() will yield."""
    return sum(1 for _ in walk(inputs, without=without))


def _files_at(address: str, without: Path | str | None) -> Iterator[str]:
    for file in files_at(address, without if isinstance(without, str) else None):
        below = file.removeprefix(address)  # what the user named explicitly is never skipped
        if not any(is_litter(part) for part in below.split("/")):
            yield file


def _files_in(folder: Path, without: Path | None) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # opening it will report what is wrong
        return
    for entry in entries:
        if is_litter(entry.name) or (entry.name == _MANIFEST and (folder / _CRAWLED).is_dir()):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            if without is None or not _is_same(path, without):
                yield from _files_in(path, without)
        elif entry.is_symlink() or entry.is_file():
            # not pipes or sockets; a broken link is yielded, so that it is recorded
            yield path


def _matches(pattern: Path) -> Iterator[Path]:
    root = Path(pattern.anchor) if pattern.anchor else Path()
    return root.glob(str(pattern.relative_to(root)))


def _is_same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def paths_of_list(text: bytes) -> list[str]:
    """Return the paths of a list, one a line, or separated by NUL as `find -print0` does."""
    separator = b"\0" if b"\0" in text else b"\n"
    return [os.fsdecode(line.rstrip(b"\r")) for line in text.split(separator) if line.strip()]
