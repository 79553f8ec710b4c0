"""The crosswalk of concepts over the editions of the form: what is the same, near, or a false friend."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec
from msgspec import Struct

from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.forms import TableForm, load_form

Relation = Literal["same", "near", "not"]


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """Cells that mean the same in each of these editions, each of them a concept."""

    table: str
    editions: tuple[str, ...]  # the first gives the labels
    rows: tuple[str, ...] = ()  # none: all
    columns: tuple[str, ...] = ()  # none: all that a row has
    without: tuple[str, ...] = ()  # rows left out


class EditionLink(Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of another edition, set beside a concept. "{column}" stands for every column of the table."""

    concept: str
    edition: str
    cell: str
    relation: Relation
    note: str
    note_en: str


class _Crosswalk(Struct, frozen=True, forbid_unknown_fields=True):
    families: tuple[Family, ...]
    links: tuple[EditionLink, ...]


class ConceptCell(Struct, frozen=True):
    """One cell of one edition, as it stands to a concept. In the order of the table `concepts`."""

    concept: str
    title: str
    title_en: str | None
    edition: str
    table: str
    row: str
    column: str
    relation: Relation
    note: str | None = None
    note_en: str | None = None


@cache
def concept_cells() -> tuple[ConceptCell, ...]:
    """Return the crosswalk, sorted by concept, newest edition first.

    Raises:
        InvalidDefinition: data/concepts.yaml names a cell or a concept that there is not.
    """
    crosswalk = load_definition("concepts.yaml", _Crosswalk)
    cells = [cell for family in crosswalk.families for cell in _cells_of(family)]
    titles = {cell.concept: cell.title for cell in cells}
    for link in crosswalk.links:
        cells.extend(_cells_of_link(link, titles))
    return tuple(sorted(cells, key=lambda cell: (cell.concept, -int(cell.edition), cell.row, cell.column)))


def concept_rows() -> Iterator[tuple[str | None, ...]]:
    """Yield the rows of the table `concepts`."""
    return (msgspec.structs.astuple(cell) for cell in concept_cells())


def _table(edition: str, table: str) -> TableForm:
    definition = load_form(edition).table(table)
    if definition is None:
        raise InvalidDefinition(f"concepts.yaml: {edition} has no table {table}")
    return definition


def _cells_of(family: Family) -> Iterator[ConceptCell]:
    naming = _table(family.editions[0], family.table)
    known = {edition: set(_table(edition, family.table).cell_ids()) for edition in family.editions}
    for row in naming.rows:
        if (family.rows and row.id not in family.rows) or row.id in family.without:
            continue
        for column in family.columns or naming.columns_of(row):
            cell = f"{family.table}.{row.id}.{column}"
            if cell not in known[family.editions[0]]:
                continue  # a row has only some of the columns
            for edition in family.editions:
                if cell not in known[edition]:
                    raise InvalidDefinition(f"concepts.yaml: {edition} has no cell {cell}")
                yield _cell(cell, _title(naming, row.id, column), edition, cell, "same")


def _title(table: TableForm, row: str, column: str) -> str:
    label = next(each.label for each in table.columns if each.id == column)
    of_row = table.row(row)
    return "，".join((*of_row.group, of_row.label, label))


def _cells_of_link(link: EditionLink, titles: dict[str, str]) -> Iterator[ConceptCell]:
    table = _table(link.edition, link.cell.partition(".")[0])
    columns = [column.id for column in table.columns] if "{column}" in link.cell else [""]
    for column in columns:
        concept = link.concept.replace("{column}", column)
        cell = link.cell.replace("{column}", column)
        if concept not in titles or cell not in table.cell_ids():
            raise InvalidDefinition(f"concepts.yaml: there is no concept {concept} or no cell {cell}")
        yield _cell(concept, titles[concept], link.edition, cell, link.relation, link.note, link.note_en)


def _cell(
    concept: str,
    title: str,
    edition: str,
    cell: str,
    relation: Relation,
    note: str | None = None,
    note_en: str | None = None,
) -> ConceptCell:
    table, row, column = cell.split(".")
    english = concept.replace("_", " ").replace(".", ", ")
    return ConceptCell(concept, title, english, edition, table, row, column, relation, note, note_en)
