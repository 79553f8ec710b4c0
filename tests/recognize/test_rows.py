"""Which row of the form each row of values is."""

import pytest
from papers import requests, table_of

from extractor.forms import load_form
from extractor.recognize.tables.grid import read_grid
from extractor.recognize.tables.rows import RowSequence

TABLE = load_form("2021").table("requests")
assert TABLE is not None
IDS = [row.id for row in TABLE.rows]


def sequence(labels: list[str], cut: int | None = None) -> RowSequence:
    """Place rows with these labels and seven numbers each, in one block or in two."""
    assert TABLE is not None
    rows = [[label, *["0"] * 7] for label in labels]
    blocks = [table_of(part) for part in (rows[:cut], rows[cut:] if cut else [])]
    return RowSequence("2021", TABLE, [read_grid(i, block) for i, block in enumerate(blocks)])


LABELS = [row.label for row in TABLE.rows]


def test_each_row_is_found_by_its_label_wherever_it_stands() -> None:
    assert [row_id for row_id, _ in sequence(LABELS[::-1]).rows] == IDS[::-1]


@pytest.mark.parametrize("at", range(1, len(LABELS) - 1))
def test_one_lost_label_is_told_by_its_place(at: int) -> None:
    placed = sequence([*LABELS[:at], "", *LABELS[at + 1 :]])
    assert [row_id for row_id, _ in placed.rows] == IDS
    assert placed.by_position == {IDS[at]}
    assert not placed.doubtful


def test_a_label_of_another_meaning_in_a_place_is_doubted() -> None:
    placed = sequence([*LABELS[:16], "电子邮件", *LABELS[17:]])
    assert placed.doubtful == {IDS[16]}


def test_a_slip_is_told_from_its_neighbours() -> None:
    at = LABELS.index("7.属于行政执法案卷")
    placed = sequence([*LABELS[:at], "7.属于行政执注案巻", *LABELS[at + 1 :]])
    assert [row_id for row_id, _ in placed.rows] == IDS
    assert not placed.by_position | placed.doubtful


def test_more_rows_than_places_are_not_placed() -> None:
    at = LABELS.index("2.重复申请")
    placed = sequence([*LABELS[:at], "", "", *LABELS[at + 1 :]])
    assert "rejected_duplicate" not in dict(placed.rows)


def test_rows_without_labels_behind_a_page_break_go_on() -> None:
    placed = sequence([*LABELS[:20], *[""] * (len(LABELS) - 20)], cut=20)
    assert [row_id for row_id, _ in placed.rows] == IDS


def test_rows_that_stand_twice_alike_contradict_nothing() -> None:
    placed = sequence([*LABELS, *LABELS])
    assert (len(placed.repeated), placed.differing(placed.repeated)) == (len(LABELS), [])


def test_other_numbers_for_one_row_are_a_contradiction() -> None:
    assert TABLE is not None
    other = requests({"new": (1, 0, 0, 0, 0, 0, 1)})
    grids = [read_grid(i, table_of(rows)) for i, rows in enumerate((requests(), other))]
    placed = RowSequence("2021", TABLE, grids)
    assert [row.label for row in placed.differing(placed.repeated)][:1] == [LABELS[0]]


def test_a_row_nobody_knows_with_blanks_of_a_merged_label_before_its_numbers_is_told_by_its_wording() -> None:
    rows = [
        ["四、结转到下一年度继续办理" if "结转下年度" in str(row[0]) else row[0], *row[1:]]
        for row in requests()
    ]
    last = rows[-1]
    rows[-1] = [(last[0] if isinstance(last[0], str) else last[0][0]), "", "", *last[1:]]
    assert TABLE is not None
    rows[-1][0] = "四、结转到下一年度继续办理"
    placed = RowSequence("2021", TABLE, [read_grid(0, table_of(rows))])
    assert placed.rows[-1][0] == "carried_out"
