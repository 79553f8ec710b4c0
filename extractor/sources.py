"""Makes a Source from a path or from bytes."""

import os
from pathlib import Path

from extractor.document import Source
from extractor.encoding import decode_name
from extractor.errors import MissingFile


def source_from(given: str | Path | bytes, name: str = "", url: str | None = None) -> Source:
    """Return the bytes of a file, or the bytes given, with a name that JSON can hold.

    Raises:
        MissingFile: There is no such file, or it cannot be opened.
    """
    if isinstance(given, bytes):
        return Source(name or "-", given, url)
    path = Path(given)
    try:
        # A name from an old archive may not be UTF-8, but JSON must be.
        readable = decode_name(os.fsencode(path.name))
        return Source(name or readable, path.read_bytes(), url)
    except OSError as error:
        raise MissingFile(f"{path}: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    reasons = {
        FileNotFoundError: "没有这个文件",
        IsADirectoryError: "是文件夹，不是文件",
        PermissionError: "没有读取的权限",
    }
    return reasons.get(type(error), "打不开")
