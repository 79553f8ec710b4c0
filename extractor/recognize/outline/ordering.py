"""Decides which candidates are headings: those whose position, words and number fit the previous headings."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.patterns import kept_pattern
from extractor.recognize.outline.candidates import Ending, HeadingCandidate, is_mention
from extractor.recognize.outline.form_labels import holds_a_table, is_form_part
from extractor.recognize.outline.headings import main_code, vocabulary
from extractor.recognize.outline.numbering import NumberContext, Rank
from extractor.recognize.outline.tape import GAP

_LIST_GAP = kept_pattern(r"[\s；;，,、。.…·和及与以\d]*")
_COUNTED = kept_pattern(r"[\s；;，,、。]*(?:等|共|[一二三四五六七八九十\d]+个?(?:部分|方面)|部分组成)")
_CLOSES = kept_pattern("(?:情况|方面|事项|概述|概况|措施|计划|打算)$")
_NEAR = 60  # characters on either side of a heading that are examined
_MOST_ITEM = 30  # characters of a heading numbered 1. or （1）


class Heading(Struct, frozen=True, gc=False):
    """An accepted candidate and its rank, outermost 1; `apart` if it belongs to no main section."""

    candidate: HeadingCandidate
    rank: int
    apart: bool = False

    @property
    def number(self) -> int:
        """The printed number, 0 where there is none."""
        return self.candidate.mark.number


def starts_of_lists(text: str, candidates: Sequence[HeadingCandidate]) -> set[int]:
    """Return the starts of main headings that are only a list: 由一、总体情况，二、…六部分组成."""
    mains = [c for c in candidates if c.main and c.mark.rank == Rank.MAIN]
    found: set[int] = set()
    run: list[HeadingCandidate] = []
    for number, candidate in enumerate(mains):
        run.append(candidate)
        following = mains[number + 1 : number + 2]
        if following and _goes_on(text, run, following[0]):
            continue
        if len(run) > 2 and _is_list(text, run, mains[number + 1 :]):
            found.update(c.mark.start for c in run)
        run = []
    return found


def _goes_on(text: str, run: Sequence[HeadingCandidate], following: HeadingCandidate) -> bool:
    """True if the next main heading continues a list: no text between, its part not listed before."""
    between = _LIST_GAP.fullmatch(text, run[-1].end, following.mark.start)
    return between is not None and following.main not in {c.main for c in run}


def _is_list(text: str, run: Sequence[HeadingCandidate], later: Sequence[HeadingCandidate]) -> bool:
    if any(is_mention(text, c) for c in run if c.ending != Ending.LINE) or _COUNTED.match(text, run[-1].end):
        return True
    return len({c.main for c in run} & {c.main for c in later}) > 2  # a table of contents


class Order:
    """Tests candidates in reading order and keeps those that fit the headings kept so far."""

    def __init__(self, text: str, candidates: Sequence[HeadingCandidate]) -> None:
        """Note which parts have a candidate numbered 一、: for those no unnumbered line is accepted."""
        self.text = text
        self.headings: list[Heading] = []
        self.lists = starts_of_lists(text, candidates)
        self.numbered = {
            c.main
            for c in candidates
            if c.main and c.mark.rank == Rank.MAIN and c.mark.start not in self.lists
        }
        self.last: dict[int, int] = {}  # rank → the last number under the open headings
        self.main: str | None = None  # code of the open main section
        self.parts: set[str | None] = set()  # codes seen inside it
        self.highest = 0  # highest number of a main section so far
        self.in_form = False  # inside the labels of a standard table that has lost its borders

    def take(self, candidate: HeadingCandidate, level: int | None = None) -> None:
        """Keep the candidate if it is a heading. `level`: the markup's, for an unnumbered one."""
        if candidate.mark.start in self.lists or (
            self.headings and candidate.mark.start < self.headings[-1].candidate.end
        ):
            return
        heading = self._heading(candidate, level)
        if heading is None:
            return
        self.headings.append(heading)
        self.in_form = False
        for deeper in [rank for rank in self.last if rank > heading.rank]:
            del self.last[deeper]
        self.last[heading.rank] = heading.number
        if heading.rank == Rank.MAIN and not heading.apart:
            self.main, self.parts = candidate.main or main_code(candidate.body), set()
            self.highest = max(self.highest, heading.number)
        else:
            self.parts.add(candidate.sub)

    def _heading(self, candidate: HeadingCandidate, level: int | None) -> Heading | None:
        if not candidate.mark.rank:
            rank = self._rank_of_unnumbered(candidate, level)
            return Heading(candidate, rank) if rank else None
        if self._is_form_part(candidate):
            self.in_form = True
            return None
        if self._stands_apart(candidate):
            return Heading(candidate, Rank.MAIN, apart=True)
        rank = candidate.mark.rank
        if rank == Rank.ITEM and not self.numbered and self._opens_main(candidate):
            rank = Rank.MAIN
        fits = self._known_fits if candidate.known else self._slogan_fits
        return Heading(candidate, rank) if fits(candidate, rank) else None

    def _is_form_part(self, candidate: HeadingCandidate) -> bool:
        """Return whether this is 一、主动公开情况 of the table of statistics, behind 六、 of the report."""
        return (candidate.mark.number < self.highest or self.in_form) and is_form_part(
            candidate.mark, candidate.body
        )

    def _known_fits(self, candidate: HeadingCandidate, rank: int) -> bool:
        """Return whether a standard wording may be a heading here."""
        if candidate.ending != Ending.LINE and is_mention(self.text, candidate):
            return False
        if candidate.ending == Ending.BARE:
            return self._is_due_part(candidate) and self.last.get(rank, 0) > 0
        follows = candidate.mark.number in (0, 1, self.last.get(rank, 0), self.last.get(rank, 0) + 1)
        follows = follows or self._is_due_part(candidate)
        if rank > Rank.SUB and not (self.main == "overview" and self._place(candidate) == NumberContext.LINE):
            return self._slogan_fits(candidate, rank)
        if self._place(candidate) == NumberContext.GLUED:
            before = self.text[candidate.mark.start - 1]
            sure = candidate.main if rank == Rank.MAIN else candidate.ending == Ending.STOP
            return bool(sure) and (follows or before.isdigit())
        if self.text[candidate.mark.start - 1] in "；;：:":
            return candidate.mark.number == self.last.get(rank, 0) + 1
        return follows or rank == Rank.MAIN or self._place(candidate) == NumberContext.LINE

    def _is_due_part(self, candidate: HeadingCandidate) -> bool:
        """Return whether a part of the overview has its standard number: （四）平台建设 behind （二）."""
        if self.main != "overview" or candidate.sub is None or candidate.sub in self.parts:
            return False
        return vocabulary().due[candidate.sub] == candidate.mark.number

    def _slogan_fits(self, candidate: HeadingCandidate, rank: int) -> bool:
        """True if free words may be a heading here: only with the next expected number."""
        place, number, last = self._place(candidate), candidate.mark.number, self.last.get(rank, 0)
        if place == NumberContext.GLUED or not number:
            return False
        if rank > Rank.SUB:
            short = len(candidate.body) <= _MOST_ITEM and candidate.ending != Ending.GLUED
            return short and number == last + 1 and bool(self.headings)
        if number == last + 1:
            return True
        own_line = place == NumberContext.LINE and candidate.ending == Ending.LINE
        if rank == Rank.MAIN and number > last and self._names_a_part(candidate, own_line):
            return True
        return own_line and number in (1, last, last + 2) and last > 0

    def _names_a_part(self, candidate: HeadingCandidate, own_line: bool) -> bool:
        """Return whether free words name a part of such reports: 收费情况, 工作中存在的问题."""
        if vocabulary().end_of_free_form(candidate.body) == len(candidate.body) > 0:
            return bool(self.headings)
        return own_line and main_code(candidate.body) is not None

    def _place(self, candidate: HeadingCandidate) -> NumberContext:
        """Return where on its line a number stands; directly after another heading counts as a line start."""
        place = candidate.mark.place
        if place == NumberContext.GLUED and self._directly_behind_heading(candidate.mark.start):
            return NumberContext.SENTENCE
        return place

    def _directly_behind_heading(self, start: int) -> bool:
        if not self.headings:
            return False
        after = self.headings[-1].candidate.after
        return start - after < _NEAR and not self.text[after:start].strip()

    def _stands_apart(self, candidate: HeadingCandidate) -> bool:
        """True if （一）主要问题 is under the wrong section because its main heading is missing."""
        if candidate.mark.rank != Rank.SUB or "problems" in self.numbered:
            return False
        if self.headings and self.headings[-1].apart:
            return candidate.mark.number == self.headings[-1].number + 1
        alone = candidate.main == "problems" and candidate.mark.place == NumberContext.LINE
        return alone and holds_a_table(self.main)

    def _opens_main(self, candidate: HeadingCandidate) -> bool:
        """Return whether a heading without a number of its own kind (1. or none) opens a main section."""
        due = candidate.mark.number == self.last.get(Rank.MAIN, 0) + 1 and not self.parts
        if candidate.main is None:
            return due and self.main is not None and candidate.ending == Ending.LINE
        if candidate.sub is None or self.main != "overview":
            return candidate.sub is None or due or candidate.mark.rank == 0
        before_table = self.text[candidate.after : candidate.after + _NEAR].lstrip().startswith(GAP)
        return before_table or candidate.sub in self.parts or (due and candidate.mark.number > 1)

    def _rank_of_unnumbered(self, candidate: HeadingCandidate, level: int | None) -> int:
        """Return the rank of a line without a number, 0 where it is no heading."""
        if not candidate.known and level is None:  # 附表
            return Rank.MAIN if self.headings else 0
        start = candidate.mark.start
        before = self.text[max(0, start - _NEAR) : start].rstrip()
        ended = not before or before[-1] in "。；;：:！？…）)" + GAP or self._directly_behind_heading(start)
        if not ended and level is None:
            return 0
        named = candidate.main and (_CLOSES.search(candidate.body) or level)
        if (
            named
            and candidate.main not in self.numbered
            and candidate.main != self.main
            and self._opens_main(candidate)
        ):
            return Rank.MAIN
        if candidate.sub and self.main == "overview" and len(candidate.body) > 3:
            return max(self.last) if max(self.last, default=0) in (Rank.SUB, Rank.ITEM) else Rank.SUB
        return level or 0


def without_lists(text: str, headings: Sequence[Heading]) -> list[Heading]:
    """Drop numbered items that have no text under them, or no sibling.

    An item 1. or （1） is a heading only if it has siblings and text follows each;
    sentences under the problems are the text itself: （一）公开内容不够全面。
    """
    kept = list(headings)
    for rank in (Rank.POINT, Rank.ITEM, Rank.SUB):
        if any(heading.rank == rank for heading in kept):
            running = _starts_of_running_text(text, kept, rank)
            kept = _without(kept, rank, running) if running else kept
    return kept


def _starts_of_running_text(text: str, headings: Sequence[Heading], rank: int) -> set[int]:
    """Return the starts of the headings of one rank that are running text."""
    found: set[int] = set()
    groups = list(_groups(headings, rank))
    if rank == Rank.SUB:
        groups = [each for each in groups if each[0] == "problems"]
    empty = _empty(text, headings, rank) if groups else found
    for _, group, below_main in groups:
        starts = [heading.candidate.mark.start for heading in group]
        if rank == Rank.SUB:
            running = all(start in empty for start in starts)
        elif any(heading.candidate.known for heading in group):
            running = False
        else:
            running = len(group) < 2 or below_main or any(start in empty for start in starts)
        found.update(starts if running else ())
    return found


def _empty(text: str, headings: Sequence[Heading], rank: int) -> set[int]:
    """Return where headings of one rank have no text after them; （一） only if punctuation closes it."""
    found = set()
    following = [*(heading.candidate.mark.start for heading in headings[1:]), len(text)]
    for number, heading in enumerate(headings):
        if heading.rank != rank:
            continue
        end = following[number]
        deeper = number + 1 < len(headings) and headings[number + 1].rank > heading.rank
        closed = text[heading.candidate.end : heading.candidate.after].strip()
        if (
            (closed or heading.rank > Rank.SUB)
            and not deeper
            and not text[heading.candidate.after : end].strip()
        ):
            found.add(heading.candidate.mark.start)
    return found


def _groups(headings: Sequence[Heading], rank: int) -> Iterator[tuple[str | None, list[Heading], bool]]:
    """Yield the headings of one rank that share a parent, with their main section.

    The last value: whether they come before the first （一） of a main section that has any.
    """
    group: list[Heading] = []
    main: str | None = None
    outermost: int = Rank.MAIN
    for heading in headings:
        if heading.rank < rank:
            yield main, group, heading.rank > outermost and outermost == Rank.MAIN
            group, outermost = [], heading.rank
        elif heading.rank == rank:
            group.append(heading)
        if heading.rank == Rank.MAIN:
            main = heading.candidate.main
    yield main, group, False


def _without(headings: Sequence[Heading], rank: int, starts: set[int]) -> list[Heading]:
    """Drop the headings with these starts and what is nested in them."""
    kept, dropping = [], False
    for heading in headings:
        if heading.rank <= rank:
            dropping = heading.rank == rank and heading.candidate.mark.start in starts
        if not dropping:
            kept.append(heading)
    return kept
