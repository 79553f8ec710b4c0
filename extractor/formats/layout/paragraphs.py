"""Joins lines into paragraphs, also across page breaks."""

from collections import Counter

from msgspec import Struct

from extractor.document import Paragraph
from extractor.formats.layout.model import Box, PageLine, around, locator_of
from extractor.patterns import kept_pattern

FULL = 2.2  # em: a line that ends further from the right edge was not wrapped
INDENT = 0.8  # em: a line indented by more opens a paragraph
LEAST_REACH = 0.72  # share of the page width that running text reaches at least
STEP = 2.6  # em: distance of two lines of one paragraph, top to top
_NUMBERED = kept_pattern(
    r"[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章节部]"
)
_LED = kept_pattern(r"([.…·．・])\1{3,}\s*[^\s.…·．・]{1,16}$")  # 规章…………3: an entry of its own
_CLOSED = "。；：！？.;:!?"


class Measure(Struct):
    """The left and right edge of the running text of a page."""

    left: float
    right: float


def measure_of(lines: list[PageLine]) -> Measure:
    """Return the edges of running text: those that more than one line reaches, if any.

    If no line comes near the right side of the page, no line was wrapped: the right edge is infinite.
    """
    lefts = Counter(round(line.box[0] / 3) for line in lines)
    rights = Counter(round(line.box[2] / 6) for line in lines)
    shared_left = [place for place, count in lefts.items() if count > 1]
    shared_right = [place for place, count in rights.items() if count > 1]
    right = max(shared_right or rights) * 6
    if right < LEAST_REACH * lines[0].ink.width:
        return Measure(0.0, float("inf"))
    return Measure(min(shared_left or lefts) * 3, right)


def paragraphs_of(lines: list[PageLine], measure: Measure) -> list[Paragraph]:
    """Join wrapped lines into paragraphs; no table is between the lines."""
    groups: list[list[PageLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _goes_on(before: PageLine, line: PageLine, measure: Measure) -> bool:
    """Return whether a line continues the one before it."""
    em = before.size
    if abs(line.size - em) > 0.2 * em or len(line.fragments) > 1 or len(before.fragments) > 1:
        return False
    if measure.right - before.box[2] > FULL * em or line.box[0] - measure.left > INDENT * em:
        return False
    if _LED.search(before.text):
        return False
    if _NUMBERED.match(line.text) and (before.text[-1] in _CLOSED or _is_heading(line, measure)):
        return False
    if before.ink is not line.ink:
        return True
    step = line.box[1] - before.box[1]
    return 0 < step < STEP * em


def _is_heading(line: PageLine, measure: Measure) -> bool:
    """Return whether a numbered line is a heading: it ends early, and without a full stop."""
    return line.text[-1] not in _CLOSED and measure.right - line.box[2] > FULL * line.size


def _paragraph(group: list[PageLine]) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        latin = (
            text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha()
        )
        text += (" " if latin else "") + line.text
    pages: dict[int, list[Box]] = {}
    for line in group:
        page, box = line.place
        pages.setdefault(page, []).append(box)
    places = [(page, around(boxes)) for page, boxes in pages.items()]
    return Paragraph(text, locator_of(places))
