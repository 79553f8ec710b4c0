"""The pieces of a cell's text, each with the display properties from the elements around it."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from extractor.document import UnreadKind
from extractor.formats.painted import TINY, Look

_DIGIT_WIDTH = 0.5  # width of a digit as a share of the font size, in nearly all fonts


class TextState(Struct, frozen=True):
    """How the elements around a piece of text affect its display."""

    hidden: bool = False
    shown: bool = True
    absent: bool = False  # hidden beyond doubt
    faint: bool = False
    blended: Look | None = None  # how it is hidden if it has just the colour of the background
    struck: bool = False
    raised: bool = False
    moved: int = 0  # which element with a changed position it is in, 0 for none
    turned: bool = False
    overridden: bool = False  # all characters run from right to left
    size: float = 16.0
    displaced: bool = False
    unsure: bool = False
    room: float | None = None  # width in pixels beyond which content is cut off
    low: int = 0  # which box it is in that shows only so many lines, 0 for none
    foreign: int = 0  # in a font that the page loads: 1 if set outside the cell, 2 inside


class TextRun(Struct, frozen=True):
    """Consecutive characters with the same display properties."""

    text: str
    state: TextState

    @property
    def is_seen(self) -> bool:
        """Return whether the text is displayed; tiny text counts as displayed."""
        return not self.state.hidden and self.state.shown and bool(self.text.strip())

    @property
    def in_order(self) -> "TextRun":
        """Return the run with its text between the characters for a direction that overrides its own."""
        if not self.state.overridden or not self.text.strip():
            return self
        return TextRun(f"\u202e{self.text.strip()}\u202c", self.state)

    def drawn_as(self, digits: Mapping[int, str]) -> "TextRun":
        """Return the run with the digits that its font draws, if it is one that the page loads."""
        return TextRun(self.text.translate(digits), self.state) if self.state.foreign else self

    @property
    def has_digit(self) -> bool:
        """Return whether it contains a digit."""
        return any(map(str.isdigit, self.text))


def look_of(run: TextRun, size: float, all_faint: bool, settled: bool) -> Look:
    """Return how a run is displayed.

    Args:
        run: one of the runs of a cell.
        size: the largest size of text in the cell, in pixels.
        all_faint: whether all text of the cell seems to have the colour of its background.
        settled: whether nothing but the page's own styles decides what is displayed.
    """
    state = run.state
    tiny = state.size < TINY * size or state.size <= 2
    if state.hidden or not state.shown or tiny or (state.faint and not all_faint):
        if not settled or state.unsure:
            return "hidden"
        sure = state.absent or not state.shown or state.size == 0
        return "absent" if sure else state.blended or "hidden"
    if state.struck:
        return "struck"
    return "raised" if state.raised else "plain"


def doubts_of(runs: list[TextRun]) -> Iterator[UnreadKind]:
    """Yield the reasons why the visible digits may not be those in the source."""
    states = [run.state for run in runs if run.has_digit]
    if any(state.displaced for state in states):
        yield "order"
    if any(state.unsure for state in states):
        yield "style"
    if any(state.foreign > 1 for state in states):
        yield "font"
    low = [state.low for state in states if state.low]
    if len(low) > len(set(low)):  # of several numbers, some stand below the edge
        yield "cut"
    boxes = {state.room for state in states if state.room is not None}
    for room in boxes:
        inside = [run for run in runs if run.state.room == room]
        width = sum(_DIGIT_WIDTH * run.state.size * len(run.text.strip()) for run in inside)
        if width > room + _DIGIT_WIDTH * 8:
            yield "cut"


def is_reordered(runs: list[TextRun]) -> bool:
    """Return whether digits may be shown in another order than they are stored in."""
    if any(run.state.turned and run.has_digit for run in runs):
        return True
    overridden = sum(run.state.overridden and run.has_digit for run in runs)
    if overridden > 1 or (overridden and sum(run.has_digit for run in runs) > 1):
        return True
    return len(runs) > 1 and any(run.state.moved for run in runs) and len({r.state.moved for r in runs}) > 1
