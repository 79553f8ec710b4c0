"""Finds the bytes of a document again at the place recorded by an earlier run."""

import hashlib
import tempfile
from pathlib import Path

from extractor.batch.found import Found
from extractor.batch.settings import Limits
from extractor.batch.storage import is_address
from extractor.batch.unpack import documents_at, documents_in
from extractor.document_id import file_of
from extractor.errors import MissingFile
from extractor.outcome import DocumentPlace


def bytes_again(document: str, place: DocumentPlace, limits: Limits) -> bytes:
    """Return the bytes of the file in which a report was found.

    Args:
        document: The report's id, which tells the sha256 of the file.
        place: Where they were found: a file, or a member of an archive.
        limits: Limits for archives.

    Raises:
        MissingFile: They are no longer there.
    """
    with tempfile.TemporaryDirectory(prefix="extractor-") as spool:
        at = Path(spool)
        found = documents_at(place.path, limits, at) if is_address(place.path) else None
        for finding in found or documents_in(Path(place.path), limits, at):
            if isinstance(finding, Found) and finding.place.member == place.member:
                if hashlib.sha256(finding.data).hexdigest() == file_of(document):
                    return finding.data
                break
    raise MissingFile(f"{place}: 原文件不见了，或已变了")
