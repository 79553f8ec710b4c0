"""What settling a table yields."""

from msgspec import Struct, field

from extractor.document import DoubtKind, Notice, UnreadKind
from extractor.located import GluedCells
from extractor.report import CellValue
from extractor.settle.tokens import Doubt


class Settled(Struct):
    """The cells of one table, and what stands between them and certainty."""

    cells: dict[str, CellValue] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    # Reasons against `verified`, each with its notice.
    doubtful: bool = False
    # Cells in which something lies that is no text, by its kind, and what each may say.
    unread: dict[UnreadKind, dict[str, str]] = field(default_factory=dict)
    doubts: dict[str, DoubtKind] = field(default_factory=dict)  # cells whose characters are not plain
    # Runs that could be read without asking whether blanks were dropped.
    assumed_no_blanks: list[GluedCells] = field(default_factory=list)
    # Cells read as one number until the checks confirm it, each with what is unsure about it.
    doubted: dict[str, Doubt] = field(default_factory=dict)
