"""What a batch may take of the machine, and the fingerprint by which a changed reader is noticed."""

import hashlib
import os
from importlib import metadata
from pathlib import Path

from msgspec import Struct, field

from extractor.forms import folders_in_use

MEBIBYTE = 1024 * 1024

# Rooms and files that have no say in what a report reads like.
_NOT_READING = (
    *("batch", "crawl", "export", "analysis", "engines", "integrations", "rules", "review", "cli", "outcome"),
)

# Packages whose next release may read the same bytes otherwise.
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
    """What one document may take. A document that takes more is ended and recorded."""

    seconds: float = 60.0
    size: int = 64 * MEBIBYTE  # bytes
    pages: int = 500  # of a PDF
    memory: int = 2048 * MEBIBYTE  # bytes of its process, code aside
    depth: int = 4  # archives within archives
    nested_size: int = 2048 * MEBIBYTE  # bytes of an archive inside an archive
    members: int = 1_000_000  # of one outermost archive, nested ones counted
    ratio: int = 200  # unpacked bytes a packed byte of one outermost archive, beyond the first GiB


class Settings(Struct, frozen=True):
    """How to run a batch."""

    workers: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    limits: Limits = Limits()
    retry_failed: bool = False
    force: bool = False
    commit_documents: int = 64  # at most this many documents are read again after a kill …
    commit_seconds: float = 1.0  # … or those of this time
    forms: tuple[str, ...] = field(default_factory=folders_in_use)  # of editions beside the package's
    tasks_a_worker: int = 1000  # a worker process is replaced after so many documents


def fingerprint() -> str:
    """Return a digest that changes when the same bytes may be read otherwise.

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
    return "__pycache__" not in path.parts and room not in _NOT_READING


def _version_of(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"
