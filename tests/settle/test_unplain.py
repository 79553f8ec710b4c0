"""Cells with more or less in them than plain text: never blank, never verified without proof."""

import pytest
from msgspec import structs
from papers import REQUESTS, codes, disputes, paper, proactive, read, requests, table_of

import extractor.pipeline
from extractor.document import Cell, Document, Paragraph, Source, Table, Unread
from extractor.pipeline import parse
from extractor.report import Report

PICTURE = (Unread("picture", "310"),)
PENALTIES = "proactive.penalties.decisions"  # 310: no equation guards it
GRANTED = "requests.granted.total"  # 18: guarded by its row and its column


def changed(table: Table, number: str, **changes: object) -> Table:
    """Return a table with the one cell that holds this number changed."""
    assert sum(cell.text == number for cell in table.cells) == 1
    cells = (structs.replace(cell, **changes) if cell.text == number else cell for cell in table.cells)
    return structs.replace(table, cells=tuple(cells))


def report_with(number: str, **changes: object) -> Report:
    return read(paper(changed(table_of(proactive()), number, **changes), requests(), disputes()))


def test_a_cell_in_which_something_was_not_read_is_open_and_not_blank() -> None:
    report = report_with("310", text="", unread=PICTURE)
    cell = report.cells[PENALTIES]
    assert (cell.value, cell.state, report.verdict) == (None, "undecided", "doubtful")
    notice = next(notice for notice in report.notices if notice.code == "unread-content")
    assert PENALTIES in notice.message
    assert "310" in notice.message
    assert "图片" in notice.message
    assert notice.locator == cell.locator


def test_a_number_beside_which_something_was_not_read_is_no_more_certain() -> None:
    cell = report_with("310", unread=PICTURE).cells[PENALTIES]
    assert (cell.raw, cell.value, cell.state) == ("310", None, "undecided")


def test_there_is_one_notice_a_kind_however_many_cells_were_not_read() -> None:
    tables = [table_of(rows) for rows in (proactive(), requests(), disputes())]
    emptied = [structs.replace(table, cells=tuple(map(without_number, table.cells))) for table in tables]
    report = read(paper(*emptied))
    assert [notice.code for notice in report.notices].count("unread-content") == 1
    assert {cell.state for cell in report.cells.values()} == {"undecided"}
    assert report.verdict == "doubtful"


def without_number(cell: Cell) -> Cell:
    if not cell.text.replace(".", "").isdecimal():
        return cell
    return structs.replace(cell, text="", unread=PICTURE)


def test_a_note_mark_is_kept_as_printed_and_is_no_part_of_the_number() -> None:
    cell = report_with("310", printed="3101").cells[PENALTIES]
    assert (cell.raw, cell.value, cell.state) == ("3101", 310, "read")


def test_a_cell_of_nothing_but_note_marks_is_open() -> None:
    cell = report_with("310", text="", printed="310").cells[PENALTIES]
    assert (cell.raw, cell.value, cell.state) == ("310", None, "undecided")


def test_characters_that_are_not_plain_are_doubted_where_no_equation_guards_them() -> None:
    report = report_with("310", doubt="hidden-text")
    assert (report.cells[PENALTIES].value, report.verdict) == (310, "doubtful")
    notice = next(notice for notice in report.notices if notice.code == "text-in-doubt")
    assert PENALTIES in notice.message


@pytest.mark.parametrize(
    ("doubt", "verdict"), [("hidden-text", "verified"), ("overlay", "verified"), ("text-layer", "doubtful")]
)
def test_where_equations_hold_they_guard_against_all_but_a_text_layer_that_lies(
    doubt: str, verdict: str
) -> None:
    table = changed(table_of(requests()), "19", doubt=doubt)
    report = read(paper(proactive(), table, disputes()))
    assert report.verdict == verdict


def test_nobody_is_blamed_for_an_equation_that_fails_over_characters_that_are_not_plain() -> None:
    table = changed(table_of(requests()), "19", text="20", doubt="hidden-text")
    report = read(paper(proactive(), table, disputes()))
    assert report.failing_equations()
    assert report.verdict == "doubtful"


def test_what_was_not_read_in_a_row_of_too_few_cells_opens_the_whole_row() -> None:
    rows = requests()
    at = next(i for i, row in enumerate(rows) if row[-1] == "18")
    rows[at] = rows[at][:-2]
    table = changed(table_of(rows), "12", text="", unread=PICTURE)
    report = read(paper(proactive(), structs.replace(table, aligned=False), disputes()))
    states = {i: cell.state for i, cell in report.cells.items() if i.startswith("requests.granted.")}
    assert set(states.values()) == {"undecided"}


def test_a_table_in_running_text_is_open_where_something_in_it_was_not_read() -> None:
    lines = [" ".join(td if isinstance(td, str) else td[0] for td in row) for row in requests()]
    blocks = [Paragraph(line) for line in lines]
    plain = read(paper(proactive(), *blocks, disputes()))
    assert plain.cells[GRANTED].value == 18
    blocks[-3] = structs.replace(blocks[-3], unread=PICTURE)
    report = read(paper(proactive(), *blocks, disputes()))
    assert report.cells[GRANTED].state == "undecided"
    assert "unread-content" in codes(report)


def test_a_second_reader_that_sees_less_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = paper(changed(table_of(proactive()), "310", text="", unread=PICTURE), requests(), disputes())
    second = paper(changed(table_of(proactive()), "310", text=""), requests(), disputes())
    monkeypatch.setattr(extractor.pipeline, "read_document", lambda _, __: first)

    def reread(*_: object, **__: object) -> Document:
        return second

    monkeypatch.setattr(extractor.pipeline, "reread_document", reread)
    report = parse(Source("report.html", b"x"))
    assert (report.cells[PENALTIES].state, report.verdict) == ("undecided", "doubtful")


def test_what_is_not_trusted_is_doubtful_where_one_equation_confirms_it_and_another_denies_it() -> None:
    rows = requests({**REQUESTS, "new": (41, 5, 3, 2, 8, 1, 60), "carried_in": (6, 0, 1, 0, 0, 0, 9)})
    table = table_of(rows)
    cells = [structs.replace(cell, doubt="overlay") if cell.text == "60" else cell for cell in table.cells]
    report = read(paper(proactive(), structs.replace(table, cells=tuple(cells)), disputes()))
    assert "text-in-doubt" in codes(report)
    assert report.verdict == "doubtful"


@pytest.mark.parametrize("count", [8, 9])
def test_eight_cells_are_named_and_of_more_it_is_said_that_there_are_more(count: int) -> None:
    rows = disputes()
    table = table_of(rows)
    last = max(cell.row for cell in table.cells)
    cells = [
        structs.replace(cell, text="", unread=(Unread("picture"),))
        if cell.row == last and cell.column < count
        else cell
        for cell in table.cells
    ]
    report = read(paper(proactive(), requests(), structs.replace(table, cells=tuple(cells))))
    notice = next(notice for notice in report.notices if notice.code == "unread-content")
    names = [i for i, cell in report.cells.items() if cell.state == "undecided"]
    assert len(names) == count
    assert notice.message.split("：")[1] == "、".join(names[:8]) + (" 等" if count > 8 else "")


def test_characters_that_are_not_trusted_are_named_with_their_place() -> None:
    report = report_with("310", doubt="overlay")
    notice = next(notice for notice in report.notices if notice.code == "text-in-doubt")
    assert (notice.locator, report.verdict) == (report.cells[PENALTIES].locator, "doubtful")
    assert notice.message.endswith(f"证明：{PENALTIES}")


def test_an_open_cell_keeps_what_is_printed_and_where() -> None:
    report = report_with("310", text="", printed="①", unread=())
    cell = report.cells[PENALTIES]
    assert (cell.raw, cell.state) == ("①", "undecided")
    assert cell.locator.path is not None
    notice = next(notice for notice in report.notices if notice.code == "unread-content")
    assert "可能是" not in notice.message
