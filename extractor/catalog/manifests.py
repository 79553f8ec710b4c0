"""The manifests of crawls: which version of an address a record holds, and whether it is still online."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.errors import Unreadable

_NAME, _CRAWLED = "manifest.jsonl", ".crawl"
_FOLDER = "manifests"  # of the journal


class KeptVersion(Struct, frozen=True):
    """One version of a file or page that a crawl kept from an address."""

    url: str
    taken: bool = False
    sha256: str = ""
    record_id: str = ""
    version: int = 1
    change: str | None = None  # how it differs from the version before
    gone_at: str | None = None
    agency: str | None = None
    year: int | None = None
    published: str | None = None  # ISO date, by the page, its address, or the list that links to it
    report: str | None = None  # the crawl's name for the report that several addresses belong to


_DECODER = msgspec.json.Decoder(KeptVersion)


def keep_manifests(inputs: Iterable[str], journal: Path) -> list[Path]:
    """Copy the manifests of the crawls among the inputs into the journal, so that later runs know them.

    Returns:
        The copies; each replaces that of an earlier run over the same folder.
    """
    copies = []
    for text in inputs:
        folder = Path(text)
        if not folder.is_dir():
            continue
        for found in sorted(folder.rglob(_NAME)):
            if not (found.parent / _CRAWLED).is_dir():
                continue
            name = hashlib.sha256(str(found.resolve()).encode()).hexdigest()[:16]
            copy = journal / _FOLDER / f"{name}.jsonl"
            copy.parent.mkdir(exist_ok=True)
            draft = copy.with_suffix(".draft")
            draft.write_bytes(found.read_bytes())
            draft.replace(copy)
            copies.append(copy)
    return copies


def load_manifests(journal: Path) -> list[KeptVersion]:
    """Return all versions listed in the manifests in the journal.

    Raises:
        Unreadable: A manifest is damaged.
    """
    kept = []
    for path in sorted((journal / _FOLDER).glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                version = _DECODER.decode(line)
            except msgspec.DecodeError as error:
                raise Unreadable(f"{path} 第 {number} 行：爬取清单损坏（{error}）") from error
            if version.taken:
                kept.append(version)
    return kept
