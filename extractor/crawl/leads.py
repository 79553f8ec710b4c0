"""Finds the links of a page that matter: reports, columns, further pages of a list, files of a report."""

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from extractor.crawl import paging
from extractor.crawl.addresses import (
    FILE_KINDS,
    IMAGE_KINDS,
    downloads,
    host_of,
    join,
    kind_of_file,
)
from extractor.crawl.link_leads import leads_from_links
from extractor.crawl.lists.post_pagers import next_by_post
from extractor.crawl.lists.rows import ListRows
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task
from extractor.crawl.words import (
    column_strength,
    names_a_report,
    names_only_the_kind,
    plain,
    speaks_about_reports,
)

_FULL_LIST = 8  # a column of reports with this many rows may have a second page
_FRAMES_OF_NO_USE = ("tianqi", "visit", "count", "login", "tree.jsp", "share", "footer", "header", "weather")


def leads_of(page: CrawledPage, task: Task, rows: ListRows | None) -> tuple[Task, ...]:
    """Return the requests that follow from a page or a list: each address once, the most certain first."""
    strong = (
        task.strong
        or column_strength(page.metas.get("columnname", ""), page.url) == 2
        or (column_strength(page.title, page.url) == 2 and names_only_the_kind(page.title))
        or (task.role == "page" and column_strength(task.label, task.url) == 2)
    )
    found: list[Task] = []
    if rows is not None and rows.html and task.role != "list":
        inner = CrawledPage(f"<body>{rows.html}</body>", page.url)
        found.extend(leads_from_links(inner, task, strong, listed=True))
    found.extend(leads_from_links(page, task, strong, listed=task.role == "list"))
    if task.role == "page":
        reports = sum(lead.role == "candidate" for lead in found)
        found.extend(_further_pages(page, task, strong, reports, bool(rows and rows.asked)))
        found.extend(_frames(page, task, strong))
    if rows is not None:
        found.extend(_with_origin(asked, task, page, strong or asked.strong) for asked in rows.asked)
    return tuple({(lead.url, lead.question): lead for lead in reversed(found)}.values())[::-1]


def _with_origin(asked: Task, task: Task, page: CrawledPage, strong: bool) -> Task:
    found_on = task.found_on if task.role == "list" else page.url
    return structs.replace(
        asked,
        found_on=found_on,
        strong=strong,
        depth=task.depth,
        label=task.label,
        unit=task.unit,
        unit_depth=task.unit_depth,
    )


def _further_pages(page: CrawledPage, task: Task, strong: bool, rows: int, asked: bool) -> Iterator[Task]:
    """Yield the further pages of a list, if it is a column of reports or has shown reports."""
    if not strong and not rows:
        return
    counted, printed = paging.counted_pages(page), paging.printed_pages(page)
    urls: Iterable[str] = dict.fromkeys([*counted, *printed])
    for number, url in enumerate(urls, task.paging + 1):
        yield Task(
            url,
            "page",
            why="列表的后续页",
            strong=strong,
            paging=number + 1,
            found_on=page.url,
            depth=task.depth,
            label=task.label,
            unit=task.unit,
            unit_depth=task.unit_depth,
        )
    posted = next_by_post(page, max(task.paging, 1))
    for lead in posted:
        yield structs.replace(lead, strong=strong, found_on=page.url, depth=task.depth, label=task.label)
    told = counted or printed or asked or posted
    if not told and strong and (rows >= _FULL_LIST or task.guessed):
        for url in paging.guessed_pages(page.url):
            yield Task(
                url,
                "page",
                why="列表没有写明后续页，试其惯例",
                strong=True,
                paging=task.paging + 1,
                guessed=True,
                found_on=page.url,
                depth=task.depth,
                label=task.label,
            )


def _frames(page: CrawledPage, task: Task, strong: bool) -> Iterator[Task]:
    if not strong and len(page.text) > 400:
        return
    for url in page.frames:
        if not downloads(url) and not any(word in url.lower() for word in _FRAMES_OF_NO_USE):
            yield structs.replace(
                task,
                url=url,
                why="栏目的内容在框架里",
                found_on=page.url,
                depth=task.depth + 1,
                strong=strong,
                role="page",
            )


def attachments_of(page: CrawledPage, task: Task, *, with_scans: bool = False) -> tuple[Task, ...]:
    """Return the files of a report page: those in its article, and those called a report or 附件."""
    found: dict[str, Task] = {}
    short = page.core is None and len(page.text) < 600  # the page contains only links to its files
    for link in page.links:
        url = _file_behind(link.url) if link.url else None
        if url and (link.area or short or _is_called_attachment(link.text)):
            found.setdefault(url, _piece(url, "附件", link.text, page, task))
    for frame in page.frames:
        if (url := _file_behind(frame)) and url not in found:
            found[url] = _piece(url, "网页里嵌着的文件", "", page, task)
        elif with_scans and len(page.text) < 600 and _is_content(frame, page.url):
            found.setdefault(frame, _piece(frame, "正文在框架里", "", page, task))
    if with_scans and len(plain(page.text)) < 2000:
        for url in page.images:
            if kind_of_file(url) in IMAGE_KINDS:
                found.setdefault(url, _piece(url, "正文里的图片", "", page, task))
    return tuple(found.values())


def _is_content(frame: str, of: str) -> bool:
    same_host = host_of(frame) == host_of(of)
    return same_host and not downloads(frame) and not any(word in frame.lower() for word in _FRAMES_OF_NO_USE)


def _is_called_attachment(text: str) -> bool:
    name = re.sub(rf"\.(?:{'|'.join(FILE_KINDS)})\b.*$", "", text, flags=re.I)
    return not speaks_about_reports(name) and ("附件" in name or names_a_report(name, strong=True))


def _piece(url: str, why: str, text: str, page: CrawledPage, task: Task) -> Task:
    return Task(
        url,
        "attachment",
        why=why,
        label=text or page.title,
        owner=page.url,
        found_on=page.url,
        depth=task.depth + 1,
    )


def _file_behind(url: str) -> str | None:
    """Return the address of a file; for a viewer's address, that of the file shown in it."""
    from urllib.parse import parse_qs, urlsplit

    parts = urlsplit(url)
    inner = parse_qs(parts.query).get("file", [""])[0]
    if inner and ("viewer" in parts.path or "pdfjs" in parts.path):
        return join(url, inner) if not inner.startswith("blob:") else None
    return url if downloads(url) else None


def parts_of(page: CrawledPage, task: Task) -> tuple[Task, ...]:
    """Return the further pages of an article that its own script or its own pager counts."""
    owner = task.owner if task.role == "part" and task.owner else page.url
    urls = [
        url
        for url in [*paging.counted_pages(page), *paging.printed_pages(page)]
        if url != owner and paging.continues_article(url, owner)
    ]
    return tuple(
        Task(
            url,
            "part",
            why="年报的后续页",
            label=page.title,
            owner=owner,
            found_on=page.url,
            depth=task.depth,
            strong=task.strong,
            unit=task.unit,
            unit_depth=task.unit_depth,
        )
        for url in dict.fromkeys(urls)
    )
