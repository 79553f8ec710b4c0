"""The evaluation counts what it says it counts."""

from argparse import Namespace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scripts import evaluate
from scripts.corpus import baseline
from scripts.corpus.baseline import regressions
from scripts.corpus.compare import differences
from scripts.corpus.expected import Expected, ExpectedCell
from scripts.corpus.samples import draw_samples
from scripts.corpus.scores import add_up, mark

ABOUT = ("html", "html-plain", "2021", 1)


def expected(**cells: ExpectedCell) -> Expected:
    """Return an answer with only these cells."""
    named = {name.replace("_", "."): cell for name, cell in cells.items()}
    return Expected("报告", "云岭县档案局", 2023, "2021", (), named, (), ("verified",))


def report(verdict: str = "verified", **cells: tuple[Any, str]) -> dict[str, Any]:
    """Return a report as plain data with only these cells."""
    return {
        "title": "报告", "issuer": {"name": "云岭县档案局"}, "year": 2023, "form": "2021", "sections": [],
        "verdict": verdict, "checks": [],
        "cells": {
            name.replace("_", "."): {"value": value, "state": state, "raw": ""}
            for name, (value, state) in cells.items()
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "given", "kind"),
    [
        (ExpectedCell(3), (4, "read"), "wrong"),
        (ExpectedCell(3), (None, "blank"), "wrong"),
        (ExpectedCell(3), (None, "undecided"), "given_up"),
        (ExpectedCell(3), (3, "decoded"), "state"),
        (ExpectedCell(None, ("blank",)), (0, "read"), "invented"),
        (ExpectedCell(None, ("undecided",)), (0, "decoded"), "overconfident"),
        (ExpectedCell(None, ("undecided",)), (None, "blank"), "overconfident"),
    ],
)
def test_a_difference_is_called_by_its_name(answer: ExpectedCell, given: tuple[Any, str], kind: str) -> None:
    assert [d.kind for d in differences(expected(t_r_c=answer), report(t_r_c=given))] == [kind]


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (ExpectedCell(3), (3, "read")),
        (ExpectedCell(Decimal("1.50")), (Decimal("1.5"), "read")),
        (ExpectedCell(None, ("undecided",)), (None, "undecided")),
        (ExpectedCell(3, ("read",), None, None, True), (None, "missing")),
    ],
)
def test_a_right_cell_is_no_difference(answer: ExpectedCell, given: tuple[Any, str]) -> None:
    wider = ExpectedCell(answer.value, (*answer.states, given[1]), optional=answer.optional)
    assert differences(expected(t_r_c=wider), report(t_r_c=given)) == []


def test_a_missing_cell_is_given_up() -> None:
    assert [d.kind for d in differences(expected(t_r_c=ExpectedCell(3)), report())] == ["given_up"]


def test_a_wrong_cell_in_a_verified_report_is_counted_apart() -> None:
    answer = expected(t_r_c=ExpectedCell(3))
    wrong = [mark(ABOUT, answer, report(v, t_r_c=(4, "read")), 0.1) for v in ("verified", "doubtful")]
    row = add_up(("all",), wrong)
    assert (row.silent_verified, row.silent_any) == (1, 2)
    assert row.cells_right == 0.0


def test_a_failing_check_that_was_not_planted_is_a_false_alarm() -> None:
    fails = report("inconsistent", t_r_c=(3, "read"))
    fails["checks"] = [{"id": "requests/balance", "at": "total", "outcome": "fails"}]
    assert mark(ABOUT, expected(t_r_c=ExpectedCell(3)), fails, 0.1).is_false_alarm


def test_a_baseline_may_rise_and_not_fall() -> None:
    before = {"all": {"cells_right": 0.9, "silent_any": 3}}
    assert regressions(before, {"all": {"cells_right": 0.95, "silent_any": 1}}) == []
    assert regressions(before, {"all": {"cells_right": 0.8, "silent_any": 4}}) == [
        "all cells_right: 0.9 -> 0.8",
        "all silent_any: 3 -> 4",
    ]


def test_a_layout_without_a_baseline_is_no_regression_and_neither_are_the_sums_over_it() -> None:
    before = {"html": {"found": 3}, "all": {"documents_right": 1.0}}
    assert regressions(before, {"html": {"found": 3}, "new": {}, "all": {"documents_right": 0.9}}) == []
    assert regressions(before, {"all": {"documents_right": 0.9}}) == ["html found: 3 -> None"]


@pytest.mark.parametrize(
    ("stored", "update", "code"), [(0.9, False, 0), (1.0, False, 1), (1.0, True, 1), (0.9, True, 0)]
)
def test_an_evaluation_below_its_baseline_fails_and_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stored: float, update: bool, code: int
) -> None:
    path = tmp_path / "baseline.json"
    monkeypatch.setattr(evaluate, "BASELINE", path)
    baseline.store(path, 600, 1, {"all": {"cells_right": stored}})
    args = Namespace(small=False, reports=600, seed=1, update=update, allow_regression=False)
    assert evaluate.judge(args, {"all": {"cells_right": 0.95}}) == code
    kept = 0.95 if update and not code else stored
    assert baseline.load(path)["groups"] == {"all": {"cells_right": kept}}


def test_one_report_of_each_layout_and_edition_is_read_no_worse_than_before() -> None:
    """A regression that is meant is stored with scripts/evaluate.py --small --update --allow-regression."""
    seed = baseline.load(evaluate.SMALL_BASELINE)["seed"]
    groups = evaluate.scores_by_layout(evaluate.measure_generated(evaluate.SMALL, seed, 1))
    assert evaluate.worse_than(evaluate.SMALL_BASELINE, evaluate.SMALL, seed, groups) == []
    assert groups[baseline.ALL]["silent_any"] == 0


def test_a_generated_report_is_measured() -> None:
    marked = evaluate.measure_sample(draw_samples(1, 1)[0])
    assert marked is not None
    assert marked.layout == "html-plain"
    assert marked.cells > 100


def test_the_stored_baseline_has_no_wrong_cell_in_a_verified_report() -> None:
    stored = baseline.load(evaluate.BASELINE)
    assert stored["groups"]["all"]["silent_verified"] == 0
