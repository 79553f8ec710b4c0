"""Input of the second reader: characters and edges of one page, in pdfplumber's format.

Every length is in points from the top left. It does not matter which parser produced them.
"""

from typing import Any

from msgspec import Struct

from extractor.formats.layout.model import Box


class ParsedPage(Struct):
    """One page; the attribute names are those that pdfplumber's table finder expects."""

    page_number: int  # 1-based
    bbox: Box
    chars: list[dict[str, Any]]  # each character once, even if it is printed twice in the same place
    edges: list[dict[str, Any]]  # straight sides of lines, rectangles and curves that may be ruling lines
