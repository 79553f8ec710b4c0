"""Charts as inline SVG: numbers by year, with gaps for unknown ones."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

_WIDTH, _HEIGHT, _MARGIN = 640, 240, 44


class Dot(Struct, frozen=True):
    """A known number at its position."""

    year: int
    value: float
    x: float
    y: float
    is_sure: bool


class PeerBand(Struct, frozen=True):
    """The middle half (interquartile range) of the peers in a year."""

    x: float
    top: float
    bottom: float
    middle: float


class LineChart(Struct, frozen=True):
    """The data for the template of a line chart."""

    width: int
    height: int
    base: int
    dots: tuple[Dot, ...]
    segments: tuple[tuple[Dot, Dot], ...]  # lines between consecutive years only
    missing: tuple[tuple[int, float], ...]  # years without a number, with their x coordinate
    bands: tuple[PeerBand, ...] = ()


class BarPart(Struct, frozen=True):
    """A segment of a bar."""

    kind: int  # index in the legend
    value: float
    y: float
    height: float


class Bar(Struct, frozen=True):
    """The segments of one year; empty if its numbers are unknown."""

    year: int
    x: float
    width: float
    parts: tuple[BarPart, ...]


class StackedChart(Struct, frozen=True):
    """Shares by year, from 0 to 100 %."""

    width: int
    height: int
    base: int
    kinds: tuple[str, ...]
    bars: tuple[Bar, ...]


def line_chart(
    values: Mapping[int, float],
    years: Sequence[int],
    unsure: frozenset[int] = frozenset(),
    quartiles: Mapping[int, tuple[float, float, float]] | None = None,
) -> LineChart | None:
    """Return the chart of one body's numbers by year; None if none is known.

    Args:
        values: The known numbers.
        years: All years, including those without a number.
        unsure: Years whose number is doubtful or of few cases.
        quartiles: Quartiles of the peers, if there are enough of them.

    >>> chart = line_chart({2020: 3, 2021: 4, 2023: 5}, range(2020, 2024))
    >>> [(a.year, b.year) for a, b in chart.segments], [year for year, _ in chart.missing]
    ([(2020, 2021)], [2022])
    """
    if not values:
        return None
    quartiles = quartiles or {}
    highest = max(*values.values(), *(high for _, _, high in quartiles.values()), 0)
    top = highest or 1.0
    across = _across(years)
    base = _HEIGHT - _MARGIN

    def y(value: float) -> float:
        return round(base - (base - _MARGIN) * value / top, 1)

    dots = tuple(
        Dot(year, values[year], across[year], y(values[year]), year not in unsure)
        for year in years
        if year in values
    )
    segments = tuple((one, other) for one, other in pairwise(dots) if other.year == one.year + 1)
    missing = tuple((year, across[year]) for year in years if year not in values)
    bands = tuple(
        PeerBand(across[year], y(high), y(low), y(middle))
        for year, (low, middle, high) in sorted(quartiles.items())
        if year in across
    )
    return LineChart(_WIDTH, _HEIGHT, base, dots, segments, missing, bands)


def stacked_chart(
    values: Mapping[int, Mapping[str, float]], years: Sequence[int], kinds: Sequence[str]
) -> StackedChart | None:
    """Return the chart of shares by year; None if no year has a case.

    >>> chart = stacked_chart({2020: {"a": 1, "b": 3}}, [2020, 2021], ["a", "b"])
    >>> [[part.height for part in bar.parts] for bar in chart.bars]
    [[38.0, 114.0], []]
    """
    totals = {year: sum(parts.values()) for year, parts in values.items()}
    if not any(totals.values()):
        return None
    base = _HEIGHT - _MARGIN
    across, tall, width = _across(years), base - _MARGIN, min(48.0, 320 / len(years))
    bars = []
    for year in years:
        parts, bottom = [], float(base)
        for kind, name in enumerate(kinds):
            value = values.get(year, {}).get(name, 0)
            if value and totals[year]:
                height = round(tall * value / totals[year], 1)
                bottom -= height
                parts.append(BarPart(kind, value, round(bottom, 1), height))
        bars.append(Bar(year, across[year], width, tuple(parts)))
    return StackedChart(_WIDTH, _HEIGHT, base, tuple(kinds), tuple(bars))


def _across(years: Sequence[int]) -> dict[int, float]:
    step = (_WIDTH - 2 * _MARGIN) / max(len(years) - 1, 1)
    return {year: round(_MARGIN + step * place, 1) for place, year in enumerate(years)}
