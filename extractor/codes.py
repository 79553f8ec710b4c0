"""The codes of numbers told in prose (data/figure_codes.yaml), and the cells that say the same."""

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct, field

from extractor.definitions import load_definition
from extractor.report import Number

Tables = Mapping[str, Mapping[str, Mapping[str, Number | None]]]


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """What a code says, and by edition its cell, or the cells that it sums (* stands for part of a row)."""

    says: str
    cells: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)


@cache
def figure_codes() -> dict[str, Code]:
    """Load data/figure_codes.yaml: the closed list of codes, those of shares apart."""
    return load_definition("figure_codes.yaml", dict[str, Code])


def cells_of_code(code: str, tables: Tables) -> Iterator[tuple[str, ...]]:
    """Yield the ids of the cells that say the same as a code, by edition, where the tables have them all."""
    known = figure_codes().get(code)
    for place in (*known.cells.values(), *known.sums.values()) if known else ():
        table, row, column = place.split(".")
        rows = tables.get(table, {})
        names = [name for name in rows if name == row or (row.endswith("*") and name.startswith(row[:-1]))]
        if names and all(column in rows[name] for name in names):
            yield tuple(f"{table}.{name}.{column}" for name in names)
