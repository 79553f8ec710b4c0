"""Decides which links of a page are followed: to reports, their columns, and the columns of units."""

from collections.abc import Iterator

from msgspec import structs

from extractor.crawl.addresses import downloads, is_dead_end
from extractor.crawl.link_rows import NO_ROW, file_name_in, name_by_surroundings, says_nothing
from extractor.crawl.page import CrawledPage, Link
from extractor.crawl.task import Task
from extractor.crawl.unit_columns import UNIT_STEPS, is_directory_name, units_on
from extractor.crawl.words import (
    column_strength,
    leads_inward,
    names_a_report,
    names_only_the_kind,
    speaks_about_reports,
    speaks_of_openness,
)
from extractor.patterns import kept_pattern

_OTHER_DOCUMENT = kept_pattern(r"(?:报告|通知|公告|公示|方案|决算|预算|计划|规划|总结|意见|决定|名单)$")
_CUT = kept_pattern(r"(?:…|\.\.)$")


def leads_from_links(page: CrawledPage, task: Task, strong: bool, *, listed: bool) -> Iterator[Task]:
    """Yield the tasks for the links of a page; `listed` are those of a list, outside menus."""
    links = [link for link in page.links if link.url and not is_dead_end(link.url)]
    rows = _rows_of_reports(links, strong) if strong and task.role != "candidate" else set()
    for link in links:
        lead = _lead(link, task, strong, listed=listed) or (_row_lead(link) if id(link) in rows else None)
        if lead:
            yield _from_here(lead, link, page, task)
    for link in units_on(page, task):
        yield _from_here(_unit_lead(link, task), link, page, task)


def _from_here(lead: Task, link: Link, page: CrawledPage, task: Task) -> Task:
    found_on = task.found_on if task.role == "list" else page.url
    told = lead.label or link.text
    unit, depth = (lead.unit, task.depth + 1) if lead.unit else (task.unit, task.unit_depth)
    listed = link.row.day if lead.role == "candidate" else ""
    return structs.replace(
        lead, found_on=found_on, depth=task.depth + 1, label=told, listed=listed, unit=unit, unit_depth=depth
    )


def _lead(link: Link, task: Task, strong: bool, *, listed: bool) -> Task | None:
    assert link.url is not None
    text = link.text
    if says_nothing(text) or (downloads(link.url) and not names_a_report(text, strong=strong)):
        text = name_by_surroundings(link.url, text, link.row, strong=strong)
    strength = column_strength(text, link.url)
    if names_a_report(text, strong=strong) and not (strength == 2 and names_only_the_kind(text)):
        return Task(link.url, "candidate", why=f"链接写着“{text[:60]}”", strong=strong, label=text)
    if downloads(link.url) and strong and _may_be_a_file_of_the_column(link, text):
        return Task(link.url, "candidate", why=f"年报栏目里的文件“{text[:40]}”", strong=True, label=text)
    if task.role == "candidate" or downloads(link.url):
        return None
    if strength == 2:
        return Task(link.url, "page", why=f"年报栏目“{text[:40]}”", strong=True)
    if (strength == 1 or is_directory_name(text)) and not listed and not _is_too_far_from_unit(task):
        return Task(link.url, "page", why=f"通往年报的栏目“{text[:40]}”")
    if strong and leads_inward(text):
        return Task(link.url, "page", why=f"年报栏目里的“{text[:40]}”", strong=True)
    return None


def _may_be_a_file_of_the_column(link: Link, text: str) -> bool:
    if speaks_about_reports(text) or speaks_about_reports(file_name_in(link.url or "")):
        return False
    return leads_inward(text) or (link.row is not NO_ROW and says_nothing(link.text))


def _is_too_far_from_unit(task: Task) -> bool:
    return bool(task.unit) and task.depth - task.unit_depth >= UNIT_STEPS


def _unit_lead(link: Link, task: Task) -> Task:
    assert link.url is not None
    why = f"单位栏目“{link.text[:40]}”"
    return Task(link.url, "page", why=why, strong=task.strong, unit=link.text, label=link.text)


def _rows_of_reports(links: list[Link], strong: bool) -> set[int]:
    """Return the links in the lists of a column of reports, whatever their text.

    A list counts if one of its rows names a report, even a truncated one, or if it is the only
    list with dates: the page may also have a list of news.
    """
    groups: dict[int, list[Link]] = {}
    for link in links:
        if link.row is not NO_ROW:
            groups.setdefault(link.row.group, []).append(link)
    chosen: list[Link] = []
    dated: list[list[Link]] = []
    for group in groups.values():
        certain = [link for link in group if _names_or_begins_to(link, strong)]
        telling = [link for link in group if link.row.dated or _CUT.search(link.text)]
        if len(certain) * 2 >= len(group):  # a list of reports: its other rows are followed too
            chosen += group
        elif certain:
            chosen += telling
        elif telling:
            dated.append(telling)
    if not chosen and len(dated) == 1:
        chosen = dated[0]
    return {id(link) for link in chosen}


def _names_or_begins_to(link: Link, strong: bool) -> bool:
    cut = bool(_CUT.search(link.text)) and speaks_of_openness(link.text)
    named = names_a_report(link.text, strong=strong) and not names_only_the_kind(link.text)
    return named or cut


def _is_another_document(text: str) -> bool:
    """Return whether a complete title names a document of another kind."""
    named = speaks_of_openness(text) or names_a_report(text, strong=True)
    return bool(_OTHER_DOCUMENT.search(text)) and not named


def _row_lead(link: Link) -> Task | None:
    assert link.url is not None
    if speaks_about_reports(link.text) or _is_another_document(link.text):
        return None
    text = name_by_surroundings(link.url, link.text, link.row, strong=True)
    return Task(
        link.url, "candidate", why=f"年报栏目里的一行“{text[:40]}”", strong=True, unsure=True, label=text
    )
