"""The crosswalk of concepts between editions: same meaning, near meaning, or only the same words."""

from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from extractor.cell_id import split_cell_id, table_of
from extractor.forms import Relation, TableForm, load_form, load_forms, per_forms

Kind = Literal["same", "near", "not"]


class ConceptCell(Struct, frozen=True):
    """One cell of one edition and its relation to a concept. Fields in the order of the table `concepts`."""

    concept: str
    title: str
    title_en: str | None
    edition: str
    table: str
    row: str
    column: str
    relation: Kind
    note: str | None = None
    note_en: str | None = None


@per_forms()
def concept_cells() -> tuple[ConceptCell, ...]:
    """Return the crosswalk, sorted by concept, newest edition first.

    Each cell id is a concept: cells with the same id in other editions mean the same. The editions themselves
    define which cells are near, or only look alike.
    """
    titles: dict[str, str] = {}
    cells: list[ConceptCell] = []
    for form in load_forms():
        for table in form.tables:
            for cell in table.cell_ids():
                titles.setdefault(cell, _title(table, cell))
                cells.append(_cell(cell, titles[cell], form.id, cell, "same"))
    for form in load_forms():
        cells.extend(
            each for relation in form.relations for each in _cells_of_relation(form.id, relation, titles)
        )
    age = {form.id: number for number, form in enumerate(load_forms())}
    return tuple(sorted(cells, key=lambda cell: (cell.concept, age[cell.edition], cell.row, cell.column)))


def concept_rows() -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of the table `concepts`."""
    return (msgspec.structs.astuple(cell) for cell in concept_cells())


def _title(table: TableForm, cell: str) -> str:
    _, row, column = split_cell_id(cell)
    label = next(each.label for each in table.columns if each.id == column)
    of_row = table.row(row)
    return "，".join((*of_row.group, of_row.label, label))


def _cells_of_relation(edition: str, relation: Relation, titles: dict[str, str]) -> Iterator[ConceptCell]:
    """Yield the cells of one edition to which a relation applies, if the concept exists."""
    form = load_form(edition)
    table = form.table(table_of(relation.cell))
    assert table is not None  # checked when the edition was loaded
    columns = [column.id for column in table.columns] if "{column}" in relation.cell else [""]
    for column in columns:
        concept = relation.concept.replace("{column}", column)
        cell = relation.cell.replace("{column}", column)
        if concept in titles and form.has_cell(cell):
            title, kind = titles[concept], relation.relation
            yield _cell(concept, title, edition, cell, kind, relation.note, relation.note_en)


def _cell(
    concept: str,
    title: str,
    edition: str,
    cell: str,
    relation: Kind,
    note: str | None = None,
    note_en: str | None = None,
) -> ConceptCell:
    table, row, column = split_cell_id(cell)
    english = concept.replace("_", " ").replace(".", ", ")
    return ConceptCell(concept, title, english, edition, table, row, column, relation, note, note_en)
