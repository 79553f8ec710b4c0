"""Reads one input and says what is wrong with the way it was read."""

import io
import re
import tempfile
import unicodedata
import zipfile
import zlib
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path

import msgspec

import extractor
from extractor.batch.found import Found
from extractor.batch.settings import Limits
from extractor.batch.unpack import documents_in
from extractor.errors import ExtractorError, OutOfMemory, ProgramFault
from extractor.numerals import chinese_value
from extractor.report import CellValue, Report

ARCHIVES = ("zip", "tar", "gz", "7z", "warc")
_NOTES = re.compile("[①-⑳⑴-⒇¹²³⁰⁴-⁹₀-₉]")  # NFKC makes digits of them
_BLANKS = re.compile(r"[\s,，'’]|\u200b|\ufeff")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[Ee][+-]?\d{1,2})?")
_RAISED = re.compile(rb"<su[bp]|vertical-align|vertAlign|w:position", re.IGNORECASE)
_WORDS = re.compile("[〇零一二两三四五六七八九十百千万]+")


def fault_of(kind: str, data: bytes) -> str | None:
    """Read an input as its format is read; return what is wrong, the same for the same cause, or None."""
    if kind in ARCHIVES:
        return _fault_of_archive(data)
    return _fault_of_document(data)


def _fault_of_archive(data: bytes) -> str | None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "input"
        path.write_bytes(data)
        spool = Path(folder) / "spool"
        spool.mkdir()
        try:
            found = list(documents_in(path, Limits(), spool))
        except ExtractorError:
            return None
        except Exception as error:  # whatever else is raised is what we look for
            return _named(error)
        if list(spool.iterdir()):
            return "spool: something is left behind"
    documents = [finding for finding in found if isinstance(finding, Found)]
    faults = (_fault_of_document(finding.data) for finding in documents[:1])
    return next((fault for fault in faults if fault), None)


def _fault_of_document(data: bytes) -> str | None:
    try:
        report = extractor.parse(data)
        packed = report.to_json()
    except ProgramFault as error:
        return _named(error.__cause__ or error)
    except OutOfMemory:
        return "memory: more than it may take"
    except ExtractorError:
        return None
    except Exception as error:  # whatever else is raised is what we look for
        return _named(error)
    return _fault_of_report(report, packed, may_have_marks=_may_have_marks(data))


def _named(error: BaseException) -> str:
    """Return the kind of an error and the last place of ours that it passed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/extractor/" in code.co_filename:
            place = f"{code.co_filename.rpartition('/extractor/')[2]}:{code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} in {place}"


def _may_have_marks(data: bytes) -> bool:
    """Say whether digits may be raised: `raw` keeps a note mark as 2780, of which 780 is the number."""
    parts = [data]
    damage = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError, zlib.error)
    with suppress(*damage), zipfile.ZipFile(io.BytesIO(data)) as package:
        parts.append(package.read("word/document.xml"))
    return data.startswith(b"%PDF") or any(_RAISED.search(part) for part in parts)


def _fault_of_report(report: Report, packed: bytes, *, may_have_marks: bool) -> str | None:
    if msgspec.json.decode(packed, type=Report) != report:
        return "json: the report is not what it was"
    for name, cell in report.cells.items():
        if cell.state == "read" and not is_printed(cell, may_have_marks=may_have_marks):
            return f"silent: {name.partition('.')[0]} reads {cell.value} from {cell.raw[:40]!r}"
    return None


def is_printed(cell: CellValue, *, may_have_marks: bool = False) -> bool:
    """Say whether the value of a cell stands in what is printed in it, read without any of our own reading.

    With `may_have_marks`, one or two digits before or behind a number may be a note mark.

    >>> is_printed(CellValue("１,２０４件", 1204, "read")), is_printed(CellValue("12", 21, "read"))
    (True, False)
    """
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", _NOTES.sub(" ", cell.raw)))
    value = abs(Decimal(cell.value or 0))
    numbers = {_decimal(number) for number in _NUMBER.findall(text)}
    if may_have_marks:
        cuts = [(n, digits) for digits in _NUMBER.findall(text) for n in (1, 2)]
        numbers |= {_decimal(piece) for n, digits in cuts for piece in (digits[n:], digits[:-n])}
    words = {chinese_value(word) for word in _WORDS.findall(text)}
    return value in numbers or value in words or (value == 0 and not numbers)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
