"""What settling a table yields."""

from msgspec import Struct, field

from extractor.document import Notice
from extractor.located import Run
from extractor.report import CellValue


class Settled(Struct):
    """The cells of one table, and what stands between them and certainty."""

    cells: dict[str, CellValue] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    # Reasons against `verified`, each with its notice.
    doubtful: bool = False
    # Runs that could be read without asking whether blanks were dropped.
    assumed_no_blanks: list[Run] = field(default_factory=list)
    # Cells with blanks inside their number, read as one number until the checks confirm it.
    split_numbers: list[str] = field(default_factory=list)
