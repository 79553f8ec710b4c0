"""Tests what the prose says about outcomes.

These are percentages, several outcomes given as one number, and "all upheld".
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cache
from itertools import accumulate

from msgspec import Struct

from extractor.cell_id import split_cell_id
from extractor.codes import cells_of_code
from extractor.patterns import kept_pattern
from extractor.report import Figure, Number, Outcome, Report
from extractor.rules.editions import EffectiveNumbers
from extractor.rules.finding import Facts, cells_in
from extractor.rules.rule import Rule
from extractor.rules.said import (
    Count,
    Said,
    claim_words,
    counts_in,
    figures_of,
    number_of,
    plain,
    sentences_said,
)
from extractor.rules.told_cells import CellSum, cells_saying, name_of
from extractor.whose import is_of_another_scope

# The totals that a percentage of requests may refer to.
_WHOLES = ("requests_received", "requests_concluded", "requests_replied")
_OF_A_WHOLE = kept_pattern(
    r"requests_(?:granted|partly_granted|refused|unavailable|not_held|rejected|other_outcome|already_public"
    r"|natural_person|organization|business|research|social_organization|legal_service"
    r"|in_person|letter|online|fax|carried_out|withdrawn)"
)
# Does not match the documents of one department, or 政策、规范性文件类信息.
_ALL_DOCUMENTS = kept_pattern(r"(?:公开|制定|印发|制发|发布|^)了?(?:行政)?规范性文件共?\d+[件份个]")
_LISTED = kept_pattern("[、和及与][^,。;(（]*")  # what stands between two counts of one list
_LISTED_APART = kept_pattern("[、和及与,][^,。;(（]*")
_NEAR = 12  # most characters between a number and the percentage given for it
# Other words between a number and its percentage name what has it: 5件，从内容看涉及征地的占45.9%.
_NAMES_NOTHING = kept_pattern(
    r"[,(、]?(?:数量|数|仅|共|约|合计|总计|分别|二者|两者|两项|三项|各|均|之和|总体|的|件|申请)*"
)


class Joined(Struct, frozen=True):
    """Several outcomes given as one number: 予以公开及部分公开258件."""

    said: Said
    codes: tuple[str, ...]
    value: Number
    end: int  # where the number ends in the sentence


def joined_outcomes(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether a number given for several outcomes together is the sum of their cells."""
    for joined in joined_in(report):
        cells = _sum_of(joined.codes, report)
        if cells is None:
            continue
        names = "、".join(map(name_of, joined.codes))
        message = f"“{joined.said.text}”：正文{names}共 {joined.value}，表格为 {cells.value}"
        outcome: Outcome = "holds" if joined.value == cells.value else "fails"
        facts = (message, joined.value, cells.value, cells_in(report, cells.cells))
        yield Facts(joined.said.at, outcome, *facts, fault="undecided", quote=joined.said.text)


def shares_told(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test each percentage of requests: it must fit at least one of the totals it may refer to."""
    wholes = _wholes(report)
    for joined in joined_in(report):
        found = _share().match(joined.said.text, _behind(joined.said.text, joined.end))
        if found:
            name = "、".join(map(name_of, joined.codes))
            yield from _share_of(joined.said, name, found, joined.value, wholes, report)
    for said in sentences_said(report):
        shares = list(_share().finditer(said.text))
        figures, counts = (list(figures_of(said, report)), counts_in(said.text)) if shares else ([], [])
        for match in shares:
            figure = _told_before(said, match, figures, counts)
            if figure is not None and _is_of_a_sum(said, match, counts, wholes):
                continue
            if figure is not None and figure.value is not None and _OF_A_WHOLE.fullmatch(figure.code):
                yield from _share_of(said, name_of(figure.code), match, figure.value, wholes, report)


def _wholes(report: Report) -> list[CellSum]:
    """Return the totals that a percentage may refer to.

    Those of the tables first, then those of the prose.
    """
    found = [each for code in _WHOLES for each in cells_saying(code, report) if each.value]
    told = (f for f in report.figures if f.code in _WHOLES and f.value and not f.approximate)
    spoken = dict.fromkeys(figure.value for figure in told if figure.value)
    return [*found, *(CellSum((), value) for value in spoken)] if found else []


def _share_of(
    said: Said, name: str, match: re.Match[str], part: Number, usual: Sequence[CellSum], report: Report
) -> Iterator[Facts]:
    told = number_of(match["share"])
    if not usual or not re.fullmatch(claim_words().usual_whole, match["whole"]):
        return
    wholes = [whole for whole in usual if whole.cells]
    fitting = [whole for whole in usual if _fits(told, part, whole.value)]
    nearest = min(wholes, key=lambda whole: abs(_percent(part, whole.value) - told))
    whole = (fitting or [nearest])[0]
    should = round(_percent(part, whole.value), 2)
    bases = "、".join(str(value) for value in dict.fromkeys(whole.value for whole in wholes))
    message = f"“{said.text}”：{name} {part} 占 {whole.value} 的 {should}%，正文为 {told}%"
    message += "" if fitting else f"；占新收、新收加结转、办结（{bases}）都不是这个比例"
    cells = cells_in(report, whole.cells)
    outcome: Outcome = "holds" if fitting else "fails"
    yield Facts(said.at, outcome, message, told, should, cells, fault="undecided", quote=said.text)


def documents_told(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the number of normative documents disclosed is that of any column of the table."""
    cells = [cell for cell in report.cells if any(fnmatchcase(cell, named) for named in rule.cells)]
    ledger = EffectiveNumbers(report)
    numbers = [ledger.number(cell) for cell in cells]
    for figure in report.figures:
        if not _ALL_DOCUMENTS.search(plain(figure.text)):
            continue
        exact = not (figure.approximate or figure.cumulative or is_of_another_scope(figure, report))
        if figure.code != "normative_disclosed" or not exact or figure.value is None:
            continue
        if not numbers or None in numbers:
            continue
        shown = "、".join(str(number) for number in numbers)
        message = f"“{figure.text}”：表格规范性文件一行为 {shown}"
        facts = (message, figure.value, numbers[0], cells_in(report, cells))
        outcome: Outcome = "holds" if figure.value in numbers else "fails"
        yield Facts("normative_documents", outcome, *facts, fault="undecided", quote=figure.text)


def all_upheld(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether "all upheld" contradicts cases in the table that ended otherwise or are pending.

    Applies only if the sentence gives as many cases as the table: otherwise it may be about other cases.
    """
    words = claim_words()
    for said in sentences_said(report):
        claimed = re.search(words.all_upheld, said.text)
        if claimed is None:
            continue
        decided = re.search(words.decided, said.text[: claimed.start()]) is not None
        told = set(_told_of(said, claimed, report))
        for code in ("reviews", "litigation"):
            if any((code, cells.value) in told for cells in cells_saying(code, report)):
                yield from _upheld(said, code, decided, report)


def _told_of(said: Said, claimed: re.Match[str], report: Report) -> Iterator[tuple[str, Number]]:
    """Yield code and value of the counts that a claim is about.

    These are the one before it and those listed with it: 复议1件、诉讼2件，均获维持, but only the suits in
    复议6件，诉讼2件（均维持）.
    """
    counts = [count for count in counts_in(said.text) if count.end <= claimed.start()]
    reached = len(counts) - 1
    # 复议7件，诉讼9件，均获维持: a claim that is a clause of its own is about the clauses before it
    listed = _LISTED_APART if said.text[claimed.start() - 1 : claimed.start()] == "," else _LISTED
    while reached > 0 and listed.fullmatch(said.text, counts[reached - 1].end, counts[reached].start):
        reached -= 1
    for figure in figures_of(said, report):
        clause = plain(figure.text)
        start = said.text.find(clause)
        inside = (count for count in counts[max(reached, 0) :] if start <= count.start < start + len(clause))
        if figure.value and any(count.value == figure.value for count in inside):
            yield figure.code, figure.value


def _upheld(said: Said, code: str, decided: bool, report: Report) -> Iterator[Facts]:
    """Compare the upheld cases with all cases, or if `decided`, with all but the pending ones."""
    codes = {"upheld": f"{code}_upheld", "total": code, "pending": f"{code}_pending"}
    known = {name: next(cells_of_code(each, report.tables), ()) for name, each in codes.items()}
    ledger = EffectiveNumbers(report)
    columns = ("upheld", "total", *(("pending",) if decided else ()))
    numbers = {column: [ledger.number(cell) for cell in known[column]] for column in columns}
    if not all(known.values()) or any(number is None for column in numbers.values() for number in column):
        return
    sums = {column: sum(number or 0 for number in each) for column, each in numbers.items()}
    ended = sums["total"] - sums.get("pending", 0)
    cells = cells_in(report, [cell for row in zip(*(known[c] for c in columns), strict=True) for cell in row])
    message = f"“{said.text}”：表格共 {ended} 件，其中维持 {sums['upheld']} 件"
    outcome: Outcome = "holds" if ended == sums["upheld"] else "fails"
    facts = (message, ended, sums["upheld"], cells)
    at = split_cell_id(known["total"][0]).row
    yield Facts(at, outcome, *facts, fault="undecided", quote=said.text)


def joined_in(report: Report) -> Iterator[Joined]:
    """Yield the numbers that the prose gives for several outcomes together."""
    for said in sentences_said(report):
        counts = {count.start: count for count in counts_in(said.text)}
        for match in _joined_pattern().finditer(said.text):
            count = next((counts[at] for at in range(match.end(), match.end() + 3) if at in counts), None)
            if count is not None and not count.rough:
                yield Joined(said, _codes_in(match.group()), count.value, count.end)


def _codes_in(words: str) -> tuple[str, ...]:
    pieces = re.split(claim_words().joins, words)
    found = [
        code
        for piece in pieces
        for pattern, code in claim_words().outcomes.items()
        if re.fullmatch(pattern, piece)
    ]
    return tuple(dict.fromkeys(found))


def _sum_of(codes: tuple[str, ...], report: Report) -> CellSum | None:
    parts = [told for code in codes for told in cells_saying(code, report)[:1]]
    if len(parts) < len(codes):
        return None
    return CellSum(tuple(cell for part in parts for cell in part.cells), sum(part.value for part in parts))


def _told_before(
    said: Said, share: re.Match[str], figures: Sequence[Figure], counts: Sequence[Count]
) -> Figure | None:
    """Return the figure that a percentage belongs to: the number directly before it, if there is one."""
    counts = [count for count in counts if count.end <= share.start()]
    if not counts or share.start() - counts[-1].end > _NEAR or counts[-1].rough:
        return None
    between = said.text[counts[-1].end : share.start()]
    if re.search(f"{claim_words().rates}|(?:{claim_words().roughly})$", between):
        return None
    if _NAMES_NOTHING.fullmatch(between) is None:
        return None
    near = (
        figure
        for figure in figures
        if figure.value == counts[-1].value
        and not figure.cumulative
        and said.text.find(plain(figure.text)) + len(plain(figure.text)) >= counts[-1].end
    )
    return next(near, None)


def _is_of_a_sum(
    said: Said, share: re.Match[str], counts: Sequence[Count], wholes: Sequence[CellSum]
) -> bool:
    """Return whether a percentage is that of the last counts together: 公开40件，部分公开11件，占67.1%."""
    before = [count for count in counts if count.end <= share.start()]
    told = number_of(share["share"])
    sums = accumulate(count.value for count in reversed(before))
    return any(_fits(told, part, whole.value) for part in list(sums)[1:] for whole in wholes)


def _fits(told: Number, part: Number, whole: Number) -> bool:
    """Return whether part / whole is the percentage, up to less than one unit of its last printed digit."""
    exponent = Decimal(told).as_tuple().exponent
    return abs(_percent(part, whole) - told) < Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _percent(part: Number, whole: Number) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole)


def _behind(text: str, at: int) -> int:
    while text[at : at + 1] in (",", "(", "、"):
        at += 1
    return at


@cache
def _share() -> re.Pattern[str]:
    return kept_pattern(claim_words().share_of)


@cache
def _joined_pattern() -> re.Pattern[str]:
    """Return a pattern for two or more joined outcomes that are followed by one number for all of them."""
    words = claim_words()
    one = f"(?:{'|'.join(words.outcomes)})"
    return kept_pattern(f"{one}(?:(?:{words.joins}){one})+(?=的?共?\\d)")
