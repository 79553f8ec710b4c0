"""Limits of a batch, and the fingerprint that changes whenever the reading code changes."""

import hashlib
import os
from importlib import metadata
from pathlib import Path

from msgspec import Struct, field

from extractor.forms import folders_in_use

MEBIBYTE = 1024 * 1024

# Packages and files that do not influence how a report is read.
_NOT_READING = (
    *("batch", "crawl", "export", "analysis", "engines", "integrations", "rules", "review", "cli", "outcome"),
    *("catalog", "identity", "panel", "serve", "corrections", "words"),
)
# files in data/ that only concern pages
_OF_PAGES = ("pages.yaml", "words.yaml", "review.css", "review.js", "correct.js")

# Libraries whose next release may read the same bytes differently.
_READERS = (
    "beautifulsoup4",
    "jieba",
    "lxml",
    "pdfplumber",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "selectolax",
)


class Limits(Struct, frozen=True):
    """Limits for one document. Reading is stopped, and recorded, when one is exceeded."""

    seconds: float = 60.0
    size: int = 64 * MEBIBYTE  # bytes
    pages: int = 500  # pages of a PDF
    memory: int = 1400 * MEBIBYTE  # bytes of memory of the process, without code
    depth: int = 4  # levels of nested archives
    nested_size: int = 2048 * MEBIBYTE  # bytes of an archive inside an archive
    members: int = 1_000_000  # members of one outermost archive, including nested archives
    ratio: int = 200  # unpacked bytes per packed byte of one outermost archive, beyond the first GiB


class Settings(Struct, frozen=True):
    """How to run a batch."""

    workers: int = field(default_factory=lambda: _cores())
    limits: Limits = Limits()
    retry_failed: bool = False
    force: bool = False
    commit_documents: int = 64  # most documents that must be read again after a kill …
    commit_seconds: float = 1.0  # … and most seconds of work
    # folders with editions besides the built-in ones
    forms: tuple[str, ...] = field(default_factory=folders_in_use)
    tasks_a_worker: int = 1000  # documents after which a worker process is replaced


def _cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # Windows and macOS


def fingerprint() -> str:
    """Return a digest that changes whenever the same bytes may be read differently.

    It covers the code and data of the reader, the user's editions, and the libraries under it.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and _has_a_say(path.relative_to(package)):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    for folder in folders_in_use():
        for path in sorted(Path(folder).glob("*.yaml")):
            digest.update(path.name.encode() + path.read_bytes())
    for name in _READERS:
        digest.update(f"{name}={_version_of(name)}".encode())
    return digest.hexdigest()[:16]


def _has_a_say(path: Path) -> bool:
    room = path.parts[0].removesuffix(".py")
    if room == "data" and (path.name in _OF_PAGES or path.parent.name == "compiled"):
        return False  # compiled files are covered by their YAML
    return "__pycache__" not in path.parts and room not in _NOT_READING


def _version_of(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
