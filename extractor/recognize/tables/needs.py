"""What the texts of a table show that it may need before it is read as a grid.

Nearly all tables need nothing, and consist of the same texts in every report. So each text is asked once for
all, and its answer is cached.
"""

from enum import IntFlag

from extractor.document import Table
from extractor.forms import per_forms
from extractor.recognize.tables.broken_heads import may_be_part_of_a_head
from extractor.recognize.tables.heads_in_cells import tells_its_head
from extractor.recognize.tables.heads_run_together import names_row_and_column
from extractor.recognize.tables.tall_rows import may_be_lines_of_a_tall_row
from extractor.recognize.tables.translations import may_be_foreign


class Need(IntFlag):
    """What to try on a table, as texts in it may be of this kind."""

    EMPTY = 1  # a blank
    FOREIGN = 2  # letters of another language
    LINES = 4  # numbers in several lines
    PARTS = 8  # what may be a part of a label
    NAMES = 16  # the names of a row and a column
    HEAD = 32  # the name of a column before its value


def needs_of(table: Table) -> int:
    """Return the needs of all texts of a table, as flags of Need."""
    found = 0
    for text in table.texts:
        found |= _needs_of_text(text)
    return found


@per_forms(maxsize=16384)
def _needs_of_text(text: str) -> int:
    return int(
        Need.EMPTY * (not text.strip())
        | Need.FOREIGN * may_be_foreign(text)
        | Need.LINES * may_be_lines_of_a_tall_row(text)
        | Need.PARTS * may_be_part_of_a_head(text)
        | Need.NAMES * names_row_and_column(text)
        | Need.HEAD * tells_its_head(text)
    )
