"""Finds the documents in a file: the file itself, or the members of an archive and of nested archives.

The kind of a file is decided by its first bytes, never by its name. Limits apply to the outermost
archive and everything nested in it together, so that no archive can unpack without end.
"""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO

from msgspec import structs

from extractor.batch.archive import (
    ArchiveMember,
    ArchiveTrouble,
    UnpackBudget,
    kind_of,
    metered,
    open_compressed,
)
from extractor.batch.archive_tar import tar_entries
from extractor.batch.archive_warc import warc_entries
from extractor.batch.archive_zip import is_document, zip_entries
from extractor.batch.found import Finding, Found, Skipped
from extractor.batch.settings import Limits
from extractor.batch.storage import fetch
from extractor.batch.walk import is_litter
from extractor.disk import is_full
from extractor.encoding import decode_name
from extractor.magic import HEAD_SIZE
from extractor.outcome import DocumentPlace, Sighting


def documents_at(address: str, limits: Limits, spool: Path) -> Iterator[Finding]:
    """Yield the documents of one file of a storage; it is fetched into the spool first."""
    local = spool / "fetched"
    try:
        fetch(address, local)
    except OSError as error:
        if is_full(error):
            raise
        yield Sighting(DocumentPlace(address), code="vanished", message=f"取不到（{error}）")
        return
    for finding in documents_in(local, limits, spool, DocumentPlace(address)):
        yield structs.replace(finding, path=None) if isinstance(finding, Found) else finding
    local.unlink(missing_ok=True)


def documents_in(
    path: Path, limits: Limits, spool: Path, known_as: DocumentPlace | None = None
) -> Iterator[Finding]:
    """Yield the documents of one input file, or what kept them from being read.

    Args:
        path: A document or an archive.
        limits: Limits for documents and archives.
        spool: A folder for nested archives while they are unpacked.
        known_as: The place of the file, if it is not its path.
    """
    place = known_as or DocumentPlace(_readable(path))
    try:
        with path.open("rb") as stream:
            size = path.stat().st_size
            kind = kind_of(stream)
            if kind is None or (kind == "zip" and is_document(stream)):
                yield _whole(place, stream, size, limits, path)
                return
            budget = UnpackBudget(limits, size)
            yield from _members(place, kind, stream, budget, spool, depth=1)
    except OSError as error:
        if is_full(error):
            raise  # the disk of the spool is full
        yield Sighting(place, code="vanished", message=f"打不开（{error.strerror or error}）")


def _readable(path: Path) -> str:
    return decode_name(os.fsencode(path))


def _whole(place: DocumentPlace, stream: BufferedReader, size: int, limits: Limits, path: Path) -> Finding:
    if size > limits.size:
        return too_large(place, size, limits)
    return Found(place, stream.read(), path)


def too_large(place: DocumentPlace, size: int | None, limits: Limits) -> Sighting:
    """Return the record that a document is too large; its bytes were not read."""
    told = f"{size} 字节，" if size is not None else ""
    return Sighting(place, code="too-large", message=f"{told}超过上限 {limits.size} 字节", size=size)


def _members(
    place: DocumentPlace, kind: str, stream: IO[bytes], budget: UnpackBudget, spool: Path, depth: int
) -> Iterator[Finding]:
    """Yield the contents of an archive; if it is damaged, those before the damage, then the damage."""
    names: Counter[str] = Counter()
    try:
        for entry in _entries(kind, stream, budget, spool, place):
            names[entry.name] += 1
            if names[entry.name] > 1:  # an archive may contain two files of the same name
                entry = structs.replace(entry, name=f"{entry.name}#{names[entry.name]}")
            if any(is_litter(part) for part in entry.name.split("/")):
                continue
            yield from _member(place, entry, budget, spool, depth)
    except ArchiveTrouble as trouble:
        yield Sighting(place, code=trouble.code, message=str(trouble))


def _entries(
    kind: str, stream: IO[bytes], budget: UnpackBudget, spool: Path, place: DocumentPlace
) -> Iterator[ArchiveMember]:
    if kind == "zip":
        return zip_entries(stream, budget)
    if kind == "7z":
        from extractor.batch.archive_seven import seven_entries  # its package is an extra

        return seven_entries(stream, budget, spool)
    if kind == "tar":
        return tar_entries(stream, budget)
    if kind == "warc":
        return warc_entries(stream, budget)
    return _compressed_entries(kind, stream, budget, place)


def _compressed_entries(
    kind: str, stream: IO[bytes], budget: UnpackBudget, place: DocumentPlace
) -> Iterator[ArchiveMember]:
    """Open a compressed stream: a tar, a web archive, or one compressed file."""
    plain = metered(open_compressed(kind, stream), budget)
    try:
        inner = kind_of(plain)
        if inner == "tar":
            yield from tar_entries(plain, budget)
        elif inner == "warc":
            stream.seek(0)
            yield from warc_entries(stream if kind == "gzip" else plain, budget)
        else:
            yield ArchiveMember(_without_suffix(place.name), None, plain)
    except (OSError, EOFError, ValueError) as error:
        raise ArchiveTrouble("bad-archive", f"解压到一半出错（{error}）") from error


def _without_suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and suffix.lower() in ("gz", "bz2", "xz", "zst", "zstd") else name


def _member(
    place: DocumentPlace, entry: ArchiveMember, budget: UnpackBudget, spool: Path, depth: int
) -> Iterator[Finding]:
    here = DocumentPlace(
        place.path, f"{place.member}!/{entry.name}" if place.member else entry.name,
        entry.url or place.url, entry.retrieved_at or place.retrieved_at,
    )  # fmt: skip
    budget.count_member()
    if entry.trouble:
        yield Sighting(here, code=entry.trouble.code, message=str(entry.trouble), size=entry.size)
        return
    if entry.stream is None:
        yield Skipped(here)
        return
    try:
        yield from _findings_inside(here, entry, entry.stream, budget, spool, depth)
    except ArchiveTrouble as trouble:
        if trouble.code == "bomb":
            raise  # a failure of the archive as a whole
        yield Sighting(here, code=trouble.code, message=str(trouble), size=entry.size)


def _findings_inside(
    here: DocumentPlace,
    entry: ArchiveMember,
    stream: IO[bytes],
    budget: UnpackBudget,
    spool: Path,
    depth: int,
) -> Iterator[Finding]:
    head = budget.read(stream, HEAD_SIZE)
    kind = kind_of(BytesIO(head))
    if kind is None and (entry.size or 0) > budget.limits.size:
        yield too_large(here, entry.size, budget.limits)  # the declared size is too large: it is not unpacked
        return
    first = head + budget.read(stream, budget.limits.size + 1 - len(head))
    if kind is None or (kind == "zip" and is_document(BytesIO(first))):
        yield _read_member(here, first, entry.size, budget.limits)
        return
    with tempfile.TemporaryFile(dir=spool) as file:
        file.write(first)
        del first
        if _copy_rest(stream, file, budget):
            yield from _findings_of_nested(here, kind, file, budget, spool, depth)
        else:
            message = f"内层压缩包超过上限 {budget.limits.nested_size} 字节"
            yield Sighting(here, code="too-large", message=message, size=entry.size)


def _read_member(here: DocumentPlace, data: bytes, declared: int | None, limits: Limits) -> Finding:
    return too_large(here, declared, limits) if len(data) > limits.size else Found(here, data)


def _copy_rest(stream: IO[bytes], file: IO[bytes], budget: UnpackBudget) -> bool:
    """Copy the rest of a nested archive. Return False if it is larger than allowed."""
    while piece := budget.read(stream, 1 << 20):
        file.write(piece)
        if file.tell() > budget.limits.nested_size:
            return False
    file.seek(0)
    return True


def _findings_of_nested(
    here: DocumentPlace, kind: str, file: IO[bytes], budget: UnpackBudget, spool: Path, depth: int
) -> Iterator[Finding]:
    # it is too large for a document, or is one that has been read as such
    if kind == "zip" and is_document(file):
        yield too_large(here, None, budget.limits)
    elif depth >= budget.limits.depth:
        yield Sighting(here, code="too-deep", message=f"压缩包里套压缩包，超过 {budget.limits.depth} 层")
    else:
        yield from _members(here, kind, file, budget, spool, depth + 1)
