"""PDF read a second time, through pdfplumber: other characters, other lines, other tables.

Only the joining of pages into one document is shared with the first reader.
"""

import logging
import re
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from types import ModuleType
from typing import Any

from extractor.document import Document, Notice, Source, Unread
from extractor.errors import Encrypted, MissingDependency, Unreadable
from extractor.formats.layout import compose
from extractor.formats.layout.lines import PADDING, CellText, plain
from extractor.formats.layout.marks import marked
from extractor.formats.layout.model import Box, Fragment, Glyph, GridCell, Ink, PageGrid, PageLine
from extractor.formats.layout.spaced import spaced_number
from extractor.formats.layout.tables import unread_in
from extractor.formats.pdf.plumber_told import metadata_of, notices_of
from extractor.formats.pdf.second import seen_by_second

NEAR = 4.0  # points
WIDE_GAP = 1.6  # em
_SETTINGS = {"snap_tolerance": NEAR, "join_tolerance": NEAR, "intersection_tolerance": NEAR}
_DIGITS_PART = re.compile(r"(?<=[\d.,，])\n(?=[\d.,，])")
_WORDS_PART = re.compile(r"(?<=[A-Za-z])\n(?=[A-Za-z])")
# What pdfminer raises on damaged files apart from its own errors.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read(source: Source, sheets: Mapping[int, Ink | None]) -> Document:
    """Read the pages of a PDF that sheets are given for with pdfplumber.

    A sheet holds what is not plain on its page; there is none where its text says nothing of what is shown.

    Raises:
        MissingDependency: pdfplumber is not installed.
        Encrypted: a password is needed to open it.
        Unreadable: damaged, cut short, or no PDF.
    """
    plumber = _pdfplumber()
    notices: list[Notice] = []
    contents = []
    with _open_pdf(plumber, source) as pdf:
        for page in pdf.pages:
            if page.page_number not in sheets:
                continue
            contents.append(_content(plumber, page, sheets[page.page_number]))
            notices += notices_of(page)
            page.close()
        metadata = metadata_of(pdf)
    blocks, joins = compose(contents)
    return Document("pdf", tuple(blocks), metadata, (*notices, *joins))


def _pdfplumber() -> ModuleType:
    try:
        import pdfplumber
    except ImportError as error:
        raise MissingDependency("第二遍读 PDF 需要 pdfplumber：pip install pdfplumber") from error
    # Its remarks on odd files would otherwise reach standard error.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    module: ModuleType = pdfplumber
    return module


@contextmanager
def _open_pdf(plumber: ModuleType, source: Source) -> Iterator[Any]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException

    damaged = f"{source.name}: 不是完整的 PDF 文件，打不开"
    try:
        with plumber.open(BytesIO(source.data)) as pdf:
            if not pdf.pages:
                raise Unreadable(f"{source.name}: PDF 文件没有可读的页")
            yield pdf
    except plumber.utils.exceptions.PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Encrypted(f"{source.name}: 文件有密码，去掉密码后再试") from error
        raise Unreadable(damaged) from error
    except (PSException, plumber.utils.exceptions.MalformedPDFException, *_DAMAGE) as error:
        raise Unreadable(damaged) from error


def _content(plumber: ModuleType, page: Any, ink: Ink | None) -> tuple[list[PageLine], list[PageGrid]]:
    """Return the lines outside the ruled tables of one page, and the ruled tables."""
    if ink is None:
        return [], []
    chars = page.dedupe_chars(tolerance=1).chars
    chars = seen_by_second(chars, ink)
    grids = []
    for table in _tables(page):
        inside = [char for char in chars if _within(char, table.bbox)]
        if any(not char["text"].isspace() for char in inside):
            grids.append(_grid(plumber, ink, table, inside))
            chars = [char for char in chars if not _within(char, table.bbox)]
    return _lines(plumber, ink, chars), grids


def _tables(page: Any) -> list[Any]:
    """Return the ruled tables, those whose outer horizontal rules are missing included."""
    ruled = page.filter(_may_rule)
    upright = [edge for edge in ruled.edges if edge["orientation"] == "v" and edge["height"] > NEAR]
    if not upright:
        return []
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    settings = {**_SETTINGS, "explicit_horizontal_lines": ends}
    tables: list[Any] = ruled.find_tables(settings)
    return sorted(tables, key=lambda table: (table.bbox[1], table.bbox[0]))


def _may_rule(item: dict[str, Any]) -> bool:
    """Whether an object may be a rule: areas that are only filled are backgrounds."""
    if item["object_type"] not in ("rect", "curve", "line"):
        return True
    if item["stroke"]:
        return True
    return bool(item["fill"] and min(item["width"], item["height"]) <= NEAR)


def _box(char: dict[str, Any]) -> Box:
    return (char["x0"], char["top"], char["x1"], char["bottom"])


def _within(char: dict[str, Any], box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] < x < box[2] and box[1] < y < box[3])


def _grid(plumber: ModuleType, ink: Ink, table: Any, chars: list[dict[str, Any]]) -> PageGrid:
    xs = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in table.cells for y in (cell[1], cell[3])])
    cells = [_cell(plumber, ink, cell, xs, ys, chars) for cell in table.cells]
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
    chars: list[dict[str, Any]],
) -> GridCell:
    row, column = _index(ys, box[1]), _index(xs, box[0])
    row_span, column_span = _index(ys, box[3]) - row, _index(xs, box[2]) - column
    inside = [char for char in chars if _within(char, box)]
    printed = [char for char in inside if not char["text"].isspace()]
    glyphs = [Glyph(*_box(char), char["text"], order) for order, char in enumerate(inside)]
    unread = unread_in(ink, box, glyphs)
    if not printed:
        return GridCell(row, column, row_span, column_span, "", [(ink.page, box)], False, unread=unread)
    marks = marked(glyphs)
    if marks:
        inside = [inside[glyph.order] for glyph in marks.plain]
        unread += (Unread("mark"),) if marks.unclear else ()
    lines = plumber.utils.extract_text(inside, x_tolerance_ratio=0.25).split("\n")
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


def _width(printed: list[dict[str, Any]], last: dict[str, Any]) -> float:
    line = [char for char in printed if abs(char["bottom"] - last["bottom"]) < NEAR]
    return float(max(char["x1"] for char in line) - min(char["x0"] for char in line))


def _join_lines(lines: list[str]) -> str:
    """Join the lines of a cell: labels wrap, numbers under each other are two numbers."""
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
    """Return lines of text whose fragments are what pdfplumber takes for words."""
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
