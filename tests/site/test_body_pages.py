"""The page of a body: its place among its peers, unstable rates, and what is not drawn."""

from msgspec import structs

from extractor.site.agencies import Rate
from extractor.site.charts import line_chart, stacked_chart
from extractor.site.holdings import HeldReport
from extractor.site.measured import Measures
from extractor.site.peers import LEAST_PEERS, places_among_peers


def report(number: int, received: float | None, **other: object) -> HeldReport:
    plain = HeldReport(
        document=str(number), agency_id=str(number), agency="甲", province=None, prefecture=None,
        level="county", kind="department", scope=None, year=2022, edition="2021", title=None, name="1",
        format="html",
        verdict="verified", url=None, change=None, version=1, dated=None, published=None, withdrawn=False,
        used=True, measures=Measures(received),
    )  # fmt: skip
    return structs.replace(plain, **other)


def received(one: HeldReport) -> float | None:
    return one.received


def test_a_place_among_peers_counts_equals_half() -> None:
    places = places_among_peers([report(n, n) for n in range(10)], received)
    assert [places[str(n)].percentile for n in (0, 4, 9)] == [5, 45, 95]
    assert places["0"].quartiles == (2.25, 4.5, 6.75)
    equal = places_among_peers([report(n, 7) for n in range(10)], received)
    assert {place.percentile for place in equal.values()} == {50}


def test_too_few_peers_are_no_peers() -> None:
    reports = [report(n, n) for n in range(LEAST_PEERS)]
    assert len(places_among_peers(reports, received)) == LEAST_PEERS
    assert places_among_peers(reports[1:], received) == {}


def test_only_the_like_and_the_certain_are_peers() -> None:
    reports = [report(n, n) for n in range(LEAST_PEERS)]
    for other in (
        {"level": "province"}, {"kind": "government"}, {"scope": "area"}, {"year": 2021}, {"used": False},
        {"verdict": "doubtful"}, {"verdict": "partial"}, {"level": None}, {"measures": Measures()},
    ):  # fmt: skip
        assert places_among_peers([*reports[1:], report(99, 5, **other)], received) == {}


def test_a_rate_of_few_cases_is_unstable() -> None:
    assert Rate(0.5, 29).is_unstable
    assert not Rate(0.5, 30).is_unstable


def test_a_line_never_crosses_a_year_without_a_number() -> None:
    chart = line_chart({2019: 1, 2020: 2, 2022: 3}, range(2019, 2024), frozenset({2020}))
    assert chart is not None
    assert [(one.year, other.year) for one, other in chart.segments] == [(2019, 2020)]
    assert [year for year, _ in chart.missing] == [2021, 2023]
    assert [dot.is_sure for dot in chart.dots] == [True, False, True]


def test_bands_of_peers_fit_the_chart() -> None:
    chart = line_chart({2020: 1}, [2020], quartiles={2020: (0.0, 50.0, 100.0)})
    assert chart is not None
    assert chart.bands[0].bottom == chart.base
    assert chart.bands[0].top < chart.bands[0].middle < chart.dots[0].y < chart.base


def test_no_numbers_no_chart() -> None:
    assert line_chart({}, [2020]) is None
    assert stacked_chart({2020: {"a": 0}}, [2020], ["a"]) is None


def test_outcomes_that_do_not_make_the_total_are_not_drawn() -> None:
    assert Measures(handled=3, outcomes={"granted": 1, "refused": 2}).outcomes_add_up
    assert not Measures(handled=4, outcomes={"granted": 1, "refused": 2}).outcomes_add_up
    assert not Measures(outcomes={"granted": 1}).outcomes_add_up
