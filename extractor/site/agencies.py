"""The page of each body: its past years, its peers, and charts."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from extractor.site.charts import LineChart, StackedChart, line_chart, stacked_chart
from extractor.site.data_files import write_agency
from extractor.site.holdings import HeldReport, Holdings, RegisteredBody
from extractor.site.measured import OUTCOMES, SMALL
from extractor.site.pages import Pages
from extractor.site.peers import Number, PeerPlace, places_among_peers


class Rate(Struct, frozen=True):
    """A percentage, with the number that it is a share of."""

    value: float
    of: float

    @property
    def is_unstable(self) -> bool:
        """Whether one case more or less would change it by more than a few points."""
        return self.of < SMALL


class YearLine(Struct, frozen=True):
    """One year in the table of a body; None for unknown values."""

    year: int
    report: HeldReport | None = None
    received: PeerPlace | None = None
    grants: Rate | None = None
    granted: PeerPlace | None = None
    corrections: Rate | None = None


class BodyCharts(Struct, frozen=True):
    """The charts of a body; None for charts without data."""

    received: LineChart | None
    grants: LineChart | None
    outcomes: StackedChart | None
    refusals: StackedChart | None
    corrections: LineChart | None
    not_adding_up: tuple[int, ...]  # years whose outcomes do not add up to the printed total: not drawn


def draw_agencies(pages: Pages, site: Path, held: Holdings) -> None:
    """Write the page and the JSON of every body."""
    received = places_among_peers(held.reports, _received)
    granted = places_among_peers(held.reports, _stable_grant_rate)
    for body in held.bodies:
        lines = [_line(year, body.used().get(year), received, granted) for year in held.years]
        pages.write(body.page, "agency.html", body=body, lines=lines, charts=_charts(body, lines, held.years))
        write_agency(site, body)


def _received(report: HeldReport) -> float | None:
    return report.measures.received


def _stable_grant_rate(report: HeldReport) -> float | None:
    return report.measures.grant_rate if (report.measures.handled or 0) >= SMALL else None


def _line(
    year: int,
    report: HeldReport | None,
    received: Mapping[str, PeerPlace],
    granted: Mapping[str, PeerPlace],
) -> YearLine:
    if report is None:
        return YearLine(year)
    told = report.measures
    return YearLine(
        year,
        report,
        received.get(report.document),
        _rate(told.grant_rate, told.handled),
        granted.get(report.document),
        _rate(told.correction_rate, told.decided),
    )


def _rate(value: float | None, of: float | None) -> Rate | None:
    return Rate(value, of) if value is not None and of is not None else None


def _charts(body: RegisteredBody, lines: list[YearLine], years: tuple[int, ...]) -> BodyCharts:
    used = body.used()
    unsure = frozenset(year for year, report in used.items() if not report.is_sure)
    adding_up = {year: report for year, report in used.items() if report.measures.outcomes_add_up}
    refusals = {year: report.measures.refusals for year, report in adding_up.items()}
    reasons = sorted({reason for told in refusals.values() for reason, cases in told.items() if cases})
    return BodyCharts(
        line_chart(_known(used, _received), years, unsure, _quartiles(lines, "received")),
        _rate_chart({line.year: line.grants for line in lines}, years, unsure, _quartiles(lines, "granted")),
        stacked_chart({year: r.measures.outcomes for year, r in adding_up.items()}, years, OUTCOMES),
        stacked_chart(refusals, years, reasons),
        _rate_chart({line.year: line.corrections for line in lines}, years, unsure, {}),
        tuple(
            year for year, r in sorted(used.items()) if r.measures.outcomes and not r.measures.outcomes_add_up
        ),
    )


def _known(used: Mapping[int, HeldReport], number: Number) -> dict[int, float]:
    return {year: value for year, report in used.items() if (value := number(report)) is not None}


def _quartiles(lines: list[YearLine], name: str) -> dict[int, tuple[float, float, float]]:
    places = {line.year: getattr(line, name) for line in lines}
    return {year: place.quartiles for year, place in places.items() if place}


def _rate_chart(
    rates: Mapping[int, Rate | None],
    years: tuple[int, ...],
    unsure: frozenset[int],
    quartiles: Mapping[int, tuple[float, float, float]],
) -> LineChart | None:
    known = {year: rate for year, rate in rates.items() if rate}
    unstable = frozenset(year for year, rate in known.items() if rate.is_unstable)
    percents = {year: tuple(100 * one for one in each) for year, each in quartiles.items()}
    return line_chart(
        {year: round(100 * rate.value, 1) for year, rate in known.items()},
        years,
        unsure | unstable,
        {year: (low, middle, high) for year, (low, middle, high) in percents.items()},
    )
