"""The labels of a table in running text, and the longest sequence of them in the form's order."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.recognize.tables.label_patterns import label_pattern


class StreamMark(Struct, frozen=True):
    """A label or header word at its position in the stream."""

    order: int  # index of the row in its table; GROUP or HEADER for a word that only ends a row
    row: str
    start: int
    end: int


def longest_chain(marks: list[StreamMark]) -> list[StreamMark]:
    """Return the longest sequence of rows in the form's order; of equals, the shortest in the text."""
    rows = [mark for mark in marks if mark.order >= 0]
    best: list[tuple[int, int]] = [(1, -1)] * len(rows)  # length of the chain from here, next row's index
    for i in range(len(rows) - 1, -1, -1):
        for j in range(i + 1, len(rows)):
            if (
                rows[j].start > rows[i].start
                and rows[j].order > rows[i].order
                and best[j][0] + 1 > best[i][0]
            ):
                best[i] = (best[j][0] + 1, j)
    if not rows:
        return []
    at = max(range(len(rows)), key=lambda i: (best[i][0], i))
    chain = []
    while at >= 0:
        chain.append(rows[at])
        at = best[at][1]
    words = (mark for mark in marks if mark.order < 0 and chain[0].start < mark.start < chain[-1].start)
    return sorted([*chain, *words], key=lambda mark: mark.start)


def marks_in(text: str, form: str, table_id: str) -> Iterator[StreamMark]:
    """Yield the labels of a table of an edition in a text, in order; those of several rows once for each."""
    pattern, meanings = label_pattern(form, table_id)
    for match in pattern.finditer(text):
        for order, row in meanings[(match.lastindex or 1) - 1]:
            yield StreamMark(order, row, match.start(), match.end())
