"""No report in which a digit was changed is verified with a number that is not printed."""

from collections import Counter
from itertools import islice

import pytest

from extractor.report import CellValue, Report
from scripts import digit_changes
from scripts.digit_changes import changes, silent_error


def test_no_changed_digit_is_verified_as_another() -> None:
    tally: Counter[str] = Counter()
    errors = [silent_error(*place, tally) for place in islice(changes(11), 0, 120, 2)]
    assert [error for error in errors if error] == []
    assert tally["changes"] >= 50
    assert tally["inconsistent"] > tally["verified"] > 0


def test_a_reader_that_mends_silently_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {"requests.new.total": CellValue("7", 777_777_777, "read")}

    class Mended:
        verdict = "verified"

        def __init__(self) -> None:
            self.cells = cells

    def parse(data: bytes) -> Report:
        return Mended()  # type: ignore[return-value]

    monkeypatch.setattr(digit_changes.extractor, "parse", parse)
    found = silent_error("html-plain", "2021", 3, Counter())
    assert found is not None
    assert "requests.new.total is 777777777" in found
