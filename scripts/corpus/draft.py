"""A report as a sequence of titles, headings, paragraphs and tables, still without a format."""

from msgspec import Struct

from .truth import Truth


class Heading(Struct, frozen=True):
    """A heading; `tail` is text that runs on behind it in the same line."""

    code: str | None
    text: str
    level: int
    tail: str = ""


class Paragraph(Struct, frozen=True):
    """A line of running text."""

    text: str


class TableHere(Struct, frozen=True):
    """The place of a standard table."""

    code: str


Block = Heading | Paragraph | TableHere


class Draft(Struct, frozen=True):
    """What any renderer needs."""

    truth: Truth
    title: tuple[str, ...]  # one or more lines
    blocks: tuple[Block, ...]
    tells: bool = True  # whether the prose repeats the totals of the tables

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Heading))
