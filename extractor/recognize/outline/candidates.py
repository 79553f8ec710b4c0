"""Finds what could be a heading: a number and the words after it, up to where they end."""

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.outline.form_labels import is_form_label
from extractor.recognize.outline.headings import (
    Named,
    looks_like_heading,
    name_main,
    name_sub,
    vocabulary,
)
from extractor.recognize.outline.numbering import NumberContext, NumberMark, Rank, find_marks
from extractor.recognize.outline.quotation import with_neutral_quotations

_REACH = 100  # characters after a number that are examined
_MOST_MORE = 12  # most characters of a heading after a standard wording
_LINE_END = kept_pattern("[\n\r\uffff]")
_INK = late_pattern(r"\S")
_BLANKS = kept_pattern(r"[^\S\n\r]*")
_CLOSING = kept_pattern(r"[，,、]?[。：:．]|[，,、](?=\s*(?:[\n\r\uffff]|\Z))")
_CLOSING_OF_LINE = kept_pattern(r"[，,、]?[。：:．]|[，,]|、(?=\s*(?:[\n\r\uffff]|\Z))")
_STOP = kept_pattern("[。：:；;！!？?]")
_WIDE_BLANK = late_pattern(r"(?<=[^，,、\s])(?:[\u3000\xa0\t]|[ ]{2})(?=\S|\s+\S)")
_ONE_BLANK = late_pattern(r"(?<=[^，,、\s]) (?=\S)")
_NEXT_LINE = kept_pattern(r"[\n\r]\s*([^\n\r\uffff]{1,30})(?=[\n\r\uffff]|\Z)")
_SHORT_LINE = kept_pattern(
    r"[\n\r\uffff][^\S\n\r]*([^\s\d（(一二三四五六七八九十、。][^\n\r\uffff。；;，,：:]{1,40}?)"
    r"[^\S\n]*[：:。]?[^\S\n]*(?=[\n\r\uffff]|\Z)"
)


class Ending(IntEnum):
    """How a heading ends."""

    LINE = 1  # at the end of its line
    STOP = 2  # at 。 or ：, with text after it
    MARK = 3  # at the number of the next heading
    BLANK = 4
    GLUED = 5  # not marked: the text follows directly
    BARE = 6  # the same, and only its standard wording and number show that it is a heading


class HeadingCandidate(Struct, frozen=True, gc=False):
    """`text[mark.start:end]` may be a heading; the text under it begins at `after`."""

    mark: NumberMark
    end: int
    after: int
    body: str  # the words without number and blanks, in common characters
    ending: Ending
    main: str | None = None  # the section code if the words are a standard wording, else None
    sub: str | None = None

    @property
    def known(self) -> bool:
        """Whether the words are a standard wording."""
        return self.main is not None or self.sub is not None


class _WordsBehind(Struct, gc=False):
    """The text after a number, up to the next number or the end of the line."""

    start: int
    printed: str
    packed: str  # without blanks
    bare: str  # as printed, with a neutral character for each quoted character

    @property
    def limit(self) -> int:
        return self.start + len(self.printed)

    def place_of(self, size: int) -> int:
        """Return the position in the text after the first `size` non-blank characters."""
        if len(self.printed) == len(self.packed):
            return self.start + size
        inks = enumerate(_INK.finditer(self.printed), 1)
        return self.start + next((ink.end() for n, ink in inks if n == size), len(self.printed))


def find_candidates(text: str) -> list[HeadingCandidate]:
    """Return every possible numbered heading, in order. `text` is in simplified characters."""
    bare = with_neutral_quotations(text)
    marks = [mark for mark in find_marks(bare) if not _is_stray_dash(text, mark)]
    limits = [*(mark.start for mark in marks[1:]), len(text)][: len(marks)]
    candidates = (_candidate(text, bare, mark, limit) for mark, limit in zip(marks, limits, strict=True))
    return [candidate for candidate in candidates if candidate is not None]


def _candidate(text: str, bare: str, mark: NumberMark, next_mark: int) -> HeadingCandidate | None:
    start = _body_start(text, mark)
    limit = min(next_mark, start + _REACH, len(text))
    if line_end := _LINE_END.search(text, start, max(start, limit)):
        limit = line_end.start()
    words = _WordsBehind(start, text[start:limit], "".join(text[start:limit].split()), bare[start:limit])
    if is_form_label(mark, words.packed):
        return None
    extent = (
        _named_extent(text, mark, words)
        or _named_over_two_lines(text, mark, words)
        or _slogan_extent(text, mark, words)
        or _bare_extent(mark, words)
    )
    return _finish(text, mark, start, *extent) if extent else None


def _is_stray_dash(text: str, mark: NumberMark) -> bool:
    """True if a dash inside a line is really a dash, and not a misread 一 that opens the overview."""
    if text[mark.start] not in "—―－ー-" or mark.place == NumberContext.LINE:
        return False
    named = name_main("".join(text[mark.end : mark.end + _REACH].split()))
    return named is None or named.code != "overview"


def _body_start(text: str, mark: NumberMark) -> int:
    """Return where the heading's words begin: after blanks, or on the next line if the number is alone."""
    blanks = _BLANKS.match(text, mark.end)
    start = blanks.end() if blanks else mark.end
    if mark.place == NumberContext.LINE and text[start : start + 1] in ("\n", "\r"):
        alone = kept_pattern(r"\s*").match(text, start)
        return alone.end() if alone else start
    return start


def _name(mark: NumberMark, packed: str) -> Named | None:
    if mark.rank == Rank.MAIN:
        return name_main(packed) or name_sub(packed)
    return name_sub(packed) or name_main(packed)


def _named_extent(text: str, mark: NumberMark, words: _WordsBehind) -> tuple[int, Ending] | None:
    """Return where a heading in a standard wording ends, None if the words are not such a heading."""
    packed = words.packed
    named = _name(mark, packed)
    if named is None:
        return None
    if named.end == len(packed):
        return words.start + len(words.printed.rstrip()), _ending_at(text, words.limit)
    end = words.place_of(named.end)
    if _CLOSING.match(packed, named.end):
        return end, Ending.STOP
    if text[end : end + 1].isspace() and packed[named.end] not in "的和与及":
        return end, Ending.BLANK
    bare = "".join(words.bare.split())
    stop = _STOP.search(bare, named.end)
    near = stop is not None and stop.start() - named.end <= _MOST_MORE
    shapely = near and looks_like_heading(packed[: stop.start()]) if stop else False
    if packed[named.end] in "，," and mark.place == NumberContext.LINE and not shapely:
        return end, Ending.STOP
    matches = vocabulary().ends.finditer(bare)
    ends = [m.end() for m in matches if not shapely or m["sure"] or m["begun"]]
    ends = [place for place in ends if named.core <= place <= named.end]
    return (words.place_of(ends[-1]), Ending.GLUED) if ends else None


def _named_over_two_lines(text: str, mark: NumberMark, words: _WordsBehind) -> tuple[int, Ending] | None:
    """Return the end of a standard wording that a line break cuts: 政府信息公开行政复议、行政诉讼情⏎况."""
    second = _NEXT_LINE.match(text, words.limit) if len(words.printed) <= 40 else None
    if second is None:
        return None
    packed = words.packed + "".join(second.group(1).split())
    named = _name(mark, packed)
    if named and len(words.packed) < named.end == len(packed):
        return second.end(), Ending.LINE
    return None


def _slogan_extent(text: str, mark: NumberMark, words: _WordsBehind) -> tuple[int, Ending] | None:
    """Return where a heading in the author's own words ends, None if no end can be seen."""
    body, start = words.printed, words.start
    stop = _STOP.search(words.bare)
    until = stop.start() if stop else len(body)
    if len(body) > len(words.packed):
        blank = _WIDE_BLANK.search(words.bare, 0, until) or (
            _ONE_BLANK.search(words.bare, 0, until) if text[mark.start - 1].isspace() else None
        )
        if blank:
            return start + blank.start(), Ending.BLANK
    shapely = (stop or len(body) < _REACH) and looks_like_heading("".join(body[:until].split()))
    if mark.rank <= Rank.SUB:
        matches = vocabulary().ends.finditer(words.bare, 2, until)
        # 收费情况本年度没有…: the heading ends with its known words
        told = vocabulary().end_of_free_form(body)
        ends = (m.end() for m in matches if m["begun"] or not shapely or m.end() == told)
        if size := next((size for size in ends if 4 <= size < until), 0):
            return start + size, Ending.GLUED
    if not shapely:
        return None
    if stop is None:
        return start + len(body.rstrip()), _ending_at(text, words.limit)
    return (start + until, Ending.STOP) if stop.group() in "。：:" else None


def _bare_extent(mark: NumberMark, words: _WordsBehind) -> tuple[int, Ending] | None:
    """Return the end of a standard wording that runs into a sentence, unpunctuated: （四）平台建设按期…."""
    if mark.rank != Rank.SUB or mark.place != NumberContext.SENTENCE:
        return None
    named = name_sub(words.packed)
    if named is None or vocabulary().due[named.code] != mark.number:
        return None
    return (words.place_of(named.end), Ending.BARE) if _goes_on(words.packed[named.end :]) else None


def _goes_on(rest: str) -> bool:
    """True if the words after a standard wording begin a new sentence."""
    return len(rest) > 1 and rest[0] not in "的了和与及、，,：:" and not rest[0].isdigit()


def _ending_at(text: str, limit: int) -> Ending:
    return Ending.LINE if limit == len(text) or text[limit] in "\n\r\uffff" else Ending.MARK


def _finish(text: str, mark: NumberMark, start: int, end: int, ending: Ending) -> HeadingCandidate | None:
    body = "".join(text[start:end].split())
    if not looks_like_heading(body):
        return None
    after = end
    if closing := (_CLOSING_OF_LINE if mark.place == NumberContext.LINE else _CLOSING).match(text, end):
        after = closing.end()
        blanks = _BLANKS.match(text, after)
        rest = blanks.end() if blanks else after
        ending = Ending.LINE if rest == len(text) or text[rest] in "\n\r\uffff" else Ending.STOP
    main, sub = name_main(body), name_sub(body)
    return HeadingCandidate(
        mark=mark,
        end=end,
        after=after,
        body=body,
        ending=ending,
        main=main.code if main and main.end == len(body) else None,
        sub=sub.code if sub and sub.end == len(body) else None,
    )


def find_unnumbered(text: str, headings: frozenset[int]) -> Iterator[HeadingCandidate]:
    """Yield headings without a number: lines that consist of a standard wording, or 附表.

    `headings` are the positions of the lines that the markup calls headings; with any wording.
    """
    for line in _SHORT_LINE.finditer(text):
        body = "".join(line.group(1).split())
        if body[0] not in vocabulary().starts and line.start(1) not in headings:
            continue
        main, sub = name_main(body), name_sub(body)
        code = main.code if main and main.end == len(body) else None
        part = sub.code if sub and sub.end == len(body) else None
        if code or part or (line.start(1) in headings and looks_like_heading(body)):
            yield _unnumbered_heading(line.start(1), line.end(1), line.end(), body, code, part)
    if not any(word in text for word in vocabulary().alone):
        return
    for word in vocabulary().unnumbered.finditer(text):
        yield _unnumbered_heading(word.start(1), word.end(1), word.end(), word.group(1), None, None)


def _unnumbered_heading(
    start: int, end: int, after: int, body: str, main: str | None, sub: str | None
) -> HeadingCandidate:
    return HeadingCandidate(
        NumberMark(start, start, 0, 0, NumberContext.LINE), end, after, body, Ending.LINE, main, sub
    )


def is_mention(text: str, candidate: HeadingCandidate) -> bool:
    """True if the context shows a mere mention or a list: 见“一、总体情况”，二、主动公开…."""
    before = text[candidate.mark.start - 1]
    unclosed = candidate.after == candidate.end
    return (unclosed and text[candidate.end : candidate.end + 1] in tuple("，,、；;”》」』")) or (
        before in "见即第“‘《〈（(由含括为对照，,、"
    )
