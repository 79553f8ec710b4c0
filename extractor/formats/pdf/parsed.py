"""What the second reader works on: the characters and edges of one page, as pdfplumber describes them.

Every length is in points from the top left. Which parser told them, pdfminer or another, no one else knows.
"""

from typing import Any

from msgspec import Struct

from extractor.formats.layout.model import Box


class ParsedPage(Struct):
    """One page; its attributes are named as pdfplumber's table finder expects them of a page."""

    page_number: int  # 1-based
    bbox: Box
    chars: list[dict[str, Any]]  # each character once, though it may be printed twice in its place
    edges: list[dict[str, Any]]  # straight sides of lines, rectangles and curves that may be ruling lines
