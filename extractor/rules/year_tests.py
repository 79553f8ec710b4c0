"""Tests of one report's years: in its title, in its reporting period, in its text."""

import re
from collections.abc import Iterator

from extractor.forms import load_forms, per_forms
from extractor.patterns import kept_pattern
from extractor.report import Outcome, Report
from extractor.rules.finding import Facts
from extractor.rules.rule import Rule
from extractor.rules.said import plain
from extractor.rules.sections import sections_called, words_of

_TITLE_YEAR = kept_pattern(r"(?<!\d)(20\d\d)(?!\d)")
_PERIOD = kept_pattern(
    r"(?<!\d)(?P<begin>20\d\d)年(?P<first>\d{1,2}月\d{1,2}日)(?:起|开始)?[^。;\d]{0,8}"
    r"(?:(?P<end>20\d\d)年|同年|当年|本年)?(?P<last>\d{1,2}月\d{1,2}日)"
)
_NEAR = 60  # most characters between the word for the period and the date
_FIRST, _LAST = "1月1日", "12月31日"
# A span that is not a whole year counts as the period only after these words; other events have dates as
# well.
_NAMES_THE_PERIOD = kept_pattern(r"(?:统计|数据)[^。;]{0,12}(?:期限|时限|时间|日期|期间|范围)[^。;]{0,10}$")
_DATE_THAT_LOST_WORDS = kept_pattern(r"(?<!\d)20\d\d(?!年\d{1,2}月\d{1,2}日)年?\d{1,2}月?\d{1,2}日")
_NAMES_ITSELF = kept_pattern(
    r"(?:现将?(?:公布|发布|公开)?|编制(?:了|完成|发布)?(?!的))[^。;,\d]{0,24}(?P<year>20\d\d)年度?"
    r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?报告"
)
_LETTER = kept_pattern(r"(?P<office>[^〔\[(【]+)[〔\[(【](?P<year>20\d\d)[〕\])】](?P<number>\d+)号")
_SPOKEN_YEAR = kept_pattern(r"(?<!\d)(20\d\d)年(?!\d)")
# mentions of the year before, without any of the report's own year, before the text is questioned
_LEAST_SPOKEN = 2


def year_title(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the title's year is the year of the report."""
    years = {int(year) for year in _TITLE_YEAR.findall(plain(report.title or ""))}
    if report.year is None or not years:
        yield Facts("title", "not_checked", "标题没有年份，或报告的年度不明")
    elif report.year in years:
        yield Facts("title", "holds", f"标题的年份是 {report.year}")
    else:
        message = f"标题的年份是 {min(years)}，报告的年度是 {report.year}"
        yield Facts("title", "fails", message, min(years), report.year, fault="undecided")


def year_period(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the period named in preamble and first section is the whole year of the report."""
    periods = list(_periods(report))
    if report.year is None or not periods:
        yield Facts("period", "not_checked", "没有读到统计期限，或报告的年度不明")
    for begin, end, whole, words in periods:
        if begin == end == report.year and whole:
            yield Facts("period", "holds", f"统计期限在 {report.year} 年内", quote=words)
        elif report.year is not None:
            wrong = begin if begin != report.year else end
            message = f"报告的年度是 {report.year}，统计期限却是“{words}”"
            yield Facts("period", "fails", message, wrong, report.year, fault="source", quote=words)
    # a differing year there is reported by `year_named`
    named = all(int(match["year"]) == report.year for match in _own_names(report))
    if named and all(begin == end == report.year for begin, end, _, _ in periods):
        for notice in report.notices:
            if notice.code == "year-conflict":
                yield Facts("text", "fails", notice.message, fault="undecided")


def _periods(report: Report) -> Iterator[tuple[int, int, bool, str]]:
    """Yield the first and last year of each period, whether it covers both completely, and its words."""
    for words in _opening_words(report):
        for match in _PERIOD.finditer(words):
            whole = (match["first"], match["last"]) == (_FIRST, _LAST)
            if whole or _is_the_period(words, match.start()):
                yield int(match["begin"]), int(match["end"] or match["begin"]), whole, match.group()


def period_written(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the period's dates are written in full, with 年, 月 and 日; not 202311日到1231日."""
    for words in _opening_words(report):
        for match in _DATE_THAT_LOST_WORDS.finditer(words):
            if _is_the_period(words, match.start()):
                message = f"统计期限写作“{match.group()}”，年、月、日不全"
                yield Facts("period", "fails", message, fault="undecided", quote=match.group())
                return
    if any(_periods(report)):
        yield Facts("period", "holds", "统计期限的年、月、日齐全")


def _is_the_period(words: str, at: int) -> bool:
    return _NAMES_THE_PERIOD.search(words, max(at - _NEAR, 0), at) is not None


def _opening_words(report: Report) -> list[str]:
    openings = (section for section in report.sections if section.code in ("preamble", "overview"))
    return [plain(words_of(section)) for section in openings]


def year_named(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the year by which the opening names this report is the year of the report."""
    for match in _own_names(report) if report.year is not None else ():
        year, words = int(match["year"]), match.group()
        message = f"报告的年度是 {report.year}，开头称“{words}”"
        outcome: Outcome = "holds" if year == report.year else "fails"
        yield Facts("preamble", outcome, message, year, report.year, fault="undecided", quote=words)


def _own_names(report: Report) -> Iterator[re.Match[str]]:
    for words in _opening_words(report):
        yield from _NAMES_ITSELF.finditer(words)


def form_cited(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the form cited in the opening is that of the tables."""
    words = _opening_words(report)
    forms = {form for form, letter in _letters().items() if any(map(letter.search, words))}
    mixed = any(notice.code == "mixed-editions" for notice in report.notices)
    if len(forms) != 1 or mixed or report.form not in _letters():
        return
    (form,) = forms
    outcome: Outcome = "holds" if form == report.form else "fails"
    message = f"引用的是 {form} 版格式，表格是 {report.form} 版"
    yield Facts("form", outcome, message, fault="undecided")


@per_forms()
def _letters() -> dict[str, re.Pattern[str]]:
    """Return, by edition, the pattern for citations of the document that issued it, in any brackets."""
    letters = {}
    for form in load_forms():
        parts = _LETTER.fullmatch(form.issued_by)
        if form.cited and parts:
            office, year, number = map(re.escape, parts.group("office", "year", "number"))
            letters[form.id] = kept_pattern(rf"{office}[〔\[(【]{year}[〕\])】]{number}号")
    return letters


def year_text(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the first section mentions the year of the report, not only an earlier one."""
    told = [
        int(year)
        for section in sections_called(report, "overview")
        for year in _SPOKEN_YEAR.findall(plain(words_of(section)))
    ]
    if report.year is None or not told:
        yield Facts("overview", "not_checked", "第一部分没有提到年份，或报告的年度不明")
    elif report.year in told or told.count(report.year - 1) < _LEAST_SPOKEN:
        yield Facts("overview", "holds", f"第一部分说的是 {report.year} 年，或没有只说上一年")
    else:
        message = f"报告的年度是 {report.year}，第一部分却只说 {report.year - 1} 年"
        yield Facts("overview", "fails", message, report.year - 1, report.year, fault="undecided")
