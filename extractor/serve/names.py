"""Turns names of uploads into safe paths inside one folder."""

import re
from pathlib import PurePosixPath
from unicodedata import normalize

from extractor.batch.walk import is_litter
from extractor.patterns import kept_pattern

_LONGEST = 180  # bytes of one part of a path; file systems allow 255
_DEEPEST = 12  # levels of folders
# Control characters, characters that change the text direction, and those that Windows forbids.
_FORBIDDEN = kept_pattern('[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"|?*]')
_DEVICES = kept_pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def path_of_upload(told: str) -> PurePosixPath | None:
    r"""Return the relative path for an upload; None if it can never be a report.

    Whatever the name is, the path never leads upwards or to another disk.

    >>> str(path_of_upload("年报/2023/甲局.docx")), str(path_of_upload("..\\..\\etc/passwd"))
    ('年报/2023/甲局.docx', 'etc/passwd')
    >>> path_of_upload("年报/~$甲局.docx") is None
    True
    """
    parts = [part for part in kept_pattern(r"[/\\]").split(normalize("NFC", told)) if part.strip(" .")]
    if any(is_litter(part) for part in parts):
        return None
    safe = [_safe(part) for part in parts][-_DEEPEST:]
    return PurePosixPath(*safe) if safe else PurePosixPath("未命名")


def _safe(part: str) -> str:
    """Return a name that is valid on every system, with the same suffix."""
    name = _FORBIDDEN.sub("_", part).strip().rstrip(" .") or "_"
    name = f"_{name}" if _DEVICES.match(name) else name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _LONGEST // 4:
        return _cut(name, _LONGEST)
    return f"{_cut(stem, _LONGEST - len(suffix.encode()) - 1)}.{suffix}"


def _cut(name: str, most: int) -> str:
    return name.encode()[:most].decode(errors="ignore")


def numbered(path: PurePosixPath, number: int) -> PurePosixPath:
    """Return the name for the nth file of the same name.

    >>> str(numbered(PurePosixPath("a/年报.docx"), 2))
    'a/年报(2).docx'
    """
    return path if number == 1 else path.with_name(f"{path.stem}({number}){path.suffix}")
