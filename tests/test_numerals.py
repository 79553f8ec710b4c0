"""What a table writes for a number: read alike in every cell of a report, whatever the way of writing."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Report, parse
from extractor.numerals import DASHES, UNITS, begins_with_number, chinese_value, has_number, is_value

PLAIN = (Path(__file__).parent.parent / "fixtures/cases/html-plain-2021/source.html").read_text("utf-8")
_WORDS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return _WORDS[ones] if not tens else f"{_WORDS[tens]}十{_WORDS[ones] if ones else ''}"


def rewritten(pattern: str, how: str) -> Report:
    """Return the reading of the plain report with the numbers of its cells written otherwise."""

    def number(cell: re.Match[str]) -> str:
        value = int(cell[1])
        return f">{how.format(value, words=in_words(value) if value < 100 else value)}<"

    return parse(re.sub(pattern, number, PLAIN).encode())


@pytest.mark.parametrize(
    "how",
    [
        *(f"{{}}{unit}" for unit in ("起", "期", "例", "册", "户", "场", "人次")),
        "{:03d}", "{}.0", "{}.00", "{}E+00", "{}[1]", "{}*", "{}※", "{}①", "（上年31）{}",
        "&amp;nbsp;{}", "{}（其中线上1件）", "\u2060{}", "{words}",
    ],
)  # fmt: skip
def test_a_report_reads_the_same_however_its_numbers_are_written(how: str) -> None:
    plain, other = parse(PLAIN.encode()), rewritten(r">([1-9]\d?)<", how)
    assert (plain.verdict, other.verdict) == ("verified", "verified")
    assert other.tables == plain.tables


def test_the_printed_form_is_kept() -> None:
    report = rewritten(r">([2-9]\d?)<", "（上年31）{}")
    assert any(cell.raw.startswith("（上年31）") and cell.state == "read" for cell in report.cells.values())


@pytest.mark.parametrize("how", ["（31）{}", "{}（本年31）"])
def test_of_two_numbers_without_a_word_neither_is_taken_where_no_equation_tells(how: str) -> None:
    report = rewritten(r">([1-9]\d?)<", how)
    loose = [cell for i, cell in report.cells.items() if i.startswith("proactive.") and "31" in cell.raw]
    assert loose
    assert {(cell.state, cell.value) for cell in loose} == {("undecided", None)}
    assert report.verdict == "doubtful"


def test_a_numeral_of_thousands_of_digits_is_unreadable_and_no_error() -> None:
    cell = next(iter(re.findall(r">[1-9]\d<", PLAIN)))
    report = parse(PLAIN.replace(cell, f">{'7' * 5000}<", 1).encode())
    assert "unreadable" in {each.state for each in report.cells.values()}
    assert report.verdict == "doubtful"


@given(st.integers(0, 99_999_999))
def test_a_numeral_written_out_in_full_has_its_value(number: int) -> None:
    def written(n: int) -> str:
        for power, name in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十")):
            if n >= power:
                high, rest = divmod(n, power)
                gap = "零" if 0 < rest < power // 10 else ""
                return written(high) + name + gap + (written(rest) if rest else "")
        return _WORDS[n]

    assert chinese_value(written(number)) == number


@pytest.mark.parametrize(
    "words", ["", "百五", "一百五", "一百五六", "十十", "万", "一二三四五六七", "三点五"]
)
def test_a_numeral_that_means_two_things_or_none_has_no_value(words: str) -> None:
    assert chinese_value(words) is None


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_makes_a_value_behind_a_number(unit: str) -> None:
    assert is_value(f"3{unit}")
    assert begins_with_number(f"3{unit}（含1件）")


@pytest.mark.parametrize(
    "mark", [*DASHES, "-", "/", "／", "*", "＊", "无", "無", "…", "——", "", "\u3000", "\u200b"]
)
def test_marks_for_nothing_are_values_without_a_number(mark: str) -> None:
    assert (is_value(mark), has_number(mark)) == (True, False)


@pytest.mark.parametrize(
    "label", ["其他", "总计", "（一）予以公开", "1.属于国家秘密", "一、本年新收", "十项制度", "（7）其他"]
)
def test_labels_are_no_values(label: str) -> None:
    assert not is_value(label)
    assert not begins_with_number(label)


PETITIONS = re.compile(r"(<td>1.信访举报投诉类申请</td>)((?:<td>0</td>){7})")


@pytest.mark.parametrize(("printed", "value"), [("0", 0), ("０件", 0), ("零", 0), ("/", None), ("无", None)])
def test_one_zero_merged_over_a_row_is_that_of_each_cell(printed: str, value: int | None) -> None:
    text, count = PETITIONS.subn(rf'\1<td colspan="7">{printed}</td>', PLAIN)
    assert count == 1
    report = parse(text.encode())
    row = [cell for i, cell in report.cells.items() if i.startswith("requests.rejected_petition.")]
    assert (report.verdict, {cell.value for cell in row}, {cell.raw for cell in row}) == (
        "verified",
        {value},
        {printed},
    )


def test_another_number_merged_over_a_row_is_that_of_no_cell() -> None:
    report = parse(PETITIONS.sub(r'\1<td colspan="7">3</td>', PLAIN).encode())
    row = [cell for i, cell in report.cells.items() if i.startswith("requests.rejected_petition.")]
    assert {cell.value for cell in row} == {None}
    assert report.verdict != "verified"


def test_one_zero_merged_over_two_columns_leaves_the_others_where_they_stand() -> None:
    row = re.search(r"<td>3</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>3</td>", PLAIN)
    assert row is not None
    merged = row.group().replace("<td>0</td><td>0</td>", '<td colspan="2">0</td>', 1)
    report = parse(PLAIN.replace(row.group(), merged, 1).encode())
    assert (report.verdict, report.tables) == ("verified", parse(PLAIN.encode()).tables)
