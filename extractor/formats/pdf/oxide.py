"""Reads characters and edges of single pages with pdf_oxide, in pdfplumber's format.

It is an independent parser in Rust and takes a hundredth of pdfminer's time, so it can confirm numbers.
Rotated or cropped pages are left to pdfminer.
"""

import logging
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from extractor.formats.pdf.parsed import ParsedPage
from extractor.formats.pdf.plumber import NEAR

_LEVEL = 0.01  # points by which the ends of a horizontal side may differ
_SAME = 1.0  # points: the same character nearer than this is a duplicate, as in simulated bold
_DESCENT = 0.2  # em: its boxes end at the baseline, pdfminer's reach this far below
Point = tuple[float, float]


def parsed_pages(data: bytes, numbers: Iterable[int]) -> list[ParsedPage] | None:
    """Return some pages (1-based) of a PDF; None if pdf_oxide is missing or unsuitable for one of them."""
    try:
        import pdf_oxide
    except ImportError:
        return None
    # Its log messages about unusual files would otherwise go to standard error.
    logging.getLogger("pdf_oxide").addHandler(logging.NullHandler())
    try:
        document = pdf_oxide.PdfDocument.from_bytes(data)
        pages = [_page(document, number - 1) for number in numbers]
    except (OSError, RuntimeError, ValueError):  # damaged or encrypted: the other parser reports which
        return None
    except BaseException as error:
        # an internal error in it, which does not derive from Exception
        if type(error).__name__ != "PanicException":
            raise
        return None
    return None if None in pages else [page for page in pages if page]


def _page(document: Any, index: int) -> ParsedPage | None:
    left, bottom, right, top = document.page_media_box(index)
    crop = document.page_crop_box(index) or (left, bottom, right, top)
    if left or bottom or document.page_rotation(index) or tuple(crop) != (left, bottom, right, top):
        return None
    chars = _once([_char(char, top) for char in document.extract_chars(index)])
    edges = [edge for path in document.extract_paths(index) for edge in _edges(path, top)]
    return ParsedPage(index + 1, (left, bottom, right, top), chars, edges)


def _char(char: Any, top: float) -> dict[str, Any]:
    left, bottom, width, height = char.bbox
    upper = top - bottom - height + _DESCENT * height
    return {
        "text": char.char,
        "x0": left,
        "x1": left + width,
        "top": upper,
        "bottom": upper + height,
        "doctop": upper,
        "width": width,
        "height": height,
        "size": char.font_size,
        "fontname": char.font_name,
        "upright": not char.rotation_degrees,
    }


def _once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return characters without those printed a second time in the same place."""
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    kept = []
    for char in chars:
        x, y, row = char["x0"], char["top"], int(char["top"] // _SAME)
        near = (place for r in (row - 1, row, row + 1) for place in seen.get((char["text"], r), ()))
        if not any(abs(x - left) <= _SAME and abs(y - upper) <= _SAME for left, upper in near):
            kept.append(char)
            seen.setdefault((char["text"], row), []).append((x, y))
    return kept


def _edges(path: dict[str, Any], top: float) -> Iterator[dict[str, Any]]:
    """Return the horizontal and vertical sides of a path that may be ruling lines.

    Areas that are only filled are backgrounds, unless they are as thin as a line.
    """
    _, _, width, height = path["bbox"]
    if path["stroke_color"] is None and min(width, height) > NEAR:
        return
    for points in _outlines(path["operations"]):
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(x0 - x1) <= _LEVEL or abs(y0 - y1) <= _LEVEL:
                yield _edge(min(x0, x1), top - max(y0, y1), max(x0, x1), top - min(y0, y1))


def _outlines(operations: list[dict[str, Any]]) -> list[list[Point]]:
    """Return the corners of each subpath, in drawing order."""
    parts: list[list[Point]] = []
    for each in operations:
        kind = each["op"]
        if kind == "rectangle":
            x, y, width, height = each["x"], each["y"], each["width"], each["height"]
            parts.append([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
        elif kind == "close_path":
            parts[-1].append(parts[-1][0])
        elif kind == "line_to" and parts:
            parts[-1].append((each["x"], each["y"]))
        else:  # the pen moves, or draws a curve
            end = "" if "x" in each else "3"
            parts.append([(each[f"x{end}"], each[f"y{end}"])])
    return parts


def _edge(x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    upright = x1 - x0 < y1 - y0
    return {
        "object_type": "line",
        "orientation": "v" if upright else "h",
        "x0": x0,
        "x1": x0 if upright else x1,
        "top": y0,
        "bottom": y1 if upright else y0,
        "doctop": y0,
        "width": 0.0 if upright else x1 - x0,
        "height": y1 - y0 if upright else 0.0,
    }
