"""The marks that lay out a table in lines of text: tabs, and what boxes are drawn with."""

from extractor.document import Block, Paragraph
from extractor.patterns import kept_pattern

LINES = "\t\u2500-\u257f"  # a class of characters
LAYOUT_MARK = kept_pattern(rf"[{LINES}]|^\+--")


def may_be_laid_out(block: Block) -> bool:
    """Return whether a block is a paragraph with such a mark."""
    return isinstance(block, Paragraph) and LAYOUT_MARK.search(block.text) is not None
