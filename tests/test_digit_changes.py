"""No report in which a digit was changed is verified with a number that is not printed."""

from collections import Counter
from itertools import islice

import pytest

from extractor.report import CellValue, Report
from scripts import digit_changes
from scripts.corpus.registry import LAYOUTS
from scripts.digit_changes import Specimen, errors_in, specimen, specimens


def test_no_changed_digit_is_verified_as_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digit_changes, "CHANGES_EACH", 2)
    tally: Counter[str] = Counter()
    errors = [error for each in islice(specimens(11), 0, 120, 5) for error in errors_in(each, tally)]
    assert errors == []
    assert tally["changes"] >= 40
    assert tally["inconsistent"] > tally["verified"] > 0


def verified(layout: str, edition: str) -> Specimen:
    found = (specimen(LAYOUTS[layout], edition, seed) for seed in range(12))
    return next(each for each in found if each)


class Answer:
    """A report that is verified with these values for ever, whatever is printed."""

    verdict = "verified"

    def __init__(self, values: dict[str, int | None]) -> None:
        """Keep the values as cells."""
        self.cells = {cell: CellValue(str(value), value, "read") for cell, value in values.items()}


@pytest.mark.parametrize(("layout", "edition"), [("html-plain", "2021"), ("text-glued", "2014")])
def test_a_reader_that_mends_silently_is_found(
    layout: str, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = verified(layout, edition)
    before = Answer({cell: printed.value for cell, printed in report.draft.truth.cells.items()})

    def parse(data: bytes, *, prose: bool) -> Report:
        return before  # type: ignore[return-value]

    monkeypatch.setattr(digit_changes.extractor, "parse", parse)
    tally: Counter[str] = Counter()
    assert len(list(errors_in(report, tally))) == tally["changes"] == digit_changes.CHANGES_EACH
