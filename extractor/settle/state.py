"""The result of settling one table."""

from msgspec import Struct, field

from extractor.document import DoubtKind, Notice, UnreadKind
from extractor.located import GluedCells
from extractor.report import CellValue
from extractor.settle.tokens import Doubt


class Settled(Struct):
    """The cells of one table, and the reasons why some of them are not certain."""

    cells: dict[str, CellValue] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    # True if the report cannot be `verified`; a notice gives the reason.
    doubtful: bool = False
    # Cells with content that is no text: kind of content → cell id → what it may say.
    unread: dict[UnreadKind, dict[str, str]] = field(default_factory=dict)
    doubts: dict[str, DoubtKind] = field(default_factory=dict)  # cells whose characters are not trusted
    # Glued cells that were read on the assumption that the text leaves out no blank cell.
    assumed_no_blanks: list[GluedCells] = field(default_factory=list)
    # Cells read as one number until the checks confirm it, each with the reason for the doubt.
    doubted: dict[str, Doubt] = field(default_factory=dict)
