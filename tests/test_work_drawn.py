"""Work grows with the input where it is drawn too, and where one label grows: see test_work.py.

What recognition itself does with a line is done by its model, and bounded by counted pixels; here stands
what is ours: finding rules, cells and lines in a picture, and putting what was recognized together.
"""

from collections.abc import Callable

import numpy as np
import pytest
from counted_steps import assert_in_proportion

import extractor
from extractor.document import Document
from extractor.formats import ocr
from extractor.formats.ocr.text import compose_pages
from extractor.recognize import labels
from scripts.corpus.ofd_file import Ids, Page, pack, rule_object, text_object

SIZE = (210.0, 297.0)  # millimetres


def words(ids: Ids, n: int) -> list[str]:
    return [
        text_object(
            ids.next(), (20 + at % 7 * 25, 20 + at // 7 * 6.0), f"{at}", 3.0, [1.5] * (len(f"{at}") - 1)
        )
        for at in range(n)
    ]


def lattice(ids: Ids, n: int) -> list[str]:
    across = [rule_object(ids.next(), 18, 18 + at * 6.0, 190, 18 + at * 6.0) for at in range(n // 7 + 2)]
    return across + [
        rule_object(ids.next(), x, 18, x, 18 + (n // 7 + 1) * 6.0)
        for x in (18, 43, 68, 93, 118, 143, 168, 190)
    ]


def patches(ids: Ids, n: int, *, wide: bool = False) -> list[str]:
    """Return areas in grey, each over one word or over the page."""
    width, height = SIZE if wide else (9, 5)
    outline = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return [
        f'<ofd:PathObject ID="{ids.next()}" Stroke="false" Fill="true" '
        f'Boundary="{0 if wide else 20 + at % 7 * 25} {0 if wide else 16 + at // 7 * 6} {width} {height}">'
        f'<ofd:FillColor Value="200 200 200"/><ofd:AbbreviatedData>{outline}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
        for at in range(n)
    ]


DRAWN: dict[str, Callable[[int], list[Page]]] = {
    "words": lambda n: [Page(words(Ids(), n))],
    "cells": lambda n: [Page(words(ids := Ids(), n) + lattice(ids, n))],
    "rules": lambda n: [Page([rule_object(at, 18, 18 + at * 0.7, 190, 18 + at * 0.7) for at in range(n)])],
    "covers": lambda n: [Page(words(ids := Ids(), n) + patches(ids, n))],
    "wide-covers": lambda n: [Page(words(ids := Ids(), n) + patches(ids, n, wide=True))],
    "pages": lambda n: [Page(words(Ids(1000 * at), 7)) for at in range(n // 4)],
    "annotations": lambda n: [Page(words(Ids(), 20), words(Ids(5000), n))],
    "one-line": lambda n: [Page([text_object(1, (20, 20), "规章12" * n, 3.0, [1.0] * (4 * n - 1))])],
    "one-place": lambda n: [Page([text_object(at, (20, 20), "12", 3.0, [1.5]) for at in range(1, n)])],
}


@pytest.mark.parametrize("name", DRAWN)
def test_twice_as_much_on_a_page_of_ofd_is_no_more_than_twice_the_work(name: str) -> None:
    assert_in_proportion(lambda n: extractor.parse(pack(DRAWN[name](n), SIZE), name="a.ofd"))


def sheet_of_marks(n: int, *, ruled: bool) -> np.ndarray:
    """Return a page of n marks of two strokes, seven in a row, at 150 dots to the inch."""
    sheet = np.full((80 + (n // 7) * 40, 540), 255, np.uint8)
    for at in range(n):
        x, y = 40 + at % 7 * 70, 45 + at // 7 * 40
        sheet[y : y + 20, x : x + 8] = sheet[y : y + 20, x + 14 : x + 22] = 0
    if ruled:
        sheet[35 : 36 + (n // 7) * 40 : 40, 25:516] = 0
        sheet[35 : 36 + (n // 7) * 40, 25:516:70] = 0
    return sheet


@pytest.mark.skipif(not ocr.is_installed(), reason="needs the extra [ocr]")
@pytest.mark.parametrize("ruled", [False, True], ids=["lines", "cells"])
def test_twice_as_much_in_a_picture_is_no_more_than_twice_the_work(
    ruled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.formats.ocr.engine import STEP, OcrModel, load_engine
    from extractor.formats.ocr.page import read_picture

    engine = load_engine()
    seven = np.zeros((1, len(engine.characters)), np.float32)
    seven[0, engine.characters.index("7")] = 1.0

    def read(model: OcrModel, lines: list[np.ndarray]) -> list[np.ndarray]:
        return [np.repeat(seven, max(1, line.shape[1] // STEP), axis=0) for line in lines]

    monkeypatch.setattr(OcrModel, "read", read)

    def work(n: int) -> Document:
        page = read_picture(engine, sheet_of_marks(n, ruled=ruled), 150, 1)
        return Document("image", compose_pages([page])[0])

    assert len(work(14).blocks) > 0
    assert_in_proportion(work, 14)


LABELS: dict[str, Callable[[str], object]] = {
    "core": labels.core.__wrapped__,
    "core_outside_brackets": labels.core_outside_brackets.__wrapped__,
    "serial_of": labels.serial_of.__wrapped__,
    "behind_blanks": labels.behind_blanks,
    "in_wording_of_forms": labels.in_wording_of_forms,
    "find": lambda text: labels.label_index().find(text),
}
UNITS = (
    "1.",
    "（一）",
    "总计",
    "——规章",
    "  总计",
    "①",
    "Ⅳ、",
    "不予公开1.",
    "(",
    "<!-- -->",
    "總計",
    "Total ",
)


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("unit", UNITS)
def test_a_label_twice_as_long_is_no_more_than_twice_the_work(name: str, unit: str) -> None:
    assert_in_proportion(lambda n: LABELS[name](unit * n), 1000)
