"""Finds the total that a number is part of: 主动公开425条，其中部门公开303条."""

from collections.abc import Sequence

from msgspec import structs

from extractor.patterns import kept_pattern, late_pattern
from extractor.report import Figure

_AMONG = kept_pattern("其中|包括|分为")
_FARTHEST = 60  # most characters between a total and the word that introduces its parts
_LONGEST_LIST = 2_000  # most characters of a list of parts
_ENDS = late_pattern("[。！？!?\n]")
_ENDS_A_PLAIN_LIST = kept_pattern("[。！？!?\n；;]")


def with_wholes(figures: Sequence[Figure], text: str, before: int) -> list[Figure]:
    """Return the figures of a section; those that are part of a disclosed total get its index.

    Args:
        figures: The figures of one section, in reading order.
        text: The text of that section.
        before: The number of figures in earlier sections of the report.
    """
    if len(figures) < 2 or not any(_is_of_disclosure(figure) for figure in figures):
        return list(figures)
    marks = [match.start() for match in _AMONG.finditer(text)]
    found = list(figures)
    at, whole, reach = 0, None, 0  # words passed, the total that the last one splits, the end of its list
    for number, figure in enumerate(figures):
        passed = at
        while at < len(marks) and marks[at] < figure.end:
            at += 1
        if at > passed:
            whole, reach = _whole_before(figures, number, marks[at - 1]), _end_of_list(text, marks[at - 1])
        if whole is not None and figure.start <= reach and _is_of_disclosure(figure):
            found[number] = structs.replace(figure, part_of=before + whole)
    return found


def _is_of_disclosure(figure: Figure) -> bool:
    return figure.code.startswith("disclosed") and not figure.code.endswith("_share")


def _whole_before(figures: Sequence[Figure], number: int, mark: int) -> int | None:
    """Return the index of the figure directly before a word that introduces parts; None if it is no total."""
    at = number - 1
    while at >= 0 and figures[at].code.endswith("_share"):
        at -= 1
    if at < 0 or not _is_of_disclosure(figures[at]):
        return None
    return at if figures[at].start < mark and mark - figures[at].end <= _FARTHEST else None


def _end_of_list(text: str, mark: int) -> int:
    """Return where the list that begins at `mark` ends; after 其中： it may continue beyond semicolons."""
    is_divided = text[mark + 2 : mark + 3] in ("：", ":")
    end = (_ENDS if is_divided else _ENDS_A_PLAIN_LIST).search(text, mark, mark + _LONGEST_LIST)
    return end.start() if end else mark + _LONGEST_LIST
