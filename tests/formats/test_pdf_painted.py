"""What a person sees in a cell of a PDF is what is read; what is seen and not read leaves the cell open."""

from math import cos, radians, sin

import pypdfium2
import pytest
from pdf_cells import (
    BASE,
    CELL,
    LEFT,
    Draw,
    annotation,
    before,
    beside,
    number,
    old_under,
    picture,
    raw,
    read_cell,
    rectangle,
    shown,
    watermark,
)
from pdf_drawing import HEIGHT, Sheet, drawn
from PIL import ImageChops

from extractor.formats.pdf.look import Look, _TextDifference

HIDDEN: dict[str, Draw] = {
    "white": beside(f"1 1 1 rg {before('8')}"),
    "white in grey": beside(f"1 g {before('8')}"),
    "white ink": beside(f"0 0 0 0 k {before('8')}"),
    "nearly white": beside(f"0.98 0.98 0.97 rg {before('8')}"),
    "the colour of its ground": beside(
        f"{rectangle('0.2 0.4 0.7 rg', (176, BASE - 4, 16, 18))} 0.2 0.4 0.7 rg {before('8')}"
    ),
    "invisible mode": beside(before("8").replace("BT", "BT 3 Tr")),
    "clipping mode": beside(before("8").replace("BT", "BT 7 Tr")),
    "clipped away": beside(f"300 400 20 20 re W n {before('8')}"),
    "clipped by two clips": beside(
        f"170 {BASE - 10} 60 40 re W n q 300 {BASE - 10} 60 40 re W n {before('8')} Q"
    ),
    "clipped to nothing": beside(f"0 0 0 0 re W n {before('8')}"),
    "too small to be seen": beside(number("8", LEFT - 2, BASE, 0.5)),
    "beside the page": beside(number("8", -40)),
    "above the page": beside(number("8", LEFT, HEIGHT + 5)),
    "covered in white": old_under(rectangle("1 g")),
    "covered in a colour": old_under(rectangle("0.8 0.9 1 rg")),
    "covered by a stroked area": old_under(f"q 1 g 0.9 G {CELL[0]} {CELL[1]} {CELL[2]} {CELL[3]} re B Q"),
    "covered by two halves": old_under(
        rectangle("1 g", (173, CELL[1], 24, 28)), rectangle("1 g", (197, CELL[1], 70, 28))
    ),
    "covered by a thick line": old_under(f"1 G 20 w 180 {BASE + 4} m 230 {BASE + 4} l S"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_number_that_is_not_painted_is_not_read(name: str) -> None:
    cell = read_cell(HIDDEN[name])
    assert (cell.text, cell.unread) == ("17", ())


def test_characters_far_beyond_the_page_are_not_seen_whatever_their_size() -> None:
    with pypdfium2.PdfDocument(drawn(lambda sheet: sheet.text(100, 100, "17", 400)).data) as document:
        look = Look(document[0], [])
        boxes = [(10_000.0, -23_000.0, 27_000.0, 1400.0), (-900.0, 100.0, -800.0, 200.0), CELL]
        assert [shown.painted for shown in look.shown(boxes, ["8", "8", "8"], [0, 0, 0])] == [False] * 3
        assert not look.has_ink((-90_000.0, -90_000.0, -5.0, 90_000.0), dark=True)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_part_of_a_page_looks_as_it_does_in_the_whole(turn: int) -> None:
    with pypdfium2.PdfDocument(drawn(lambda sheet: sheet.text(100, 100, "17")).data) as document:
        page = document[0]
        page.set_rotation(turn)
        texts = [item.raw for item in page.get_objects()]
        wide, high = page.get_size()
        whole = Look(page, texts, 5.0)
        for area in (
            (90.0, 80.0, 140.0, 130.0),
            (-9.0, -9.0, 200.0, 200.0),
            (wide - 150, high - 160, 900, 900),
        ):
            box = (max(area[0], 0.0), max(area[1], 0.0), min(area[2], wide), min(area[3], high))
            part = Look(page, texts, 5.0, area=area)
            apart = ImageChops.difference(part.text_in(box), whole.text_in(box))
            assert apart.getextrema()[1] <= 12  # of 255: edges are reckoned anew


def test_a_number_under_a_picture_of_another_is_not_read() -> None:
    def draw(sheet: Sheet) -> None:
        raw(sheet, number("94"))
        picture(sheet, "17")

    cell = read_cell(draw)
    assert (cell.text, [unread.kind for unread in cell.unread]) == ("", ["picture"])


def test_an_old_number_under_a_blank_picture_leaves_the_new_one() -> None:
    def draw(sheet: Sheet) -> None:
        raw(sheet, number("94"))
        picture(sheet, None)
        shown(sheet)

    cell = read_cell(draw)
    assert (cell.text, cell.doubt) == ("17", "overlay")


def test_transparent_digits_are_not_read() -> None:
    def draw(sheet: Sheet) -> None:
        shown(sheet)
        sheet.canvas.setFillAlpha(0)
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(LEFT - 6.7, BASE, "8")

    assert read_cell(draw).text == "17"


def test_a_form_is_clipped_to_its_box() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.beginForm("old", 0, 0, 10, 10)
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(LEFT - 6.7, BASE, "8")
        sheet.canvas.endForm()
        sheet.canvas.doForm("old")
        shown(sheet)

    assert read_cell(draw).text == "17"


def test_text_in_forms_is_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.beginForm("inner", 0, 0, 595, 842)
        sheet.canvas.setFont("Helvetica", 12)
        sheet.canvas.drawString(LEFT, BASE, "17")
        sheet.canvas.endForm()
        sheet.canvas.beginForm("outer", 0, 0, 595, 842)
        sheet.canvas.doForm("inner")
        sheet.canvas.endForm()
        sheet.canvas.doForm("outer")

    cell = read_cell(draw)
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), None)


PAINTED: dict[str, Draw] = {
    "plain": shown,
    "white on a dark ground": lambda sheet: raw(sheet, f"{rectangle('0 0 0.5 rg')} 1 g {number('17')}"),
    "grey": lambda sheet: raw(sheet, f"0.45 g {number('17')}"),
    "red": lambda sheet: raw(sheet, f"0.8 0 0 rg {number('17')}"),
    "on a ground drawn before": lambda sheet: raw(sheet, f"{rectangle('0.9 g')} {number('17')}"),
    "twice, as fake bold": lambda sheet: raw(sheet, f"{number('17')} {number('17', LEFT + 0.3)}"),
    "twice in one place": lambda sheet: raw(sheet, f"{number('17')} {number('17')}"),
    "filled and stroked": lambda sheet: raw(sheet, number("17").replace("BT", "BT 2 Tr 0.3 w")),
    "stroked only": lambda sheet: raw(sheet, number("17").replace("BT", "BT 1 Tr 0.5 w")),
    "within its clip": lambda sheet: raw(sheet, f"172 {HEIGHT - 160} 100 30 re W n {number('17')}"),
    "under a veil": lambda sheet: (
        sheet.canvas.saveState()
        or raw(sheet, number("17"))
        or sheet.canvas.setFillAlpha(0.15)
        or sheet.canvas.rect(*CELL, fill=1, stroke=0)
        or sheet.canvas.restoreState()
    ),
    "over a light watermark": lambda sheet: watermark(sheet) or shown(sheet),
}


@pytest.mark.parametrize("name", PAINTED)
def test_what_is_painted_is_read_without_doubt(name: str) -> None:
    cell = read_cell(PAINTED[name])
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), None)


def curves(x: float = LEFT, y: float = BASE) -> str:
    """Return a filled ring: a zero turned into an outline."""
    return f"{x} {y} m {x} {y + 9} {x + 6} {y + 9} {x + 6} {y} c {x + 6} {y - 3} {x} {y - 3} {x} {y} c f"


UNREAD: dict[str, tuple[Draw, str]] = {
    "a picture of a number": (lambda sheet: picture(sheet, "17", (180, HEIGHT - 155, 60, 20)), "picture"),
    "a picture over several cells": (
        lambda sheet: picture(sheet, "17", (150, HEIGHT - 170, 200, 50)),
        "picture",
    ),
    "an outline": (lambda sheet: raw(sheet, curves()), "drawing"),
    "a number and an outline": (lambda sheet: shown(sheet) or raw(sheet, curves(LEFT + 20)), "drawing"),
    "a slanted outline": (
        lambda sheet: raw(
            sheet, f"{LEFT} {BASE} m {LEFT + 6} {BASE + 9} l {LEFT + 7} {BASE + 9} l {LEFT + 2} {BASE} l f"
        ),
        "drawing",
    ),
    "a stamp that does not show its text": (
        lambda sheet: annotation(sheet, "Stamp", None, "17"),
        "annotation",
    ),
    "a number cut in half": (
        lambda sheet: raw(sheet, f"172 {BASE + 4.5} 100 40 re W n {number('17')}"),
        "drawing",
    ),
    "a faint digit before it": (lambda sheet: shown(sheet) or raw(sheet, f"0.88 g {before('8')}"), "drawing"),
    "a struck number alone": (
        lambda sheet: raw(sheet, f"{number('17')} 0.7 w {LEFT - 1} {BASE + 4} m {LEFT + 14} {BASE + 4} l S"),
        "struck",
    ),
    "a raised digit between digits": (
        lambda sheet: raw(
            sheet, f"{number('1')} {number('3', LEFT + 6.7, BASE + 5, 7)} {number('7', LEFT + 10.6)}"
        ),
        "mark",
    ),
    "a raised number of three digits": (
        lambda sheet: raw(sheet, f"{number('17')} {number('302', LEFT + 13.5, BASE + 6, 7)}"),
        "mark",
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_seen_and_not_read_leaves_the_cell_open(name: str) -> None:
    draw, kind = UNREAD[name]
    assert kind in [unread.kind for unread in read_cell(draw).unread]


ORDINARY: dict[str, Draw] = {
    "a light watermark": lambda sheet: watermark(sheet),
    "a red seal": lambda sheet: raw(sheet, f"0.9 0.1 0.1 RG 3 w {seal(222, BASE, 60)} S"),
    "a ground": lambda sheet: raw(sheet, rectangle("0.93 g")),
    "a spacer": lambda sheet: picture(sheet, None, (200, BASE, 1, 1), "black"),
    "a line across for nothing": lambda sheet: sheet.line(172, 130, 272, 160),
    "a link": lambda sheet: sheet.canvas.linkURL("http://example.org", (173, 690, 270, 710)),
    "a logo in the head": lambda sheet: picture(sheet, "LOGO", (72, 790, 100, 40)),
}


def seal(x: float, y: float, radius: float) -> str:
    points = [
        (x + radius * cos(radians(angle)), y + radius * sin(radians(angle))) for angle in range(0, 361, 10)
    ]
    return " ".join(f"{px:.1f} {py:.1f} {'l' if place else 'm'}" for place, (px, py) in enumerate(points))


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_no_number_leaves_a_blank_cell_blank(name: str) -> None:
    cell = read_cell(ORDINARY[name])
    assert (cell.text, cell.unread) == ("", ())


def test_a_cell_with_nothing_but_digits_that_are_not_painted_is_not_blank() -> None:
    cell = read_cell(lambda sheet: raw(sheet, f"1 1 1 rg {number('17')}"))
    assert (cell.text, [each.kind for each in cell.unread]) == ("", ["covered"])


def test_text_beside_the_page_is_not_read() -> None:
    cell = read_cell(beside(number("94", LEFT, HEIGHT + 40)))
    assert (cell.text, cell.unread) == ("17", ())


def test_characters_plainly_seen_are_judged_as_by_a_closer_look(monkeypatch: pytest.MonkeyPatch) -> None:
    data = drawn(lambda sheet: sheet.text(100, 100, "17,.-一二", 14)).data
    with pypdfium2.PdfDocument(data) as document:
        page = document[0]
        items = list(page.get_objects())
        textpage = page.get_textpage()
        boxes = []
        for at in range(textpage.count_chars()):
            left, bottom, right, top = textpage.get_charbox(at)
            boxes += [
                (left, HEIGHT - top, right, HEIGHT - bottom),
                (left - 9, HEIGHT - top, right, HEIGHT - bottom + 30),
                (left, HEIGHT - top + 3, right, HEIGHT - top + 4),
            ]
        look = Look(page, [item.raw for item in items])
        texts, owners = ["8"] * len(boxes), [0] * len(boxes)
        quick = look.shown(boxes, texts, owners)
        monkeypatch.setattr(_TextDifference, "is_plain_in", lambda *_: False)
        assert look.shown(boxes, texts, owners) == quick
        assert {(each.painted, each.partly) for each in quick} >= {(True, True), (True, False)}
