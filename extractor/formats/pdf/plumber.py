"""Finds lines and tables on a page with pdfplumber: the second reading of a PDF.

Only the joining of pages into one document is shared with the first reader.
"""

from bisect import bisect_left
from operator import itemgetter
from types import ModuleType
from typing import Any

from extractor.document import Unread
from extractor.formats.layout.lines import PADDING, CellText, plain
from extractor.formats.layout.marks import marked
from extractor.formats.layout.model import Box, Fragment, Glyph, GridCell, Ink, PageGrid, PageLine
from extractor.formats.layout.spaced import spaced_number
from extractor.formats.layout.tables import unread_in
from extractor.formats.pdf.parsed import ParsedPage
from extractor.formats.pdf.second import seen_by_second
from extractor.patterns import kept_pattern

NEAR = 4.0  # points
WIDE_GAP = 1.6  # em
_WORD_GAP = 0.25  # em
_LINE_GAP = 3.0  # points: pdfplumber's own tolerance
_LIGATURES = {chr(code) for code in range(0xFB00, 0xFB07)}  # pdfplumber writes them as several letters
_SETTINGS = {"snap_tolerance": NEAR, "join_tolerance": NEAR, "intersection_tolerance": NEAR}
_DIGITS_PART = kept_pattern(r"(?<=[\d.,，])\n(?=[\d.,，])")
_WORDS_PART = kept_pattern(r"(?<=[A-Za-z])\n(?=[A-Za-z])")


def lines_and_grids(
    plumber: ModuleType, page: ParsedPage, ink: Ink | None
) -> tuple[list[PageLine], list[PageGrid]]:
    """Return the lines outside the ruled tables of one page, and the ruled tables.

    Args:
        plumber: the module pdfplumber, loaded only if a second reading is needed.
        page: Characters and edges of the page.
        ink: Hidden, struck-out and doubtful characters of the page; None if its text is not what is
            displayed.
    """
    if ink is None:
        return [], []
    chars = seen_by_second(page.chars, ink)
    grids = []
    for table in _tables(plumber, page):
        inside, others = _parted(chars, table.bbox)
        if any(not char["text"].isspace() for char in inside):
            grids.append(_grid(plumber, ink, table, inside))
            chars = others
    return _lines(plumber, ink, chars), grids


def _tables(plumber: ModuleType, page: ParsedPage) -> list[Any]:
    """Return the ruled tables, including those without outer horizontal rules."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > NEAR]
    if not upright:
        return []
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    settings = plumber.table.TableSettings.resolve({**_SETTINGS, "explicit_horizontal_lines": ends})
    tables: list[Any] = plumber.table.TableFinder(page, settings).tables
    return sorted(tables, key=lambda table: table.bbox[1::-1])


def _box(char: dict[str, Any]) -> Box:
    return (char["x0"], char["top"], char["x1"], char["bottom"])


def _within(char: dict[str, Any], box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] < x < box[2] and box[1] < y < box[3])


def _parted(chars: list[dict[str, Any]], box: Box) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the characters within a box, and the others."""
    inside: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for char in chars:
        (inside if _within(char, box) else others).append(char)
    return inside, others


def _grid(plumber: ModuleType, ink: Ink, table: Any, chars: list[dict[str, Any]]) -> PageGrid:
    xs = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in table.cells for y in (cell[1], cell[3])])
    levels = sorted(((char["top"] + char["bottom"]) / 2, order) for order, char in enumerate(chars))
    cells = [_cell(plumber, ink, cell, xs, ys, _chars_in(cell, chars, levels)) for cell in table.cells]
    box = (xs[0], ys[0], xs[-1], ys[-1])
    across = [edge for edge in table.page.edges if edge["orientation"] == "h"]
    return PageGrid(
        ink=ink,
        box=box,
        xs=xs,
        rows=len(ys) - 1,
        cells=cells,
        places=[(ink.page, box)],
        open_top=not any(_rules(edge, ys[0], box) for edge in across),
        open_bottom=not any(_rules(edge, ys[-1], box) for edge in across),
        lines=tuple(_lines(plumber, ink, chars)) if len(xs) == 2 else (),
    )


def _chars_in(box: Box, chars: list[dict[str, Any]], levels: list[tuple[float, int]]) -> list[dict[str, Any]]:
    """Return the characters in a box, in order.

    `levels`: sorted pairs of height and index of all characters.
    """
    begin, end = bisect_left(levels, (box[1], 0)), bisect_left(levels, (box[3], 0))
    at_level = sorted(order for _, order in levels[begin:end])
    return [chars[order] for order in at_level if _within(chars[order], box)]


def _rules(edge: dict[str, Any], y: float, box: Box) -> bool:
    return bool(abs(edge["top"] - y) <= NEAR and edge["x0"] < box[2] and edge["x1"] > box[0])


def _edges(positions: list[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > NEAR:
            edges.append(position)
    return edges


def _index(edges: list[float], position: float) -> int:
    return max(bisect_left(edges, position + NEAR / 2) - 1, 0)


def _cell(
    plumber: ModuleType,
    ink: Ink,
    box: Box,
    xs: list[float],
    ys: list[float],
    inside: list[dict[str, Any]],
) -> GridCell:
    row, column = _index(ys, box[1]), _index(xs, box[0])
    row_span, column_span = _index(ys, box[3]) - row, _index(xs, box[2]) - column
    printed = [char for char in inside if not char["text"].isspace()]
    glyphs = [Glyph(*_box(char), char["text"], order) for order, char in enumerate(inside)]
    unread = unread_in(ink, box, glyphs)
    if not printed:
        return GridCell(row, column, row_span, column_span, "", [(ink.page, box)], False, unread=unread)
    marks = marked(glyphs)
    if marks:
        inside = [inside[glyph.order] for glyph in marks.plain]
        unread += (Unread("mark"),) if marks.unclear else ()
    word = _one_word(inside)
    text = word or plumber.utils.extract_text(inside, x_tolerance_ratio=_WORD_GAP)
    lines = text.split("\n")
    glyphs = marks.plain if marks else glyphs
    spaced = spaced_number(sorted(glyphs)) if len(lines) == 1 else None
    last = printed[-1]
    room = (box[2] - box[0]) - _width(printed, last)
    return GridCell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        text=spaced or plain(_join_lines(lines)),
        places=[(ink.page, _around(printed))],
        full=len(printed) > 1 and room < (last["x1"] - last["x0"]) + PADDING,
        upright=not (len(lines) > 1 and all(len(line.strip()) == 1 for line in lines)),
        printed=CellText(marks.printed, box).text if marks else None,
        unread=unread,
    )


def _one_word(chars: list[dict[str, Any]]) -> str | None:
    """Return the text of characters that pdfplumber would read as one word, as those of most cells are.

    None if they have blanks, gaps, several lines or ligatures: then it decides.
    """
    least = most = chars[0]["top"]
    end = float("inf")
    placed = sorted(chars, key=itemgetter("x0"))
    for char in placed:
        text, top = char["text"], char["top"]
        least, most = min(least, top), max(most, top)
        if not char["upright"] or not text or text.isspace() or text in _LIGATURES or char["x0"] > end:
            return None
        end = char["x1"] + _WORD_GAP * char["size"]
    return "".join(char["text"] for char in placed) if most - least <= _LINE_GAP else None


def _width(printed: list[dict[str, Any]], last: dict[str, Any]) -> float:
    line = [char for char in printed if abs(char["bottom"] - last["bottom"]) < NEAR]
    return float(max(char["x1"] for char in line) - min(char["x0"] for char in line))


def _join_lines(lines: list[str]) -> str:
    """Join the lines of a cell: labels wrap, but numbers below each other are two numbers."""
    text = "\n".join(line.strip() for line in lines)
    text = _DIGITS_PART.sub("\0", text)
    return _WORDS_PART.sub(" ", text).replace("\n", "").replace("\0", "\n")


def _around(chars: list[dict[str, Any]]) -> Box:
    return (
        min(char["x0"] for char in chars),
        min(char["top"] for char in chars),
        max(char["x1"] for char in chars),
        max(char["bottom"] for char in chars),
    )


def _lines(plumber: ModuleType, ink: Ink, chars: list[dict[str, Any]]) -> list[PageLine]:
    """Return lines of text whose fragments are pdfplumber's words."""
    words = plumber.utils.extract_words(
        chars, keep_blank_chars=True, x_tolerance_ratio=WIDE_GAP, return_chars=True
    )
    words = [word for word in words if word["text"].strip()]
    lines: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: word["top"] + word["bottom"]):
        height = word["bottom"] - word["top"]
        if lines and abs(word["bottom"] - lines[-1][0]["bottom"]) < height / 2:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(ink, line) for line in lines]


def _line(ink: Ink, words: list[dict[str, Any]]) -> PageLine:
    box = _around(words)
    fragments = [
        Fragment(plain(word["text"].strip()), word["x0"], word["x1"])
        for word in sorted(words, key=lambda word: word["x0"])
    ]
    size = max(word["bottom"] - word["top"] for word in words)
    glyphs = [
        Glyph(char["x0"], char["top"], char["x1"], char["bottom"], char["text"], order)
        for order, char in enumerate(char for word in words for char in word["chars"])
    ]
    return PageLine(ink, box, size, tuple(fragments), glyphs)
