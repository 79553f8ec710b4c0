"""Charts as inline SVG: a line through the years that are known, with gaps where nothing is."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

_WIDTH, _HEIGHT, _MARGIN = 640, 220, 36


class Dot(Struct, frozen=True):
    """A known number in its place."""

    year: int
    value: float
    x: float
    y: float


class LineChart(Struct, frozen=True):
    """What the template draws."""

    width: int
    height: int
    base: int
    dots: tuple[Dot, ...]
    segments: tuple[tuple[Dot, Dot], ...]  # between years that follow each other, and no others
    missing: tuple[tuple[int, float], ...]  # years without a number, with their x


def line_chart(values: Mapping[int, float], years: Sequence[int]) -> LineChart | None:
    """Return the chart of one body's numbers by year; None where none is known.

    >>> chart = line_chart({2020: 3, 2021: 4, 2023: 5}, range(2020, 2024))
    >>> [(a.year, b.year) for a, b in chart.segments], [year for year, _ in chart.missing]
    ([(2020, 2021)], [2022])
    """
    if not values:
        return None
    top = max(*values.values(), 1)
    step = (_WIDTH - 2 * _MARGIN) / max(len(years) - 1, 1)
    across = {year: round(_MARGIN + step * place, 1) for place, year in enumerate(years)}
    base = _HEIGHT - _MARGIN
    dots = tuple(
        Dot(year, values[year], across[year], round(base - (base - _MARGIN) * values[year] / top, 1))
        for year in years
        if year in values
    )
    segments = tuple((one, other) for one, other in pairwise(dots) if other.year == one.year + 1)
    missing = tuple((year, across[year]) for year in years if year not in values)
    return LineChart(_WIDTH, _HEIGHT, base, dots, segments, missing)
