"""Classifies an answer and finds the requests that follow: a pure function of task and answer."""

import hashlib
import re

from msgspec import structs

from extractor.crawl import lists, paging
from extractor.crawl.addresses import IMAGE_KINDS, downloads, join, kind_of_file, site_of
from extractor.crawl.article_text import text_to_compare
from extractor.crawl.leads import attachments_of, leads_of, parts_of
from extractor.crawl.page import CrawledPage, visible_text
from extractor.crawl.publication_date import date_in_address, publication_date
from extractor.crawl.refusals import refusal
from extractor.crawl.task import Answer, Judgement, Task
from extractor.crawl.words import (
    LOGIN,
    SAYS_EMPTY,
    SOFT_404,
    agency_in,
    chapters_in,
    column_strength,
    names_a_report,
    plain,
    speaks_about_reports,
    title_told_in,
    year_in,
)
from extractor.encoding import charset_in, decode
from extractor.magic import begins_with_a_tag, magic_of
from extractor.patterns import kept_pattern

_SHELL = kept_pattern(
    r"id=[\"']?(?:app|root|container)\b|chunk-vendors|__INITIAL_STATE__|please enable", re.I
)
# Names of file kinds, if neither address nor header gives one.
_KINDS = {"ole": "doc", "jpeg": "jpg", "tiff": "tif"}


def judge(task: Task, answer: Answer) -> Judgement:
    """Return what the answer is and the tasks that follow from it."""
    if answer.problem:
        return Judgement(answer.problem)
    if 300 <= answer.status < 400 and answer.header("location"):
        return _redirect(task, answer)
    if refused := refusal(answer):
        return Judgement(refused)
    if task.role == "robots" and answer.status < 500 and answer.status != 429:
        return Judgement("robots")
    if answer.status != 200:
        return Judgement(_outcome_of_status(answer.status, task))
    if task.role == "resource":
        return Judgement("resource")
    if not answer.body.strip():
        return Judgement("empty")
    if task.role == "list":
        return _list(task, answer)
    kind = magic_of(answer.body)
    if kind or (downloads(task.url) and not begins_with_a_tag(answer.body)):
        return _file(task, answer, kind)
    return _page(task, CrawledPage(_text_of(answer), answer.url))


def _text_of(answer: Answer) -> str:
    return decode(answer.body, charset_in(answer.header("content-type")))[0]


def _outcome_of_status(status: int, task: Task) -> str:
    if status in (404, 410):
        return "no_more" if task.guessed else "dead"
    if status == 429:
        return "rate_limited"
    if status >= 500 or status == 408:
        return "server_error"
    return "not_ok"


def _redirect(task: Task, answer: Answer) -> Judgement:
    target = join(answer.url, answer.header("location"))
    if target is None:
        return Judgement("not_ok", note="转向的地址不成地址")
    if task.role == "robots":
        # Each origin has its own robots.txt request, even if two are redirected to the same file.
        target = f"{target}#{task.owner}"
    following = structs.replace(task, url=target, hops=task.hops + 1)
    if answer.status not in (307, 308) or site_of(target) != site_of(answer.url):
        # A redirected POST becomes a GET, as in browsers; a body is never sent to another site.
        following = structs.replace(following, body="", asked="", content_type="")
    return Judgement("redirect", found=(following,), note=f"转向 {target}")


def _list(task: Task, answer: Answer) -> Judgement:
    rows = lists.rows_of_answer(_text_of(answer), task)
    if rows is None:
        return Judgement("no_more" if task.guessed else "not_the_list", note="列表接口的回答不是列表")
    page = CrawledPage(f"<body>{rows.html}</body>", task.context.get("base", task.found_on or task.url))
    found = leads_of(page, task, rows)
    return Judgement("list_cut" if rows.note else "list", found=found, note=rows.note)


def _file(task: Task, answer: Answer, magic: str) -> Judgement:
    kind = (
        kind_of_file(task.url)
        or kind_of_file(answer.header("content-disposition"))
        or _KINDS.get(magic, magic)
    )
    if task.role == "page":
        return Judgement("not_a_report", note="是文件，链接没有说它是年报")
    title = task.label
    return Judgement(
        "attachment" if task.role == "attachment" else "report",
        title=title,
        agency=agency_in(title),
        year=year_in(title),
        edition=kind or "file",
        published=date_in_address(answer.url),
        text_sha256=hashlib.sha256(answer.body).hexdigest(),
    )


def _page(task: Task, page: CrawledPage) -> Judgement:
    if page.moved_to and page.moved_to != page.url:
        moved = structs.replace(task, url=page.moved_to, hops=task.hops + 1)
        return Judgement("redirect", found=(moved,), note=f"网页转向 {page.moved_to}")
    if task.role == "part":
        kept = _has_substance(page)
        return _as_report(task, page, ()) if kept else Judgement("not_a_report", title=page.title)
    whole = is_report(task, page)
    if not whole and task.role in ("attachment", "candidate") and downloads(task.url):
        return Judgement("not_the_file", title=page.title, note="要的是文件，来的是网页")
    if task.role == "candidate" and not whole and _is_column(page):
        # The link to a column of one year may be worded like the link to that year's report.
        task = structs.replace(task, role="page", strong=True)
    rows = lists.rows_of_page(page)
    found = leads_of(page, task, rows)
    if whole:
        return _as_report(task, page, found)
    judged = _as_other(task, page, found)
    if rows is not None and rows.note and judged.outcome in ("page", "column"):
        return structs.replace(judged, outcome="needs_browser", note=rows.note)
    return judged


def is_report(task: Task, page: CrawledPage) -> bool:
    """Return whether a page is a report by its own words; the link's text only counts together with them."""
    label = task.label if task.role == "candidate" else ""
    if speaks_about_reports(page.title) or speaks_about_reports(label):
        return False
    chapters = max(chapters_in(visible_text(page.article)), chapters_in(page.text))
    if chapters < 3 and (SOFT_404.search(page.text[:600]) or _lists_several_reports(page)):
        return False
    if chapters == 1 and parts_of(page, task):  # the other chapters are on the article's further pages
        chapters = 2
    titles = (page.title, page.window_title, title_told_in(page.text))
    if any(names_a_report(title) for title in titles):
        return chapters >= 2 or _is_only_files(task, page)
    if names_a_report(label, strong=task.strong):
        return chapters >= 2 or (not _is_list(page) and _is_only_files(task, page))
    return chapters >= 3 and "公开" in page.text


def _lists_several_reports(page: CrawledPage) -> bool:
    """Return whether the links of a page, or of its article if known, name two different reports."""
    links = [link for link in page.links if link.url and (link.area or page.core is None)]
    named = [name for link in links if names_a_report(name := link.text, strong=True)]
    return len({(agency_in(name), year_in(name)) for name in named}) >= 2


def _is_only_files(task: Task, page: CrawledPage) -> bool:
    """Return whether the report is in files or pictures on the page."""
    return bool(attachments_of(page, task)) or bool(_scans(page))


def _is_list(page: CrawledPage) -> bool:
    return sum(names_a_report(link.text) for link in page.links) > 3


def _is_column(page: CrawledPage) -> bool:
    return _is_list(page) or column_strength(page.metas.get("columnname") or page.title, page.url) == 2


def _scans(page: CrawledPage) -> list[str]:
    return (
        [url for url in page.images if kind_of_file(url) in IMAGE_KINDS]
        if len(plain(page.text)) < 2000
        else []
    )


def _has_substance(page: CrawledPage) -> bool:
    return len(visible_text(page.article) or page.text) > 60


def _as_report(task: Task, page: CrawledPage, found: tuple[Task, ...]) -> Judgement:
    titles = (page.title, title_told_in(page.text), task.label, page.window_title)
    title = next((title for title in titles if names_a_report(title, strong=True)), page.title)
    source = page.metas.get("contentsource") or page.metas.get("sitename") or ""
    pieces = (
        parts_of(page, task)
        if task.role == "part"
        else (*attachments_of(page, task, with_scans=True), *parts_of(page, task))
    )
    body = text_to_compare(page, title)
    return Judgement(
        "report",
        title=title,
        agency=agency_in(title) or agency_in(task.label) or task.unit or source,
        year=year_in(title) or year_in(task.label),
        edition="part" if task.role == "part" else "html",
        published=publication_date(page),
        text_sha256=hashlib.sha256(body.encode()).hexdigest(),
        found=(*pieces, *found),
    )


def _as_other(task: Task, page: CrawledPage, found: tuple[Task, ...]) -> Judgement:
    """Classify a page that is no report, so that a report it should lead to is recorded as lost."""
    outcome, note = "page", ""
    if SOFT_404.search(page.text[:600]) and len(page.text) < 4000:
        outcome = "soft_404"
    elif len(page.text) < 600 and LOGIN.search(page.text):
        outcome = "captcha"
    elif (
        len(page.text) < 120
        and not any(lead.family != "single-page" for lead in found)
        and (_SHELL.search(page.html) or page.scripts.strip() or "<script" in page.html)
    ):
        outcome, note = ("shell" if found else "needs_browser"), "网页的内容要浏览器运行脚本才有"
    elif task.role == "candidate":
        outcome, note = _failed_candidate(task, page)
    elif task.strong or any(lead.role in ("candidate", "list") for lead in found):
        outcome, note = _column(task, page, found)
    if outcome in ("page", "column", "no_reports_seen") and (lost := _lost_to_scripts(task, page, found)):
        outcome, note = "needs_browser", lost
    return Judgement(outcome, title=page.title, found=found if outcome != "soft_404" else (), note=note)


def _lost_to_scripts(task: Task, page: CrawledPage, found: tuple[Task, ...]) -> str:
    """Return what is lost because only a script knows its address; "" if nothing is."""
    if lost := _links_only_scripts_know(page):
        return f"{len(lost)} 个年报链接只有脚本知道地址，如“{lost[0]}”"
    followed = any(lead.paging or lead.role == "list" for lead in found)
    reports = any(lead.role == "candidate" for lead in found)
    if followed or not (task.strong or reports or _is_column(page)):
        return ""
    if paging.turned_by_script(page, max(task.paging, 1)):
        return "列表的后续页只有脚本能翻"
    system = lists.unread_system(page, empty=not reports)
    return f"{system}：列表怎么要，网页里看不出" if system else ""


def _links_only_scripts_know(page: CrawledPage) -> list[str]:
    """Return the links to reports and their columns whose addresses only a script knows."""
    reports = [link.text for link in page.links if link.url is None and names_a_report(link.text)]
    routes = [
        link.text for link in page.links if "#/" in link.written and column_strength(link.text, "") == 2
    ]
    return reports + routes


def _column(task: Task, page: CrawledPage, found: tuple[Task, ...]) -> tuple[str, str]:
    """Return the outcome for a column, with a note if it is a column of reports that leads nowhere."""
    leads = any(lead.role in ("candidate", "list") or lead.strong or lead.paging for lead in found)
    if leads or task.paging or not task.strong or SAYS_EMPTY.search(page.text):
        return "column", ""
    return "no_reports_seen", "年报栏目里没有认出年报，也没有下级栏目"


def _failed_candidate(task: Task, page: CrawledPage) -> tuple[str, str]:
    if speaks_about_reports(page.title) or (task.unsure and not attachments_of(page, task)):
        return "not_a_report", ""
    return "unlike_a_report", "链接称年报，网页里没有年报的章节、附件或图片"
