"""The codes of numbers in the prose (data/figure_codes.yaml), and the cells with the same meaning."""

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from extractor.cell_id import split_cell_id
from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.forms import load_forms, per_forms
from extractor.report import Number

Tables = Mapping[str, Mapping[str, Mapping[str, Number | None]]]


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """The words for a code. The cells with the same meaning are in the editions (forms/*.yaml)."""

    says: str


@cache
def figure_codes() -> dict[str, Code]:
    """Load data/figure_codes.yaml: the closed list of codes, without those of percentages."""
    return load_definition("figure_codes.yaml", dict[str, Code])


def require_known_codes() -> None:
    """Check that the editions use only known codes. Raise InvalidDefinition otherwise."""
    _places()


@per_forms()
def _places() -> dict[str, tuple[str, ...]]:
    """Return for each code the cells with the same meaning, those of the newest edition first.

    Raises:
        InvalidDefinition: An edition gives cells to an unknown code.
    """
    places: dict[str, dict[str, None]] = {}
    for form in load_forms():
        for code, place in form.figures.items():
            if code not in figure_codes():
                raise InvalidDefinition(f"{form.id}.yaml: figures 里的 {code} 不在 figure_codes.yaml 里")
            if place is not None:
                places.setdefault(code, {})[place] = None
    return {code: tuple(known) for code, known in places.items()}


def cells_of_code(code: str, tables: Tables) -> Iterator[tuple[str, ...]]:
    """Yield the cell ids with the meaning of a code, by edition, if the tables have all of them."""
    for place in _places().get(code, ()):
        table, row, column = split_cell_id(place)
        rows = tables.get(table, {})
        names = [name for name in rows if name == row or (row.endswith("*") and name.startswith(row[:-1]))]
        if names and all(column in rows[name] for name in names):
            yield tuple(f"{table}.{name}.{column}" for name in names)
