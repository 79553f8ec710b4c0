"""Blank lines with a full-width or no-break space, which pages put into empty cells."""

import re
from itertools import pairwise

from extractor.formats.text.lines import BLANKS, TextLine
from extractor.patterns import kept_pattern

_LINE_END = kept_pattern("\r\n|[\n\r\x0b\x0c\u2028\u2029]")
_UNSEEN = kept_pattern(f"[{re.escape(BLANKS)}]*")
_FILLERS = ("\u3000", "\xa0")


def with_blank_cells(text: str, items: list[TextLine]) -> list[TextLine]:
    """Return the lines, and the blank ones after each that may be empty cells."""
    found: list[TextLine] = []
    for line in items:
        found.append(line)
        after = unseen_after(text, line)
        if any(filler in after for filler in _FILLERS):
            found += _blank_cells(line, after, line.stop + len(after) == len(text))
    return found


def unseen_after(text: str, line: TextLine) -> str:
    """Return the text between a line and the next visible character, or the end of the text."""
    match = _UNSEEN.match(text, line.stop)
    return match[0] if match else ""


def line_ends_in(unseen: str) -> int:
    """Return the number of line ends in blank text."""
    return len(_LINE_END.findall(unseen))


def _blank_cells(line: TextLine, after: str, to_the_end: bool) -> list[TextLine]:
    """Return the blank lines in a text; after its last line end another line, or nothing, follows."""
    found = []
    ends = [match.end() for match in _LINE_END.finditer(after)]
    ends += [len(after)] if to_the_end else []
    for count, (start, stop) in enumerate(pairwise(ends), 1):
        if any(filler in after[start:stop] for filler in _FILLERS):
            at = line.stop + start
            found.append(TextLine(line.number + count, at, at, at, at, ""))
    return found
