"""What the characters of a table's cell are, as far as labels and numbers go."""

import re
from functools import lru_cache

from msgspec import Struct

from extractor.recognize.labels import Label, label_index

# What a cell of values may hold; anything else in a value's place is kept and judged later.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]")
_VALUE = re.compile(
    r"[\s\u3000\u00a0\d０-９,，.．+\-－−﹣‐‑‒—–―─/／\\*無无零件条宗项次个篇人万亿元笔份()（）]*"
)
_UNITS = re.compile("[条件次篇人个元项份场宗條個項場]|人次|万元|萬元")
_DIGIT = re.compile(r"[\d０-９]")
# 22（其中修订16件）, 2笔 984361元; but 2.其他法律… is a label nobody knows.
_REMARKED = re.compile(
    r"\s*[+\-－−﹣‐‑‒—–―─]?[\d０-９][\d０-９,，.]*\s*(?:[件条项宗个次]|万?元)?\s*(?:[（(]|$)|\s*\d+笔"
)


class Seen(Struct, frozen=True):
    """What the characters of a cell are, as far as labels and numbers go."""

    labels: tuple[Label, ...]
    rows: dict[tuple[str, str], tuple[str, ...]]  # by edition and table: ids of the rows it may name
    columns: tuple[tuple[str, str], ...]  # editions and tables of which it may name a column
    is_value: bool  # a number, a mark for nothing, or blank
    is_blank: bool
    has_digit: bool
    is_unit: bool
    is_ignored: bool
    is_word: bool  # a header word that names neither row nor column
    is_text: bool  # it can only be a label: a remark behind a number is none
    names_a_group: bool  # it may stand over several rows, as （六）其他处理 does in one of the editions

    @property
    def is_row(self) -> bool:
        """Say whether it may name a row."""
        return bool(self.rows)

    @property
    def is_column(self) -> bool:
        """Say whether it may name a column."""
        return bool(self.columns)


@lru_cache(maxsize=16384)
def see(text: str) -> Seen:
    """Say what the characters of a cell are. The same few hundred texts fill a whole archive."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    is_value = _VALUE.fullmatch(text) is not None
    labels = () if is_value else label_index().find(text)
    is_value = is_value or (not labels and _REMARKED.match(text) is not None)
    is_unit = _UNITS.fullmatch(text.strip()) is not None
    kinds = {label.kind for label in labels}
    return Seen(
        labels=labels,
        rows=_rows_named(labels),
        columns=tuple({(label.form, label.table) for label in labels if label.kind == "column"}),
        is_value=is_value,
        is_blank=not text or text.isspace(),
        has_digit=_DIGIT.search(text) is not None,
        is_unit=is_unit,
        is_ignored="ignored" in kinds,
        is_word=kinds == {"word"},
        is_text=not is_value and not is_unit,
        names_a_group="row" in kinds and "word" in kinds,
    )


def _rows_named(labels: tuple[Label, ...]) -> dict[tuple[str, str], tuple[str, ...]]:
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for label in labels:
        if label.kind == "row":
            table = (label.form, label.table)
            rows[table] = (*rows.get(table, ()), label.id)
    return rows


def has_digit(text: str) -> bool:
    """Say whether a digit of any width stands in the text."""
    return _DIGIT.search(text) is not None
