"""What one cell says, and what a run without borders may say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.settle.splits import splits
from extractor.settle.tokens import CellReading, Kind, TooManyReadings, placements, read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("12", 12), ("１２", 12), ("1２", 12), ("1,113", 1113), ("1，113", 1113), (" 7 ", 7),
        ("\u3000７\u3000", 7), ("12件", 12), ("12 件", 12), ("12宗", 12), ("零", 0), ("+5", 5), ("12.0", 12),
        ("22（其中修订16件）", 22), ("55(含自然失效29件)", 55), ("1\u200b2", 12), ("1\u00ad2\u200e", 12),
        ("\ufeff3", 3),
    ],
)  # fmt: skip
def test_a_count_is_read_through_widths_marks_units_and_remarks(text: str, value: int) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.state) == (value, "read")


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "\u00a0", "\u200b", "/", "／", "—", "——", "-", "--", "无", "*", "…"]
)
def test_blanks_and_marks_for_nothing_are_blank(text: str) -> None:
    assert (read_cell(text).value, read_cell(text).state) == (None, "blank")


@pytest.mark.parametrize(
    "text",
    [
        "约30", "30余", "3+2", "16/22", "12-15", "①", "一百五", "1.5", "1。5", "12.",
        "1,23", "00", "12%", "½", "Ⅻ", "见附件", "同上", "-3", "一一", "3百", "1\t2",
        "3万", "٣", "(3)", "3*4", "9" * 16, "9" * 5000,
    ],
)  # fmt: skip
def test_what_may_be_another_number_or_none_is_not_read(text: str) -> None:
    assert (read_cell(text).value, read_cell(text).state) == (None, "unreadable")


@pytest.mark.parametrize("text", ["1 2", "1\u00a02", "1\n2", "1 234"])
def test_a_number_with_blanks_inside_is_left_to_the_equations(text: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.state) == (None, "undecided")
    assert reading.choices == (int("".join(text.split())),)


@pytest.mark.parametrize(("text", "value"), [("-5", -5), ("－5", -5), ("−5", -5), ("8", 8), ("-0", 0)])
def test_a_change_may_be_negative(text: str, value: int) -> None:
    assert (read_cell(text, "change").value, read_cell(text, "change").state) == (value, "read")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("减7", -7),
        ("减少12项", -12),
        ("增3", 3),
        ("增加了 1 件", 1),
        ("无变化", 0),
        ("持平", 0),
    ],
)
def test_a_change_may_be_told_in_words_and_only_a_change(text: str, value: int) -> None:
    assert (read_cell(text, "change").value, read_cell(text, "change").state) == (value, "read")
    assert read_cell(text).state == "unreadable"


@pytest.mark.parametrize("dash", "-－−﹣‐‑‒–—―─")
def test_any_single_dash_before_digits_is_a_minus_where_a_change_stands(dash: str) -> None:
    reading = read_cell(f"{dash}5", "change")
    assert (reading.raw, reading.value, reading.state) == (f"{dash}5", -5, "read")
    assert read_cell(f"{dash}1，204件", "change").value == -1204
    assert read_cell(f"{dash}5").state == read_cell(f"3{dash}5", "change").state == "unreadable"
    found = splits([f"2648{dash}18538"], ["count", "change", "count"], blanks=False)
    assert (2648, -18, 538) in {tuple(token.value if token else None for token in split) for split in found}


@pytest.mark.parametrize("dash", "-－−–—―─")
def test_a_dash_alone_is_a_mark_for_nothing_where_a_change_stands_too(dash: str) -> None:
    assert (read_cell(dash, "change").value, read_cell(dash, "change").state) == (None, "blank")


@pytest.mark.parametrize("text", ["——5", "–-5", "—(5)", "5—", "– 5", "—\n5"])
def test_a_dash_that_may_be_a_mark_beside_a_number_is_no_minus(text: str) -> None:
    assert (read_cell(text, "change").value, read_cell(text, "change").state) == (None, "unreadable")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("488.780058", "488.780058", None), ("251000元", "251000", "元"), ("240万元", "240", "万元"),
        ("75,394,432.52元", "75394432.52", "元"), ("2笔 984361元", "984361", "元"), ("0.50", "0.50", None),
    ],
)  # fmt: skip
def test_money_keeps_every_digit_and_its_unit(text: str, value: str, unit: str | None) -> None:
    reading = read_cell(text, "money")
    assert (str(reading.value), reading.unit, reading.state) == (value, unit, "read")
    assert isinstance(reading.value, int | Decimal)


def test_the_characters_stay_as_printed() -> None:
    assert read_cell("22（其中修订16件）").raw == "22（其中修订16件）"
    assert read_cell("１，１１３").raw == "１，１１３"
    assert read_cell("／").raw == "／"


@given(st.integers(0, 10**8), st.sampled_from(["plain", "thousands", "wide", "counted"]))
def test_every_count_is_read_however_it_is_printed(number: int, how: str) -> None:
    text = {"thousands": f"{number:,}", "counted": f"{number}件"}.get(how, str(number))
    if how == "wide":
        text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert (read_cell(text).value, read_cell(text).state) == (number, "read")


@given(st.text(max_size=6))
def test_no_text_breaks_the_reading_and_only_what_is_read_has_a_value(text: str) -> None:
    for kind in ("count", "change", "money"):
        reading = read_cell(text, kind)  # type: ignore[arg-type]  # the three kinds there are
        assert (reading.value is not None) == (reading.state == "read")


def test_whole_pieces_keep_their_order_when_cells_are_missing() -> None:
    placed = {tuple(t.value if t else None for t in split) for split in placements(["3", "1"], ["count"] * 3)}
    assert placed == {(3, 1, None), (3, None, 1), (None, 3, 1)}


def test_a_piece_that_is_no_number_cannot_be_placed() -> None:
    assert placements(["3", "约1"], ["count"] * 3) == []


@pytest.mark.parametrize("minus", ["-", "–"])
def test_a_piece_below_zero_is_placed_where_a_change_stands(minus: str) -> None:
    kinds = ["count", "change", "count"]
    placed = [tuple(t.value if t else None for t in s) for s in placements(["6", f"{minus}5"], kinds)]
    assert placed == [(6, -5, None)]
    assert placements([f"{minus}5", "6", "1"], kinds) == []


def test_only_blanks_are_one_too_many() -> None:
    assert placements(["3", "1", "2"], ["count"] * 2) == []
    placed = [
        tuple(t.value if t else None for t in split) for split in placements(["3", "", "2"], ["count"] * 2)
    ]
    assert placed == [(3, 2)]


def test_glued_changes_are_split_at_their_signs() -> None:
    found = {
        tuple(t.value if t else None for t in s)
        for s in splits(["2648-18538"], ["count", "change", "count"], blanks=False)
    }
    assert (2648, -18, 538) in found


def test_the_search_for_splits_is_bounded() -> None:
    with pytest.raises(TooManyReadings):
        splits(["1" * 40], ["count"] * 20, blanks=True, limit=100)


def test_a_count_in_glued_text_has_nine_digits_at_most() -> None:
    """Nine is what the largest count of a country takes; with ten most rows would have no single reading."""
    nine, ten = "1" * 9, "1" * 10
    assert [tuple(t.value if t else None for t in s) for s in splits([nine], ["count"], blanks=False)] == [
        (int(nine),)
    ]
    assert splits([ten], ["count"], blanks=False) == []


def test_a_row_of_hundreds_of_numbers_for_a_few_cells_is_not_tried_out() -> None:
    with pytest.raises(TooManyReadings):
        placements(["/"] * 800, ["count"] * 7)
    with pytest.raises(TooManyReadings):
        placements(["/"] * 3000, ["count"] * 2999)


def test_a_numeral_in_words_is_read_with_its_unit_and_one_alone_may_be_a_dash() -> None:
    assert read_cell("十七件") == CellReading("十七件", 17, "read", "件")
    assert read_cell("一") == CellReading("一", None, "undecided", None, (1,), "one-or-dash")
    assert read_cell("一一") == CellReading("一一", None, "unreadable")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("1.2E+03", "count", CellReading("1.2E+03", None, "undecided", None, (1200,), "rounded")),
        ("1.25E+02", "count", CellReading("1.25E+02", 125, "read")),
        ("（14）17件", "count", CellReading("（14）17件", None, "undecided", "件", (17,), "remark")),
        ("17（本年14）", "count", CellReading("17（本年14）", None, "undecided", None, (17,), "remark")),
        ("17（上年14）", "count", CellReading("17（上年14）", 17, "read")),
        ("1 2件", "count", CellReading("1 2件", None, "undecided", "件", (12,), "gap")),
        ("1 2\t3", "count", CellReading("1 2\t3", None, "unreadable")),
        ("2笔 984361元", "money", CellReading("2笔 984361元", 984361, "read", "元")),
        ("1.5E+02", "money", CellReading("1.5E+02", None, "undecided", None, (150,), "rounded")),
        ("-7", "money", CellReading("-7", -7, "read")),
        ("-0", "count", CellReading("-0", 0, "read")),
        ("1E+15", "count", CellReading("1E+15", None, "unreadable")),
        ("9" * 15, "count", CellReading("9" * 15, int("9" * 15), "read")),
    ],
)
def test_a_cell_is_read_with_its_unit_its_choices_and_its_doubt(
    text: str, kind: Kind, expected: CellReading
) -> None:
    assert read_cell(text, kind) == expected


@pytest.mark.parametrize(
    "text", ["0." + "9" * 38, "50." + "9" * 37, "1." + "0" * 40, "1" + "0" * 14 + "." + "3" * 10]
)
@pytest.mark.parametrize("kind", ["count", "change", "money"])
def test_no_digit_is_rounded_away(text: str, kind: Kind) -> None:
    assert read_cell(text, kind).state == "unreadable"


def test_the_longest_number_is_exact() -> None:
    text = "1" + "0" * 13 + "7.123456789"
    assert str(read_cell(text, "money").value) == text
    assert read_cell("1.23456789012345E+14", "money").value == 123456789012345


@pytest.mark.parametrize(("text", "value"), [("1O", 10), ("l7", 17), ("З6", 36), ("95.5б", Decimal("95.56"))])
def test_letters_that_look_like_digits_leave_a_number_in_doubt(text: str, value: Decimal | int) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.state, reading.choices) == (None, "undecided", (value,))
    assert reading.doubt == "letters"


@pytest.mark.parametrize("text", ["lO", "1a", "1.O.2", "l7件", "12345678O"])
def test_other_letters_are_no_number(text: str) -> None:
    assert read_cell(text).state == "unreadable"


def test_digits_after_an_override_of_the_direction_are_read_as_they_are_seen() -> None:
    assert [read_cell(text).value for text in ("\u202e12\u202c", "\u202e12", "\u202d12")] == [21, 21, 12]
    assert read_cell("\u202e12件\u202c").state == "unreadable"
