"""Classifies the text of a table cell: label, header word, number, unit, blank."""

from msgspec import Struct

from extractor import numerals
from extractor.forms import per_forms
from extractor.numerals import has_number
from extractor.recognize.labels import Label, label_index
from extractor.script import without_invisible


class CellKind(Struct, frozen=True, eq=False):
    """What the text of a cell can be: which rows or columns it may name, and whether it is a value.

    Texts of the same kind share one object, so kinds are compared by identity.
    """

    labels: tuple[Label, ...]
    rows: dict[tuple[str, str], tuple[str, ...]]  # by edition and table: ids of the rows that it may name
    columns: tuple[tuple[str, str], ...]  # editions and tables with a column that it may name
    is_value: bool  # a number, a mark for nothing, or blank
    is_blank: bool
    has_number: bool
    is_unit: bool
    is_ignored: bool
    is_word: bool  # a header word that names neither row nor column
    is_text: bool  # it can only be a label; a remark after a number does not count
    names_a_group: bool  # it may be the label of a group of rows, as （六）其他处理 is in one of the editions
    is_row: bool  # it may name a row
    is_column: bool  # it may name a column


@per_forms(maxsize=16384)
def kind_of_text(text: str) -> CellKind:
    """Classify the text of a cell. Cached: the same few hundred texts make up most of an archive."""
    is_value = numerals.is_value(text)
    labels = () if is_value else label_index().find(without_invisible(text))
    is_value = is_value or (not labels and numerals.begins_with_number(text))
    return _kind(labels, is_value, numerals.is_blank(text), has_number(text), numerals.is_unit(text))


@per_forms(maxsize=4096)
def _kind(
    labels: tuple[Label, ...], is_value: bool, is_blank: bool, has_number: bool, is_unit: bool
) -> CellKind:
    kinds = {label.kind for label in labels}
    return CellKind(
        labels=labels,
        rows=_rows_named(labels),
        columns=tuple({(label.form, label.table) for label in labels if label.kind == "column"}),
        is_value=is_value,
        is_blank=is_blank,
        has_number=has_number,
        is_unit=is_unit,
        is_ignored="ignored" in kinds,
        is_word=kinds == {"word"},
        is_text=not is_value and not is_unit,
        names_a_group="row" in kinds and "word" in kinds,
        is_row="row" in kinds,
        is_column="column" in kinds,
    )


def _rows_named(labels: tuple[Label, ...]) -> dict[tuple[str, str], tuple[str, ...]]:
    rows: dict[tuple[str, str], tuple[str, ...]] = {}
    for label in labels:
        if label.kind == "row":
            table = (label.form, label.table)
            rows[table] = (*rows.get(table, ()), label.id)
    return rows
