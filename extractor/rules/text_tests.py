"""Tests of one report's text: agency, sections, and whether the prose agrees with the tables and itself."""

import re
from collections.abc import Iterator

from extractor.patterns import kept_pattern
from extractor.report import Check, Figure, Number, Report, Section
from extractor.rules.editions import label_of
from extractor.rules.finding import Facts, cells_in
from extractor.rules.rule import Rule
from extractor.rules.said import claim_words
from extractor.rules.sections import clause_around, every_section, sections_called, words_of
from extractor.rules.share_tests import joined_in
from extractor.rules.told_cells import cells_saying
from extractor.whose import whose

_ALL_CONCLUDED = kept_pattern(
    r"(?:申请|受理|收到|办理|答复|依申请公开)[^。；;\n]{0,40}?"
    r"(?:(?:均|已|全部)(?:已)?(?:全部)?(?:按时|按期|依法|依规|在法定期限内)*办结(?!\d)|办结率(?:为|达|达到)?100[%％])"
)
_BUT = kept_pattern(r"结转|余|未到期|正在办理|尚在|尚有|在办|未办结|除")
_NUMBER = kept_pattern(r"\s*(?:([一二三四五六七八九十]{1,3})[、．.]|[（(]([一二三四五六七八九十]{1,3})[)）])")
_DIGITS = "一二三四五六七八九"
# Only the total number disclosed can be compared; other such numbers are for one kind or channel.
_SUM_DISCLOSED = kept_pattern(r"主动公开(?:各类)?(?:政府|政务)?信息(?:共|共计|总数|累计)?[\d,，]+条")
_OF_SOME = kept_pattern(r"各|乡镇|街道|部门|单位|其中|网站|微信|微博")
_ONE_VALUE = ("disclosed", "requests_received", "requests_carried_out", "reviews", "litigation")


def agency_one(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the document names only one agency as its own."""
    conflicts = [notice for notice in report.notices if notice.code == "agency-conflict"]
    for notice in conflicts:
        yield Facts("agency", "fails", notice.message, fault="undecided")
    if not conflicts:
        yield Facts("agency", "holds", "没有读到其他机关的报告用语")


def section_filled(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether each section with a heading has any text."""
    code = rule.id.rpartition("/")[2]
    found = [section for section in report.sections if section.code == code]
    if not found:
        yield Facts(code, "not_checked", "没有读到这一部分的标题")
    elif any(_says_something(section) for section in found):
        yield Facts(code, "holds", f"“{found[0].heading}”有内容")
    else:
        yield Facts(code, "fails", f"“{found[0].heading}”没有内容", fault="undecided")


def _says_something(section: Section) -> bool:
    """Return whether there is text below the heading, or in the same line as a long heading."""
    return bool(words_of(section).strip()) or bool(section.sections) or len(section.heading) > 30


def numbering(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the numbers of sibling sections increase by one."""
    broken = list(_steps_broken(report.sections))
    for section in every_section(report.sections):
        broken.extend(_steps_broken(section.sections))
    for before, after in broken:
        yield Facts("numbering", "fails", f"“{before}”之后是“{after}”", fault="undecided")
    if not broken:
        yield Facts("numbering", "holds", "编号连续")


def _steps_broken(sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    last: dict[bool, tuple[int, str]] = {}
    for section in sections:
        match = _NUMBER.match(section.heading)
        if match is None:
            continue
        bracketed = match[2] is not None
        number, short = _value(match[1] or match[2]), section.heading.strip()[:20]
        known = last.get(bracketed)
        if known is not None and number != known[0] + 1:
            yield known[1], short
        last[bracketed] = (number, short)


def _value(numeral: str) -> int:
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _DIGITS.find(numeral) + 1
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def all_concluded(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether "all concluded" contradicts requests that are carried into the next year."""
    (cell,) = rule.cells
    carried = report.cells[cell].value if cell in report.cells else None
    codes = ("overview", "overview.requests", "requests")
    sections = [section for code in codes for section in sections_called(report, code)]
    claims = [
        clause
        for section in sections
        for match in _ALL_CONCLUDED.finditer(section.text)
        if not _BUT.search(clause := clause_around(section.text, *match.span()))
        and not ("办结率" in match[0] and _tells_how_many(clause, report))
        and not re.search(claim_words().of_some_applicants, clause)
    ]
    if carried is None or not claims:
        yield Facts("carried_out", "not_checked", "正文没有称全部办结，或结转数不明")
    elif carried > 0:
        message = f"正文称“{claims[0]}”，表格却有结转下年度 {carried} 件"
        cells = cells_in(report, (cell,))
        yield Facts("carried_out", "fails", message, 0, carried, cells, fault="undecided", quote=claims[0])
    else:
        cells = cells_in(report, (cell,))
        yield Facts(
            "carried_out", "holds", "正文称全部办结，表格没有结转", 0, carried, cells, quote=claims[0]
        )


def _tells_how_many(clause: str, report: Report) -> bool:
    """Return whether a clause gives the table's number of concluded requests.

    If so, the rate in the clause leaves pending requests out.
    """
    concluded = cells_saying("requests_concluded", report)
    numbers = {int(number.replace(",", "")) for number in kept_pattern(r"\d[\d,]*").findall(clause)}
    return any(cells.value in numbers for cells in concluded)


def prose(rule: Rule, report: Report) -> Iterator[Facts]:
    """Report how numbers in the prose compare with the cells of the same meaning."""
    told = _told(report)
    joined = {(code, each.value) for each in joined_in(report) for code in each.codes}
    for check in report.checks:
        if check.id.startswith("prose/"):
            if (check.id.removeprefix("prose/"), check.left) in joined:
                continue  # the number covers other outcomes as well; `joined_outcomes` tests it
            figures = told.get((check.id.removeprefix("prose/"), check.left), [])
            others = [figure for figure in figures if _may_be_of_another_scope(figure, check, report)]
            if check.outcome == "fails" and others and len(others) == len(figures):
                continue  # `own_and_area` reports this one
            quote = figures[0].text if figures else ""
            cells = cells_in(report, check.cells)
            # The sentence may have been misread even if the cell was not, so the fault is undecided.
            found = (check.outcome, check.message, check.left, check.right, cells)
            sides = _both_sides(check, report)
            yield Facts(check.at, *found, fault="undecided", quote=quote, rule=check.id, sides=sides)


def _both_sides(check: Check, report: Report) -> tuple[str, ...]:
    """Return what the prose says and what the table says, without deciding which is wrong."""
    labels = " + ".join(label_of(report, cell) for cell in check.cells)
    return (f"正文：{check.left}", f"表格：{check.right}（{labels}）")


def own_and_area(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether a number for the agency's own office, or for its whole area, is that of the table."""
    told = _told(report)
    for check in report.checks:
        code = check.id.removeprefix("prose/")
        figures = [f for f in told.get((code, check.left), ()) if _may_be_of_another_scope(f, check, report)]
        if code == check.id or not figures or check.outcome == "not_checked":
            continue
        kind = "本机关" if whose(figures[0], report) == "own" else "全辖区"
        same = check.outcome == "holds"
        message = f"正文说的是{kind}的 {check.left}，与表格" + (
            "一致" if same else f"的 {check.right} 不同：口径可能不同，本机关与全辖区应当写明"
        )
        facts = (message, check.left, check.right, cells_in(report, check.cells))
        sides = _both_sides(check, report)
        yield Facts(check.at, check.outcome, *facts, fault="undecided", quote=figures[0].text, sides=sides)


def _told(report: Report) -> dict[tuple[str, Number | None], list[Figure]]:
    told: dict[tuple[str, Number | None], list[Figure]] = {}
    for figure in report.figures:
        told.setdefault((figure.code, figure.value), []).append(figure)
    return told


def _may_be_of_another_scope(figure: Figure, check: Check, report: Report) -> bool:
    """Return whether figure and table may have different scopes.

    One the office alone, the other its whole area.

    Only if the report does not state the scope of its tables; and an office cannot have more than its area.
    """
    if report.issuer.scope is not None or check.left is None or check.right is None:
        return False
    owner = whose(figure, report)
    return (owner == "own" and check.left <= check.right) or (owner == "area" and check.left >= check.right)


def one_value(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether all numbers that the prose gives for one thing are equal.

    Numbers for the agency alone and for its whole area are different things.
    """
    for code in _ONE_VALUE:
        groups: dict[str | None, list[Figure]] = {}
        for figure in report.figures:
            if figure.code == code and _is_exact(figure):
                groups.setdefault(whose(figure, report), []).append(figure)
        for told in groups.values():
            yield from _one_value(code, told)


def _one_value(code: str, told: list[Figure]) -> Iterator[Facts]:
    pairs = list(dict.fromkeys((figure.value, figure.unit) for figure in told))
    if len(told) > 1 and len(pairs) == 1:
        yield Facts(code, "holds", f"正文 {len(told)} 处都是 {pairs[0][0]}")
    elif len(pairs) > 1 and len({unit for _, unit in pairs}) == 1:
        first, second = told[0], next(figure for figure in told if figure.value != told[0].value)
        message = f"正文前称“{first.text}”，后称“{second.text}”"
        yield Facts(code, "fails", message, first.value, second.value, fault="undecided", quote=first.text)


def _is_exact(figure: Figure) -> bool:
    if figure.code == "disclosed" and (
        _OF_SOME.search(figure.text) or not _SUM_DISCLOSED.search(figure.text)
    ):
        return False
    return figure.value is not None and not figure.approximate and not figure.cumulative
