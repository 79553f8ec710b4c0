"""Claims of growth: this year's number, last year's, and what the prose says lies between them.

A claim is read only if it is unambiguous: the amount directly follows the word for the change, and what is
compared is named. If several numbers may be meant, the claim holds if one of them fits; it never fails.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import product

from msgspec import Struct

from extractor.patterns import kept_pattern
from extractor.report import Number
from extractor.rules.said import Count, Said, claim_words, counts_in, number_of

_FARTHEST = 36  # most characters between what is compared and the change


class Change(Struct, frozen=True):
    """A change as the prose gives it: `27%` up is +27 with the unit %."""

    told: Number  # negative for a decrease
    unit: str  # "%" or the unit of a difference; "" if the numbers are said to be equal
    rough: bool

    def fits(self, before: Number, after: Number) -> bool:
        """Return whether the change from one number to the other is as printed, to the printed precision.

        A share may be rounded or truncated, so a difference below one unit of its last digit is accepted.

        >>> Change(27, "%", False).fits(4120, 4120), Change(Decimal("33.3"), "%", False).fits(9, 12)
        (False, True)
        """
        if self.unit != "%":
            return bool(after - before == self.told)
        exponent = Decimal(self.told).as_tuple().exponent
        unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        return abs(percent(before, after) - self.told) < unit

    def told_of(self, before: Number, after: Number) -> Number:
        """Return the correct change in the unit of the claim.

        It is a percentage with two decimals, or the difference.
        """
        return round(percent(before, after), 2) if self.unit == "%" else after - before


class Claim(Struct, frozen=True):
    """The claim that a number changed, and the numbers in the sentence that it may refer to."""

    said: Said
    change: Change
    now: tuple[Count, ...]
    before: tuple[Count, ...]
    year: int  # the year that it compares with
    subject: str  # the words directly before the comparison

    @property
    def pairs(self) -> list[tuple[Number, Number]]:
        """The pairs (before, now) that the sentence may mean; none if one of the numbers is approximate."""
        if self.change.rough or any(count.rough for count in (*self.now, *self.before)):
            return []
        pairs = [(before.value, now.value) for before, now in product(self.before, self.now)]
        return [(before, now) for before, now in pairs if before or self.change.unit != "%"]


def percent(before: Number, after: Number) -> Decimal:
    """Return the change from the first number (not zero) to the second in per cent."""
    return (Decimal(after) - Decimal(before)) * 100 / Decimal(before)


def claims_in(said: Said) -> Iterator[Claim]:
    """Yield the claims of growth of a sentence."""
    compared = list(_comparison().finditer(said.text))
    counts = _counts_by_year(said)
    for match in compared:
        change_at = match.end()
        named = kept_pattern(r"20\d\d").search(match["same"] or match["when"] or "")
        against = int(named.group()) if named else said.year - (2 if match["when"] == "前年" else 1)
        while change := _change_at(said.text, change_at, match.end()):
            change_at = change.end()
            yield _claim(said, counts, change, match.span(), against)
    for change in () if compared else _bare_change().finditer(said.text):
        claim = _claim(said, counts, change, (change.start(), change.start()), said.year - 1)
        if claim.before:
            yield claim


def _counts_by_year(said: Said) -> dict[Count, int | None]:
    """Return the counts of a sentence that are not changes, each with the earlier year it is for, or None."""
    changes = {at for change in _change().finditer(said.text) for at in range(*change.span())}
    return {count: _year_of(said, count) for count in counts_in(said.text) if count.start not in changes}


def _change_at(text: str, at: int, compared: int) -> re.Match[str] | None:
    """Return the match of the next change: within a short distance, or directly after the previous change."""
    if at > compared:
        return _change().match(text, at + 1) if text[at : at + 1] in (",", "、") else None
    found = _change().search(text, at, at + _FARTHEST + 12)
    return found if found and found.start() - at <= _FARTHEST else None


def _claim(
    said: Said,
    counts: dict[Count, int | None],
    match: re.Match[str],
    compared: tuple[int, int],
    against: int,
) -> Claim:
    """Build the claim of one change.

    Split the counts before it into this year's and those of year `against`.
    """
    change, (begin, end) = _told(match), compared
    between = [count for count in counts if end <= count.start and count.end <= match.start()]
    attached = [count for count in between if _is_attached(said.text, begin, end, count)]
    before = attached or [count for count, year in counts.items() if year == against and count.end <= begin]
    now = [
        count
        for count, year in counts.items()
        if year is None and (count.end <= begin or count in between) and count not in attached
    ]
    unit = change.unit if change.unit not in ("", "%") else before[0].unit if before else ""
    now, before = ([count for count in side if not unit or count.unit == unit] for side in (now, before))
    if now and not _leads(said.text[now[-1].end : begin if now[-1].end <= begin else match.start()]):
        now = []  # another subject was named in between
    return Claim(said, change, tuple(now), tuple(before), against, said.text[:begin].rstrip(","))


def _leads(words: str) -> bool:
    """Return whether the words between a number and its change name no other subject."""
    return all(re.fullmatch(claim_words().passing, part) for part in kept_pattern("[,、()]").split(words))


def _is_attached(text: str, begin: int, end: int, count: Count) -> bool:
    """True if a count is that of the earlier year: 比上年的9件增加, not 与上年相比收到9件."""
    return "," not in text[end : count.start] and not text[begin:end].endswith(("相比", "比较", "相较"))


def _year_of(said: Said, count: Count) -> int | None:
    """Return the earlier year that a count is said to be of; 0 for one carried over, or of many years."""
    clause = said.text[: count.start]
    clause = clause[max(clause.rfind(mark) for mark in ",;:(") + 1 :]
    found = list(_earlier().finditer(clause))
    if re.search(claim_words().other_year_words, clause):
        return 0
    if not found:
        return None
    told = int(found[-1]["year"] or said.year - 1)
    return told if told < said.year else None


def _told(match: re.Match[str]) -> Change:
    told = match.groupdict()
    rough = any(told.get(name) for name in ("rough", "more", "after", "about"))
    if told.get("flat"):
        return Change(0, "", rough)
    value = number_of(match["digits"])
    return Change(-value if match["down"] else value, match["unit"], rough)


@cache
def _comparison() -> re.Pattern[str]:
    return kept_pattern(claim_words().compared)


@cache
def _earlier() -> re.Pattern[str]:
    return kept_pattern(claim_words().earlier)


def _pattern_of_change() -> str:
    words = claim_words()
    return (
        rf"(?:(?P<up>{words.up})|(?<![至不最])(?P<down>{words.down})){words.until_amount}(?P<rough>{words.roughly})?"
        rf"(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<more>{words.more})?(?P<unit>%|{words.units})(?!百分点)"
        rf"(?P<after>{words.more})?"
    )


@cache
def _change() -> re.Pattern[str]:
    words = claim_words()
    return kept_pattern(rf"{_pattern_of_change()}|(?P<about>{words.roughly})?(?:保持)?(?P<flat>{words.flat})")


@cache
def _bare_change() -> re.Pattern[str]:
    """Return a pattern for a change that follows a comma, without a word for what it compares with."""
    return kept_pattern(rf"(?<=,){_pattern_of_change()}")
