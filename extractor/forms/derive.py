"""Fills in what an edition's YAML omits: from the nearest edition, else derived from its labels.

A new edition is one file that repeats little: the words that identify a table, the cells with the meaning of
a prose number, and near concepts are taken over.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import structs

from extractor.cell_id import split_cell_id
from extractor.forms.model import Form, Relation, TableForm
from extractor.patterns import late_pattern

_LEAST_TELLING = 4  # characters of a label that can identify a table
_MOST_TELLING = 6  # number of such labels that are kept
_NOTE = late_pattern(r"（[^）]*）")
_SERIAL = late_pattern(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d\.|其中：)")


def complete(forms: Sequence[Form]) -> tuple[Form, ...]:
    """Return the editions, newest first as given, with everything they omit filled in."""
    return tuple(_completed(form, list(_nearest(form, forms))) for form in forms)


def _nearest(form: Form, forms: Sequence[Form]) -> Iterator[Form]:
    """Yield the other editions: earlier ones from the latest back, then the later ones."""
    at = forms.index(form)
    yield from forms[at + 1 :]
    yield from reversed(forms[:at])


def _completed(form: Form, others: Sequence[Form]) -> Form:
    return structs.replace(
        form,
        tables=tuple(_completed_table(table, others) for table in form.tables),
        figures=_figures(form, others),
        relations=(*form.relations, *_shared_relations(form, others)),
    )


def _completed_table(table: TableForm, others: Sequence[Form]) -> TableForm:
    alike = [found for form in others if (found := form.table(table.id))]
    return structs.replace(table, **{name: _value_of(name, table, alike, others) for name in _WORKED_OUT})


def _value_of(name: str, table: TableForm, alike: Sequence[TableForm], others: Sequence[Form]) -> Any:
    """Return a table's own value, else that of another edition's table, else one derived from labels."""
    own = getattr(table, name)
    if own is not None:
        return own
    value = next((value for other in alike if (value := getattr(other, name)) is not None), None)
    if value is None or not _still_fits(name, table, value):
        return _WORKED_OUT[name](table, others)
    return value


def _still_fits(name: str, table: TableForm, value: Any) -> bool:
    if name == "witnessed" and value:
        return f"{table.id}.{value}" in table.cell_ids()
    if name in ("telling", "openings"):
        return any(word in printed for word in value for printed in _printed(table))
    return True


def _printed(table: TableForm) -> Iterator[str]:
    """Yield every text printed in a table."""
    yield from table.words
    yield "".join(table.outermost_rows)
    for row in table.rows:
        yield from (row.label, *row.aliases, *row.group)
    for column in table.columns:
        yield from (column.label, *column.aliases, *column.group)


def _telling_words(table: TableForm, others: Sequence[Form]) -> tuple[str, ...]:
    """Return the longest labels that no other edition has."""
    elsewhere = {
        _words_of(text)
        for form in others
        for other in form.tables
        for text in (*(row.label for row in other.rows), *(column.label for column in other.columns))
    }
    labels = [*(row.label for row in table.rows), *(column.label for column in table.columns)]
    own = dict.fromkeys(map(_words_of, labels))
    words = [word for word in own if len(word) >= _LEAST_TELLING and word not in elsewhere]
    return tuple(sorted(words, key=len, reverse=True)[:_MOST_TELLING])


def _words_of(label: str) -> str:
    return _NOTE.sub("", _SERIAL.sub("", label))


_WORKED_OUT: dict[str, Callable[[TableForm, Sequence[Form]], Any]] = {
    "part": lambda table, others: "",
    "telling": _telling_words,
    "openings": lambda table, others: _opening(table),
    "before_columns": lambda table, others: (),
    "least_labels": lambda table, others: min(6, max(3, table.label_count // 3)),
    "precedence": lambda table, others: table.label_count,
    "labels_in_pieces": lambda table, others: False,
    "witnessed": lambda table, others: "",
}


def _opening(table: TableForm) -> tuple[str, ...]:
    return ("".join(table.outermost_rows),) if table.layout == "across" else table.words[:1]


def _figures(form: Form, others: Sequence[Form]) -> dict[str, str | None]:
    """Return the cell of each code, as this edition states it or the nearest one with that cell."""
    figures = dict(form.figures)
    for other in others:
        for code, place in other.figures.items():
            if place is not None and form.cells_at(place):
                figures.setdefault(code, place)
    return figures


def _shared_relations(form: Form, others: Sequence[Form]) -> Iterator[Relation]:
    """Yield the relations that other editions state for shared cells: equal ids have equal meaning."""
    own = {(relation.concept, relation.cell) for relation in form.relations}
    for other in others:
        for relation in other.relations:
            table, row, column = split_cell_id(relation.cell)
            held = form.has_cell(relation.cell) or (column == "{column}" and _has_row(form, table, row))
            if held and (relation.concept, relation.cell) not in own:
                own.add((relation.concept, relation.cell))
                yield relation


def _has_row(form: Form, table_id: str, row_id: str) -> bool:
    table = form.table(table_id)
    return table is not None and any(row.id == row_id for row in table.rows)
