"""What the second reader of a PDF is told, and what of that the first reading has found already."""

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_drawing import Sheet, drawn, rows, tables

from extractor.document import Source
from extractor.formats import pdf
from extractor.formats.pdf.plumber import _one_word

XS = [72, 200, 300, 400]
YS = [100, 124, 148]
ROWS = [["云岭县", "12", "0"], ["青石镇", "3", "488.78"]]
FIRST = frozenset({1})


def _table(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)


def _struck(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)
    sheet.line(204, 110, 216, 110)


def _faint(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)
    sheet.canvas.setFillColorRGB(1, 1, 1)
    sheet.text(230, 104, "99")


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list of the pages that the first reader reads from now on."""
    pages: list[int] = []
    plain = pdf.read_page
    monkeypatch.setattr(pdf, "read_page", lambda *args: (pages.append(args[1]), plain(*args))[1])
    return pages


def test_a_plain_page_is_not_read_again_for_the_second_reader(again: list[int]) -> None:
    source = drawn(_table)
    pdf.read(source)
    again.clear()
    assert rows(tables(pdf.reread(source, FIRST))[0]) == ROWS
    assert again == []


@pytest.mark.parametrize("page", [_struck, _faint])
def test_a_page_with_something_to_tell_is_read_again(again: list[int], page) -> None:
    source = drawn(page)
    pdf.read(source)
    again.clear()
    second = pdf.reread(source, FIRST)
    assert again == [1]
    assert "99" not in str(rows(tables(second)[0]))


def test_another_file_is_read_again(again: list[int]) -> None:
    source, other = drawn(_table), drawn(_faint)
    pdf.read(source)
    pdf.read(other)
    again.clear()
    pdf.reread(source, FIRST)
    pdf.reread(Source(other.name, bytes(bytearray(other.data))), FIRST)
    assert again == [1, 1]


def test_a_page_that_was_not_read_is_read(again: list[int]) -> None:
    source = drawn(_table)
    pdf.read(source)
    again.clear()
    pdf.reread(source, frozenset({1, 7}))
    assert again == [1]


_CHARACTER = st.fixed_dictionaries(
    {
        "text": st.sampled_from("0123.,年 ﬁA一"),
        "x0": st.integers(0, 60).map(float),
        "top": st.sampled_from([10.0, 10.0, 10.0, 11.5, 13.0, 13.5, 24.0]),
        "width": st.sampled_from([5.0, 10.0]),
        "size": st.sampled_from([8.0, 10.0]),
        "upright": st.sampled_from([True, True, True, False]),
    }
)


@given(st.lists(_CHARACTER, min_size=1, max_size=5))
def test_one_word_is_what_pdfplumber_reads(characters) -> None:
    chars = [
        {
            **char,
            "x1": char["x0"] + char["width"],
            "bottom": char["top"] + char["size"],
            "doctop": char["top"],
            "height": char["size"],
        }
        for char in characters
    ]
    word = _one_word(chars)
    assert word is None or word == pdfplumber.utils.extract_text(chars, x_tolerance_ratio=0.25)


def test_digits_beside_each_other_are_one_word() -> None:
    char = {"top": 10.0, "size": 10.0, "upright": True}
    chars = [{**char, "text": text, "x0": x, "x1": x + 5} for text, x in (("8", 6.0), ("4", 0.0))]
    assert _one_word(chars) == "48"
    assert _one_word([*chars, {**char, "text": "3", "x0": 14.0, "x1": 19.0}]) is None
