"""What stands around the tables of a document: sections, captions, and the year reported on."""

import re
from collections.abc import Sequence

from msgspec import Struct

from extractor.document import Block, Paragraph
from extractor.recognize.outline.headings import main_code
from extractor.recognize.tables.set_aside import is_of_another_year

_MAIN_HEADING = re.compile(r"[#\s]*[一二三四五六七八九]{1,2}[、.．,，]?\s*(?P<body>\S.{2,40})")
_LONGEST_CAPTION = 60  # characters; more is prose


class Context(Struct, frozen=True):
    """The blocks of a document and the year that it reports on."""

    blocks: Sequence[Block]
    year: int | None = None

    def section_at(self, block: int) -> str | None:
        """Return the code of the main section in which a block stands, told by the heading before it."""
        for above in reversed(self.blocks[:block]):
            found = _MAIN_HEADING.fullmatch(above.text.strip()) if isinstance(above, Paragraph) else None
            if found and (code := main_code(found["body"])):
                return code
        return None

    def caption_of(self, block: int) -> str:
        """Return the short line right above a block, "" where none stands there."""
        above = self.blocks[block - 1] if block else None
        if not isinstance(above, Paragraph) or len(above.text) > _LONGEST_CAPTION:
            return ""
        return above.text

    def is_of_another_year(self, block: int) -> bool:
        """Say whether the line above a block speaks of another year than the report's."""
        return is_of_another_year(self.caption_of(block), self.year)

    def are_parted(self, before: int, after: int) -> bool:
        """Say whether prose or a heading of a main section stands between two blocks."""
        between = (block for block in self.blocks[before + 1 : after] if isinstance(block, Paragraph))
        return any(
            len(block.text) > _LONGEST_CAPTION or _MAIN_HEADING.fullmatch(block.text.strip())
            for block in between
        )
