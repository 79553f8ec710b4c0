"""The context of the tables of a document: sections, captions, and the year reported on."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

from msgspec import Struct

from extractor.document import Block, Paragraph, Table
from extractor.patterns import late_pattern
from extractor.recognize.labels import label_index
from extractor.recognize.outline.headings import main_code
from extractor.recognize.tables.set_aside import is_of_another_year

_MAIN_HEADING = late_pattern(r"[#\s]*[一二三四五六七八九]{1,2}[、.．,，]?\s*(?P<body>\S.{2,40})")
_ANNEX = late_pattern(r"\s*附[件表录]\s*[\d一二三四五六七八九十]{0,2}\s*[:：.、\s]")
_LONGEST_CAPTION = 60  # characters; longer text is prose


class Context(Struct, frozen=True, dict=True):
    """The blocks of a document and the year that it reports on."""

    blocks: Sequence[Block]
    year: int | None = None

    def section_at(self, block: int) -> str | None:
        """Return the code of the main section that a block is in, from the last heading before it."""
        above = bisect_left(self._headings, block, key=itemgetter(0))
        return self._headings[above - 1][1] if above else None

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        """Return where the main sections begin, and their codes."""
        headings = []
        for at, block in enumerate(self.blocks):
            found = _MAIN_HEADING.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
            if found and (code := main_code(found["body"])):
                headings.append((at, code))
        return headings

    def is_in_annex(self, block: int) -> bool:
        """Return whether a block is below a line such as 附件：… that begins an annex to the whole report."""
        return bool(self._annexes) and self._annexes[0] < block

    @cached_property
    def _annexes(self) -> list[int]:
        """Return where annexes begin: below the last main heading."""
        last = self._headings[-1][0] if self._headings else len(self.blocks)
        return [
            at
            for at, block in enumerate(self.blocks[last:], start=last)
            if isinstance(block, Paragraph) and _ANNEX.match(block.text)
        ]

    def caption_of(self, block: int) -> str:
        """Return the short line directly above a block; "" if there is none."""
        above = self.blocks[block - 1] if block else None
        if not isinstance(above, Paragraph) or len(above.text) > _LONGEST_CAPTION:
            return ""
        return above.text

    def is_of_another_year(self, block: int) -> bool:
        """Return whether the caption, or a merged first row, names another year."""
        lines = (self.caption_of(block), self._first_row_of(block))
        return any(is_of_another_year(line, self.year) for line in lines)

    def _first_row_of(self, block: int) -> str:
        """Return the text of a table's first row if it is a single cell, else ""."""
        table = self.blocks[block]
        first = [c for c in table.cells[:2] if c.row == 0] if isinstance(table, Table) else []
        return first[0].text if len(first) == 1 and len(first[0].text) <= _LONGEST_CAPTION else ""

    def are_parted(self, before: int, after: int, form: str, table: str) -> bool:
        """Return whether prose or a main heading separates two blocks of a table.

        A label of the table itself, such as 二、回应解读情况 above several rows, does not separate them.
        """
        between = (block for block in self.blocks[before + 1 : after] if isinstance(block, Paragraph))
        return any(
            len(block.text) > _LONGEST_CAPTION
            or (_MAIN_HEADING.fullmatch(block.text.strip()) and not _is_label(block.text, form, table))
            for block in between
        )


def _is_label(text: str, form: str, table: str) -> bool:
    return any((label.form, label.table) == (form, table) for label in label_index().find(text))
