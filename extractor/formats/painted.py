"""What a person sees of a cell's characters: one rule for every format.

An adapter gives for each run of characters how it is displayed. Hidden characters are not read; struck-out
ones are replaced by those beside them; raised or lowered ones before or after a number are note marks, which
are printed but not part of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Literal

from msgspec import Struct, structs

from extractor.document import NOWHERE, Block, Cell, DoubtKind, Locator, Notice, Table, Unread
from extractor.patterns import kept_pattern, late_pattern

# Lowered characters count as raised. Absent ones are hidden beyond doubt, whatever program shows the file;
# so are blended ones, which have just the colour of a ground that is not white: alone, they look blacked out.
Look = Literal["plain", "hidden", "absent", "blended", "struck", "raised"]

TINY = 0.4  # share of the size of the characters around: smaller text is not meant to be read
LONGEST_MARK = 2  # digits: longer raised or lowered text is not a note mark
_DIGIT = kept_pattern(r"[\d０-９]")
_TOO_LONG = late_pattern(rf"(?:[\d０-９]\s*){{{LONGEST_MARK + 1},}}")


_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_note_mark(raised: str) -> bool:
    """Return whether raised text of running text is a note mark: a number of at most two digits.

    >>> is_note_mark("[3]"), is_note_mark("2023")
    (True, False)
    """
    digits = raised.strip(" \t\r\n[]［］()（）")
    return digits.isdecimal() and len(digits) <= LONGEST_MARK


def raised_text(before: str, raised: str) -> str:
    """Return raised characters for running text: after a digit, raised digits become superscripts.

    >>> raised_text("公开信息12", "1"), raised_text("面积30m", "2")
    ('¹', '2')
    """
    return raised.translate(_RAISED_DIGITS) if _DIGIT.match(before[-1:]) else raised


class Seen(Struct, frozen=True):
    """The content of a cell or paragraph, with the fields of `document.Cell`."""

    text: str
    printed: str | None = None
    unread: tuple[Unread, ...] = ()
    doubt: DoubtKind | None = None
    left_out: bool = False

    def told_in(self, cell: Cell) -> Cell:
        """Return a cell that has this text, with the rest of what is known of it."""
        return structs.replace(
            cell, printed=self.printed, unread=self.unread, doubt=self.doubt, left_out=self.left_out
        )


def seen_of(runs: Sequence[tuple[str, Look]]) -> Seen:
    """Return the visible content of the runs of one cell, given in order.

    >>> seen_of([("8", "hidden"), ("17", "plain"), ("1", "raised")])
    Seen(text='17', printed='171', unread=(), doubt='hidden-text', left_out=False)
    >>> seen_of([("8", "absent"), ("17", "plain")])
    Seen(text='17', printed=None, unread=(), doubt=None, left_out=True)
    >>> [len(seen_of([("8", look)]).unread) for look in ("hidden", "blended", "absent")]
    [1, 1, 0]
    >>> seen_of([("12", "struck"), ("15", "plain")]).text
    '15'
    >>> [unread.kind for unread in seen_of([("1", "plain"), ("2", "raised"), ("7", "plain")]).unread]
    ['mark']
    >>> [unread.kind for unread in seen_of([("17", "plain"), ("2023", "raised")]).unread]
    ['mark']
    """
    text = "".join(run for run, look in runs if look == "plain")
    printed = "".join(run for run, look in runs if look in ("plain", "raised"))
    hidden = any(look == "hidden" and run.strip() for run, look in runs)
    covered = "".join(run for run, look in runs if look in ("hidden", "blended"))
    unread: list[Unread] = []
    if _is_divided(runs) or any(_TOO_LONG.search(run) for run in _raised(runs)):
        unread.append(Unread("mark", printed.strip()))
    struck = "".join(run for run, look in runs if look == "struck").strip()
    if struck and not printed.strip():
        unread.append(Unread("struck", struck))
    elif not printed.strip() and _DIGIT.search(covered):
        unread.append(Unread("covered"))
    return Seen(
        text,
        None if printed == text else printed,
        tuple(unread),
        "hidden-text" if hidden else None,
        any(look in ("absent", "blended") and bool(run.strip()) for run, look in runs),
    )


def _raised(runs: Iterable[tuple[str, Look]]) -> Iterator[str]:
    """Yield raised texts with no text on the line between them."""
    painted = (run for run in runs if run[1] in ("plain", "raised") and run[0].strip())
    for look, group in groupby(painted, key=itemgetter(1)):
        if look == "raised":
            yield "".join(text for text, _ in group)


def _is_divided(runs: Iterable[tuple[str, Look]]) -> bool:
    """Return whether a raised run is between digits on the line: then it is not a note mark."""
    before = raised = False
    for run, look in runs:
        if look == "raised":
            raised = raised or (before and bool(run.strip()))
        elif look == "plain" and run.strip():
            if raised and _DIGIT.match(run.lstrip()):
                return True
            raised = False
            before = bool(_DIGIT.match(run.rstrip()[-1]))
    return False


def is_plain(blocks: Iterable[Block]) -> bool:
    """Return whether all table cells contain only plain text."""
    cells = (cell for block in blocks if isinstance(block, Table) for cell in block.cells)
    return not any(cell.unread or cell.doubt or cell.printed is not None or cell.left_out for cell in cells)


def not_painted_in(blocks: Iterable[Block]) -> list[Notice]:
    """Return the notice about cells with text that is not displayed, if there are any."""
    hidden = [
        cell
        for block in blocks
        if isinstance(block, Table)
        for cell in block.cells
        if cell.left_out or cell.doubt == "hidden-text"
    ]
    return [not_painted(len(hidden), hidden[0].locator)] if hidden else []


def not_painted(count: int, where: Locator = NOWHERE) -> Notice:
    """Return the notice, one per document, that characters were left out of some cells."""
    message = f"有 {count} 格里有不显示的字（与底色相同、隐藏、移出页面、极小或被裁去），没有读"
    return Notice("not-painted", message, where)
