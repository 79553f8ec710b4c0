"""The codes of numbers told in prose (data/figure_codes.yaml), and the cells that say the same."""

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
    """What a code says. The cells that say the same are in the editions (forms/*.yaml)."""

    says: str


@cache
def figure_codes() -> dict[str, Code]:
    """Load data/figure_codes.yaml: the closed list of codes, those of shares apart."""
    return load_definition("figure_codes.yaml", dict[str, Code])


def require_known_codes() -> None:
    """Require that every edition gives cells to codes that there are. Raise InvalidDefinition else."""
    _places()


@per_forms()
def _places() -> dict[str, tuple[str, ...]]:
    """Return for each code the cells with the same meaning, those of the newest edition first.

    Raises:
        InvalidDefinition: An edition gives cells to a code that there is not.
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
    """Yield the ids of the cells that say the same as a code, by edition, where the tables have them all."""
    for place in _places().get(code, ()):
        table, row, column = split_cell_id(place)
        rows = tables.get(table, {})
        names = [name for name in rows if name == row or (row.endswith("*") and name.startswith(row[:-1]))]
        if names and all(column in rows[name] for name in names):
            yield tuple(f"{table}.{name}.{column}" for name in names)
