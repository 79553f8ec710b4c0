"""Tests of one report's words: year, period, agency, sections, and what the prose says of the tables."""

import re
import unicodedata
from collections.abc import Iterator

from extractor.report import Figure, Number, Report, Section
from extractor.rules.finding import Facts, cells_in
from extractor.rules.rule import Rule
from extractor.rules.sections import clause_around, every_section, sections_called, words_of

_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PERIOD = re.compile(
    r"(?<!\d)(20\d\d)年1月1日(?:起|开始)?[^。；\d]{0,8}(?:(20\d\d)年|同年|当年|本年)?12月31日"
)
_SPOKEN_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d)")
_LEAST_SPOKEN = 2  # times that an earlier year is named
_ALL_CONCLUDED = re.compile(
    r"(?:申请|受理|收到|办理|答复|依申请公开)[^。；\n]{0,40}?"
    r"(?:(?:均|已|全部)(?:已)?(?:全部)?(?:按时|按期|依法|依规|在法定期限内)*办结|办结率(?:为|达|达到)?100[%％])"
)
_BUT = re.compile(r"结转|余|未到期|正在办理|尚在|除")
_COUNT = r"(?<![\d.,．，])\d{1,3}(?:[,，]\d{3})+|(?<![\d.,．])\d+"
_WITH_PARTS = re.compile(
    rf"(?P<total>{_COUNT})(?P<unit>条|件)(?!次)[，,；（(]?其中[：:，,]?(?P<parts>[^。；）)\n]*?(?:{_COUNT})(?P=unit)[^。；）)\n]*)"
)
_NUMBER = re.compile(r"\s*(?:([一二三四五六七八九十]{1,3})[、．.]|[（(]([一二三四五六七八九十]{1,3})[)）])")
_DIGITS = "一二三四五六七八九"
# Of all that is said to be disclosed only the sum is told twice; the rest are kinds and channels.
_SUM_DISCLOSED = re.compile(r"主动公开(?:各类)?(?:政府|政务)?信息(?:共|共计|总数|累计)?[\d,，]+条")
_OF_SOME = re.compile(r"各|乡镇|街道|部门|单位|其中|网站|微信|微博")
_ONE_VALUE = ("disclosed", "requests_received", "requests_carried_out", "reviews", "litigation")


def year_title(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether the title's year is the year reported on."""
    years = {int(year) for year in _TITLE_YEAR.findall(_plain(report.title or ""))}
    if report.year is None or not years:
        yield Facts("title", "not_checked", "标题没有年份，或报告的年度不明")
    elif report.year in years:
        yield Facts("title", "holds", f"标题的年份是 {report.year}")
    else:
        message = f"标题的年份是 {min(years)}，报告的年度是 {report.year}"
        yield Facts("title", "fails", message, min(years), report.year, fault="undecided")


def year_period(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether the period that preamble and first section name is the year reported on."""
    openings = [section for section in report.sections if section.code in ("preamble", "overview")]
    periods = [
        (int(match[1]), int(match[2] or match[1]), match.group())
        for section in openings
        for match in _PERIOD.finditer(_plain(words_of(section)))
    ]
    if report.year is None or not periods:
        yield Facts("period", "not_checked", "没有读到统计期限，或报告的年度不明")
    for begin, end, words in periods:
        if begin == end == report.year:
            yield Facts("period", "holds", f"统计期限在 {report.year} 年内", quote=words)
        elif report.year is not None:
            wrong = begin if begin != report.year else end
            message = f"报告的年度是 {report.year}，统计期限却是“{words}”"
            yield Facts("period", "fails", message, wrong, report.year, fault="source", quote=words)
    if all(begin == end == report.year for begin, end, _ in periods):
        for notice in report.notices:
            if notice.code == "year-conflict":
                yield Facts("text", "fails", notice.message, fault="undecided")


def year_text(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether the first section speaks of the year reported on, and not of an earlier one alone."""
    told = [
        int(year)
        for section in sections_called(report, "overview")
        for year in _SPOKEN_YEAR.findall(_plain(words_of(section)))
    ]
    if report.year is None or not told:
        yield Facts("overview", "not_checked", "第一部分没有提到年份，或报告的年度不明")
    elif report.year in told or told.count(report.year - 1) < _LEAST_SPOKEN:
        yield Facts("overview", "holds", f"第一部分说的是 {report.year} 年，或没有只说上一年")
    else:
        message = f"报告的年度是 {report.year}，第一部分却只说 {report.year - 1} 年"
        yield Facts("overview", "fails", message, report.year - 1, report.year, fault="undecided")


def agency_one(rule: Rule, report: Report) -> Iterator[Facts]:
    """Hand on where the report names another agency as its own."""
    conflicts = [notice for notice in report.notices if notice.code == "agency-conflict"]
    for notice in conflicts:
        yield Facts("agency", "fails", notice.message, fault="undecided")
    if not conflicts:
        yield Facts("agency", "holds", "没有读到其他机关的报告用语")


def section_filled(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether a section whose heading is there says anything."""
    code = rule.id.rpartition("/")[2]
    found = [section for section in report.sections if section.code == code]
    if not found:
        yield Facts(code, "not_checked", "没有读到这一部分的标题")
    elif any(_says_something(section) for section in found):
        yield Facts(code, "holds", f"“{found[0].heading}”有内容")
    else:
        yield Facts(code, "fails", f"“{found[0].heading}”没有内容", fault="undecided")


def _says_something(section: Section) -> bool:
    """Say whether there are words below the heading; a heading that goes on with words has them too."""
    return bool(words_of(section).strip()) or bool(section.sections) or len(section.heading) > 30


def numbering(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask of each row of sections whether its numbers go up by one."""
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
    """Ask whether "all concluded" stands beside requests that are carried into the next year."""
    cell = "requests.carried_out.total"
    carried = report.tables.get("requests", {}).get("carried_out", {}).get("total")
    codes = ("overview", "overview.requests", "requests")
    sections = [section for code in codes for section in sections_called(report, code)]
    claims = [
        clause
        for section in sections
        for match in _ALL_CONCLUDED.finditer(section.text)
        if not _BUT.search(clause := clause_around(section.text, *match.span()))
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


def prose(rule: Rule, report: Report) -> Iterator[Facts]:
    """Hand on how the numbers told in prose compare with the cells that say the same."""
    clauses: dict[tuple[str, Number | None], str] = {}
    for figure in report.figures:
        clauses.setdefault((figure.code, figure.value), figure.text)
    for check in report.checks:
        if check.id.startswith("prose/"):
            quote = clauses.get((check.id.removeprefix("prose/"), check.left), "")
            cells = cells_in(report, check.cells)
            # A sentence may be misread where a cell is not: who is at fault stays open.
            found = (check.outcome, check.message, check.left, check.right, cells)
            yield Facts(check.at, *found, fault="undecided", quote=quote, rule=check.id)


def one_value(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether the prose gives one number for one thing, where it gives it twice."""
    for code in _ONE_VALUE:
        told = [figure for figure in report.figures if figure.code == code and _is_exact(figure)]
        pairs = list(dict.fromkeys((figure.value, figure.unit) for figure in told))
        if len(told) < 2:
            continue
        if len(pairs) == 1:
            yield Facts(code, "holds", f"正文 {len(told)} 处都是 {pairs[0][0]}")
        elif len({unit for _, unit in pairs}) == 1:
            first, second = told[0], next(figure for figure in told if figure.value != told[0].value)
            message = f"正文前称“{first.text}”，后称“{second.text}”"
            yield Facts(
                code, "fails", message, first.value, second.value, fault="undecided", quote=first.text
            )


def parts_of_total(rule: Rule, report: Report) -> Iterator[Facts]:
    """Ask whether what the prose calls parts of a number is no more than the number.

    Less is no breach: the parts named need not be all. Only sentences with two parts or more, or one
    that is the greater itself, are told.
    """
    for section in every_section(report.sections):
        for match in _WITH_PARTS.finditer(section.text):
            unit = match["unit"]
            parts = [_count(each) for each in re.findall(rf"(?:{_COUNT})(?={unit}(?!次))", match["parts"])]
            if not parts:
                continue
            total, quote = _count(match["total"]), match.group()
            holds = sum(parts) <= total
            message = f"“{quote}”：总数 {total}，其中各项之和 {sum(parts)}"
            outcome = "holds" if holds else "fails"
            at = section.code or "text"
            yield Facts(at, outcome, message, total, sum(parts), fault="undecided", quote=quote)  # type: ignore[arg-type]


def _count(printed: str) -> int:
    return int(unicodedata.normalize("NFKC", printed).replace(",", ""))


def _is_exact(figure: Figure) -> bool:
    if figure.code == "disclosed" and (
        _OF_SOME.search(figure.text) or not _SUM_DISCLOSED.search(figure.text)
    ):
        return False
    return figure.value is not None and not figure.approximate and not figure.cumulative


def _plain(text: str) -> str:
    """Return the text with half-width digits and without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
