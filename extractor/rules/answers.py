"""Reads the answers that an office filled in in the workbook that was sent back to it."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, get_args

import openpyxl
from msgspec import Struct
from openpyxl.utils.exceptions import InvalidFileException

from extractor.errors import MissingFile, Unreadable
from extractor.patterns import kept_pattern
from extractor.report import Number
from extractor.words import Language, said
from extractor.zip_reader import ZIP_DAMAGE, ZipReader, ZipRefused, refuse_hostile

Settled = Literal["corrected", "rejected", "open"]
_NEEDED = ("sheet-corrected", "sheet-new-value", "sheet-note", "sheet-key")
_HEADS = (*_NEEDED, "sheet-table", "sheet-row", "sheet-column", "sheet-file", "sheet-should-be")
_YES, _NO = {"是", "已更正", "更正", "y", "yes"}, {"否", "不更正", "无误", "n", "no"}


class OfficeAnswer(Struct, frozen=True):
    """The office's answer to one row of the workbook."""

    key: str  # identifies the cause, see workbook_rows.key_of
    agency: str  # the name of its sheet
    file: str
    where: str
    settled: Settled
    value: Number | None  # the office's correction
    should_be: Number | None  # the value that makes the sums hold, if there is only one
    note: str

    @property
    def breaks_a_sum(self) -> bool:
        """True if the corrected number differs from the one that would make the sums hold."""
        return None not in (self.value, self.should_be) and self.value != self.should_be

    @property
    def cause(self) -> str:
        """The key without the part that changes with the file: the same cause in a corrected file."""
        return self.key.rpartition("|")[0]


def read_answers(path: Path) -> list[OfficeAnswer]:
    """Return the answers of every sheet in the order of its rows.

    Raises:
        MissingFile: There is no such file.
        Unreadable: It is no workbook, or not one that check has written.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
    try:
        refuse_hostile(ZipReader(io.BytesIO(data)).members)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (*ZIP_DAMAGE, ZipRefused, InvalidFileException, KeyError, TypeError) as error:
        raise Unreadable(f"{path}: 不是 Excel 工作簿（.xlsx）") from error
    tables = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    found = [(title, rows, head) for title, rows in tables if (head := _head_of(rows)) is not None]
    if not found:
        raise Unreadable(f"{path}: 没有“{'”“'.join(map(said, _NEEDED))}”各栏，不是 check --xlsx 写出的退回表")
    return [answer for title, rows, head in found for answer in _answers(title, rows, head)]


def _head_of(rows: Sequence[Sequence[object]]) -> int | None:
    return next((at for at, row in enumerate(rows) if set(_NEEDED) <= set(_keys(row))), None)


def _keys(row: Sequence[object]) -> list[str]:
    """Return the key of each column heading, in either language of the workbook.

    Unknown headings stay unchanged.
    """
    known = {said(key, language): key for language in get_args(Language) for key in _HEADS}
    return [known.get(str(value), str(value)) for value in row]


def _answers(title: str, rows: Sequence[Sequence[object]], head: int) -> Iterator[OfficeAnswer]:
    names = _keys(rows[head])
    for row in rows[head + 1 :]:
        told = dict(zip(names, row, strict=False))
        if not told.get("sheet-key"):
            continue
        labels = (_text(told.get(name)) for name in ("sheet-table", "sheet-row", "sheet-column"))
        value = _number(told["sheet-new-value"])
        yield OfficeAnswer(
            key=str(told["sheet-key"]),
            agency=title,
            file=_text(told.get("sheet-file")),
            where=" / ".join(label for label in labels if label),
            settled=_settled(_text(told["sheet-corrected"]), value),
            value=value,
            should_be=_number(told.get("sheet-should-be")),
            note=_text(told["sheet-note"]),
        )


def _settled(word: str, value: Number | None) -> Settled:
    """Classify an answer: a number alone counts as a correction, an unknown word as still open."""
    if word.casefold() in _YES or (not word and value is not None):
        return "corrected"
    return "rejected" if word.casefold() in _NO else "open"


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\n", "、").strip()


def _number(value: object) -> Number | None:
    """Return a number as it was typed, full-width digits and separators of thousands included."""
    text = kept_pattern(r"[,，\s]").sub("", str(value if value is not None else ""))
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else number
