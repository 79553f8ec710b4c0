"""The variables of the panel: a short stable name for each concept, its labels, unit and editions.

Stata allows 32 characters; two are reserved for the suffix of the state variable (`_s`).
"""

import hashlib

from msgspec import Struct

from extractor.analysis.concepts import ConceptCell, concept_cells
from extractor.cell_id import split_cell_id
from extractor.forms import load_forms, per_forms

LONGEST = 30

_SHORT = {
    "proactive": "pa",
    "requests": "rq",
    "disputes": "dp",
    "statistics": "st",
    "refused": "ref",
    "unavailable": "una",
    "rejected": "rej",
    "natural": "",
    "social": "social",
    "organization": "org",
    "administrative": "admin",
    "information": "info",
    "government": "gov",
    "normative": "norm",
    "documents": "docs",
    "enforcement": "enf",
    "interpretations": "interp",
    "disclosed": "discl",
    "responses": "resp",
    "conferences": "conf",
    "internal": "int",
    "process": "proc",
    "litigation": "suit",
    "security": "sec",
    "stability": "",
    "correction": "corr",
    "service": "",
    "services": "serv",
    "partly": "part",
    "needs": "",
    "creation": "create",
    "confirm": "",
    "publication": "publ",
    "business": "firm",
    "affairs": "affair",
    "value": "",
}


class Variable(Struct, frozen=True):
    """One column of the panel. Fields in the order of the codebook."""

    name: str
    concept: str
    label: str
    label_en: str
    unit: str | None
    type: str  # integer, or decimal for money
    cells: tuple[ConceptCell, ...]  # of all editions: identical, similar, and only apparently similar ones

    def cells_of(self, relation: str) -> tuple[ConceptCell, ...]:
        """Return the cells with this relation to the concept."""
        return tuple(cell for cell in self.cells if cell.relation == relation)


@per_forms()
def load_variables() -> tuple[Variable, ...]:
    """Return the variables, newest edition first, each edition in the order of its form."""
    cells: dict[str, list[ConceptCell]] = {}
    for cell in concept_cells():
        cells.setdefault(cell.concept, []).append(cell)
    names: dict[str, str] = {}
    variables = []
    for concept in _concepts_in_order():
        name = name_of(concept)
        if names.setdefault(name, concept) != concept:
            name = _told_apart(name, concept)
            names[name] = concept
        first = cells[concept][0]
        unit = _unit(concept)
        kind = "decimal" if unit and "元" in unit else "integer"
        variables.append(
            Variable(name, concept, first.title, first.title_en or concept, unit, kind, tuple(cells[concept]))
        )
    return tuple(variables)


def _concepts_in_order() -> list[str]:
    ordered = (cell for form in load_forms() for table in form.tables for cell in table.cell_ids())
    return list(dict.fromkeys(ordered))


def name_of(concept: str) -> str:
    """Return the variable name of a concept.

    >>> name_of("requests.new.total"), name_of("requests.refused_administrative_query.social_organization")
    ('rq_new_total', 'rq_ref_admin_query_social_org')
    """
    words = [_SHORT.get(word, word) for word in concept.replace(".", "_").split("_")]
    name = "_".join(word for word in words if word)
    return name if len(name) <= LONGEST else _told_apart(name, concept)


def _told_apart(name: str, concept: str) -> str:
    """Return the name shortened and made unique by a digest of its concept."""
    return f"{name[: LONGEST - 5].rstrip('_')}_{hashlib.sha256(concept.encode()).hexdigest()[:4]}"


def _unit(concept: str) -> str | None:
    table_id, row_id, column = split_cell_id(concept)
    for form in load_forms():
        table = form.table(table_id)
        if table is not None and form.has_cell(concept):
            row = table.row(row_id)
            unit = row.units.get(column, row.unit)
            return None if unit == "as printed" else unit or None
    return None


def codebook_rows(variables: tuple[Variable, ...]) -> list[tuple[str | None, ...]]:
    """Return the rows of the codebook, one per variable, edition and cell, column headings first."""
    rows: list[tuple[str | None, ...]] = [
        ("variable", "label", "label_en", "unit", "type", "edition", "cell", "relation", "note", "note_en")
    ]
    for each in variables:
        for cell in each.cells:
            place = f"{cell.table}.{cell.row}.{cell.column}"
            of_variable = (each.name, each.label, each.label_en, each.unit, each.type)
            rows.append((*of_variable, cell.edition, place, cell.relation, cell.note, cell.note_en))
    return rows
