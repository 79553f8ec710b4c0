"""Who publishes the report, for which year, and where the report begins.

The title is trusted most, then the preamble, the signature, the publisher's line and the
page's metadata; the file's name and the address come last and are always noted. Where two
of them contradict each other the more trusted one wins and a notice names both.
"""

from collections import Counter

from msgspec import Struct

from extractor.document import Document, Notice, Source
from extractor.patterns import late_pattern
from extractor.recognize.issuer.assemble import make_issuer
from extractor.recognize.issuer.evidence import (
    AgencyMention,
    Period,
    count_years,
    find_heading,
    find_labelled,
    find_period,
    find_signature,
    find_statements,
    find_subjects,
    find_way,
    front_texts,
    mentioned_years,
)
from extractor.recognize.issuer.names import better_name, names_agree
from extractor.recognize.issuer.publication import find_publication
from extractor.recognize.issuer.title import Head, Title, find_titles, read_head, read_title
from extractor.recognize.issuer.words import fold
from extractor.report import Issuer, Publication

__all__ = ["NO_FRONT", "FrontMatter", "read_front_matter"]

_MANY = 3  # this many titles of different years or agencies and no report text: an index page of links
_NAME_YEAR = late_pattern(r"(?<!\d)(20[0-3]\d)(?!\d)")
_URL_YEAR = late_pattern(r"[?&](?:nbYear|fbtime|timeFrame|title)=(20[0-3]\d)(?!\d)|/(20[0-3]\d)[nN][^/\d]*/")


class FrontMatter(Struct, frozen=True):
    """The title, issuer and year. `begin` is the first block after the title: the outline starts there.

    If title and preamble share one block, `begin` is that block and the title stays in its text. `title` is
    as printed, but on one line and without blanks.
    """

    title: str | None
    issuer: Issuer
    year: int | None
    begin: int
    notices: tuple[Notice, ...]
    published: Publication | None = None


NO_FRONT = FrontMatter(None, Issuer(), None, 0, ())  # for a document that names no issuer


def read_front_matter(source: Source, document: Document, head: Head | None = None) -> FrontMatter:
    """Return what the document says about its agency and its year, with every contradiction.

    `head` is what `read_head` gives for the document, where that is known.
    """
    head = head or read_head(document)
    titles = find_titles(document, head)
    if _is_listing(titles, head.is_followed_by_body(document)):
        notice = Notice("several-reports", "页面列出多份报告，不是一份报告。")
        return FrontMatter(None, Issuer(), None, 0, (notice,))
    begin = min(max((each.begin for each in titles), default=0), head.body)
    texts = front_texts(document, begin)
    period = find_period(texts)
    notices: list[Notice] = []
    title = _choose_title(titles, document, period.begin if period else None, notices)
    if title and title.template:
        return FrontMatter(title.text, Issuer(), title.year, title.begin, ())
    statements = tuple(find_statements(texts))
    year = _choose_year(source, title, period, texts, statements, document, notices)
    name = _choose_name(title, texts, statements, document, begin, notices)
    if name is not None:  # another title, such as the page's own, may have the full name
        name = better_name(name, [each.agency for each in titles], "")
    printed = title.agency or None if title else None
    if title and printed:
        printed = _as_printed(title)
    issuer = make_issuer(name, printed, year, texts, document, source.url, notices)
    published = find_publication(document, source, begin)
    return FrontMatter(title.text if title else None, issuer, year, begin, tuple(notices), published)


def _is_listing(titles: list[Title], has_body: bool) -> bool:
    years = {title.year for title in titles if title.year}
    agencies = {title.agency for title in titles if title.agency}
    return max(len(years), len(agencies)) >= _MANY and not has_body


def _choose_title(
    titles: list[Title], document: Document, told: int | None, notices: list[Notice]
) -> Title | None:
    """Return the title with most information; of equals the last, since the page's own comes first.

    If the page has titles of several years (links to other years), the year of its metadata or of the period
    decides.
    """
    of_page = _title_of_metadata(document)
    rank = max((title.rank for title in titles), default=-1)
    if of_page is not None and of_page.rank > rank:
        return of_page
    fullest = [title for title in titles if title.rank == rank]
    years = {title.year for title in fullest}
    if len(years) > 1:
        wanted = of_page.year if of_page and of_page.year in years else told
        fullest = [title for title in fullest if title.year == wanted] or fullest
        listed = "、".join(f"{year}年" for year in sorted(year for year in years if year))
        notices.append(Notice("several-titles", f"页面上有{listed}的标题，取{fullest[-1].year}年。"))
    return fullest[-1] if fullest else None


def _title_of_metadata(document: Document) -> Title | None:
    keys = ("articletitle", "title") if document.format in ("html", "text") else ()
    for key in keys:
        title = read_title(document.metadata.get(key, ""))
        if title is not None and title.rank:
            return title
    return None


def _as_printed(title: Title) -> str:
    """Return the agency in the title's original characters: folding keeps the length of a text."""
    start = fold(title.text).find(title.agency)
    return title.text[start : start + len(title.agency)] if start >= 0 else title.agency


def _choose_year(
    source: Source,
    title: Title | None,
    period: Period | None,
    texts: list[tuple[int, str]],
    statements: tuple[AgencyMention, ...],
    document: Document,
    notices: list[Notice],
) -> int | None:
    stated = next((each.year for each in statements if each.year), None)
    printed = title.year if title else None
    if period and period.begin != period.end:
        message = f"统计期限跨{period.begin}年和{period.end}年。"
        notices.append(_at(document, period.block, "year-conflict", message))
    told = period.begin if period and period.begin == period.end else None
    year = printed or told or stated
    for other, what in ((told, "统计期限"), (stated, "正文")):
        if year and other and other != year:
            origin = "标题" if printed else "统计期限"
            block = period.block if period and what == "统计期限" else -1
            notices.append(_at(document, block, "year-conflict", f"{origin}为{year}年，{what}为{other}年。"))
    if year is None and not (period and period.begin != period.end):
        year = _guess_year(source, texts, notices)
    return year


def _guess_year(source: Source, texts: list[tuple[int, str]], notices: list[Notice]) -> int | None:
    """Return the year that most clauses open with, else that of the file's name or address."""
    mentioned = mentioned_years(texts)
    if len(mentioned) == 1:
        notices.append(Notice("year-inferred", f"标题和统计期限都没有年份，正文提到{mentioned[0]}年的报告。"))
        return mentioned[0]
    common = Counter(count_years(texts)).most_common(2)
    if common and (len(common) == 1 or common[0][1] > common[1][1]):
        notices.append(Notice("year-inferred", f"标题和统计期限都没有年份，按正文取{common[0][0]}年。"))
        return common[0][0]
    found = set(_NAME_YEAR.findall(source.name.rpartition("/")[2]))
    found = found or {first or second for first, second in _URL_YEAR.findall(source.url or "")}
    if len(found) != 1:
        return None
    year = int(found.pop())
    notices.append(Notice("year-inferred", f"文中没有年份，按文件名或网址取{year}年。"))
    return year


def _choose_name(
    title: Title | None,
    texts: list[tuple[int, str]],
    statements: tuple[AgencyMention, ...],
    document: Document,
    begin: int,
    notices: list[Notice],
) -> str | None:
    signature = find_signature(document)
    signed = [signature] if signature else []
    labelled = list(find_labelled(document, begin))
    told = [*(each for each in statements if each.name), *signed]
    evidence = [*told, *(each for each in labelled if each.kind == "publisher")]
    if title and title.agency:
        name = title.agency
        _note_conflicts(f"标题为“{name}”", name, told, document, notices)
        evidence.extend(each for each in labelled if each.kind == "source")
    elif evidence:
        name = evidence[0].name
        _note_conflicts(f"取“{name}”", name, evidence, document, notices)
    else:
        sources = (each for each in labelled if each.kind == "source")
        evidence = [*find_heading(document), *find_subjects(texts), *sources] or [*find_way(document)]
        if not evidence:
            return None
        name = Counter(each.name for each in evidence).most_common(1)[0][0]
        _note_conflicts(f"取“{name}”", name, evidence, document, notices)
        message = f"标题没有机关名称，按正文或来源取“{name}”。"
        notices.append(_at(document, evidence[0].block, "agency-inferred", message))
    full = "\n".join((*(text for _, text in texts), *(each.name for each in labelled)))
    return better_name(name, [each.name for each in evidence], full)


_KINDS = {
    "statement": "正文",
    "signature": "落款",
    "publisher": "发布机构",
    "subject": "正文",
    "source": "来源",
    "heading": "首行",
    "way": "页面路径",
}


def _note_conflicts(
    chosen: str, name: str, others: list[AgencyMention], document: Document, notices: list[Notice]
) -> None:
    for each in others:
        if each.kind != "source" and not names_agree(name, each.name):
            message = f"{chosen}，{_KINDS[each.kind]}为“{each.name}”。"
            notices.append(_at(document, each.block, "agency-conflict", message))
            return


def _at(document: Document, block: int, code: str, message: str) -> Notice:
    if block < 0:
        return Notice(code, message)
    return Notice(code, message, document.blocks[block].locator)
