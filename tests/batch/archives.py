"""What the tests of archives unpack, and how."""

import io
import zipfile
from pathlib import Path

from extractor.batch.found import Found, Skipped
from extractor.batch.settings import Limits
from extractor.batch.unpack import documents_in
from extractor.outcome import Sighting

PAGE = "<html><body>云岭县档案局</body></html>".encode()
NAME = "二〇二三/云岭县档案局年报.html"


def found_in(path: Path, limits: Limits | None = None) -> list[Found | Sighting | Skipped]:
    spool = path.parent / "spool"
    spool.mkdir(exist_ok=True)
    found = list(documents_in(path, limits or Limits(), spool))
    assert list(spool.iterdir()) == []
    return found


def zipped(*members: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()
