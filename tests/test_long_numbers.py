"""A number of thousands of digits, wherever it stands, is no number and no error."""

import re
from pathlib import Path

import pytest

from extractor import parse
from extractor.rules import examine, examine_years

CASES = Path(__file__).parent.parent / "fixtures/cases"
MONSTERS = {
    "digits": "7" * 5000,
    "thousands": "7" + ",777" * 1800,
    "fraction": "0." + "3" * 5000,
    "exponent": "1E99",
    "numeral": "一" * 5000,
    "scales": "十百千万" * 1000,
}
# After each of these stands a number: in a row with borders, in a glued one, in a sentence.
PLACES = [
    ("html-plain-2021/source.html", "公开信息"),
    ("html-plain-2021/source.html", '行政处罚</td><td colspan="3">'),
    ("html-plain-2021/source.html", "1.信访举报投诉类申请</td><td>"),
    ("text-glued-2021/source.txt", "公开信息"),
    ("text-glued-2021/source.txt", "行政处罚"),
    ("text-glued-2021/source.txt", "1.信访举报投诉类申请"),
    ("text-value-first/source.txt", "公开信息"),
    ("text-value-first/source.txt", "继续办理"),
    ("text-value-first/source.txt", "有效件数\n"),
]


@pytest.mark.parametrize("monster", MONSTERS)
@pytest.mark.parametrize(("name", "before"), PLACES)
def test_a_monstrous_number_is_none(name: str, before: str, monster: str) -> None:
    text = (CASES / name).read_text("utf-8")
    changed, count = re.subn(rf"(?<={re.escape(before)})\d+", MONSTERS[monster], text, count=1)
    assert count == 1
    report = parse(changed.encode())
    examine(report)
    examine_years([report, report])
    assert report.to_json()
    shown = [cell.value for cell in report.cells.values()] + [figure.value for figure in report.figures]
    assert all(value is None or abs(value) < 10**24 for value in shown)
