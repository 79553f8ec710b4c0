"""Queues the follow-up requests of an answer, within the limits, while a list still brings new reports."""

import hashlib

from msgspec import structs

from extractor.crawl.addresses import host_of, key_of, site_of
from extractor.crawl.paging import LONGEST_LIST
from extractor.crawl.state import State
from extractor.crawl.task import Judgement, Task

LONGEST_CHAIN = 10  # redirects
# list pages without a new report after which a list is given up, outside columns of reports
_FRUITLESS_PAGES = 3


class Consequences:
    """Decides which follow-up tasks of a judgement are queued."""

    def __init__(self, state: State, sites: frozenset[str], max_depth: int) -> None:
        """Queue into `state` tasks on the `sites` only, at most `max_depth` deep (0: no limit)."""
        self._state = state
        self._sites = sites
        self._max_depth = max_depth

    def of(self, task: Task, judged: Judgement) -> Judgement:
        """Queue the tasks of a judgement; return it, with another outcome if none could be queued."""
        allowed = [lead for lead in judged.found if self._may_follow(lead)]
        if judged.outcome == "redirect":
            return self._judge_redirect(task, judged, allowed)
        pages = [lead for lead in allowed if lead.paging]
        others = [lead for lead in allowed if not lead.paging]
        new = self._state.add(others)
        fresh = self._state.is_new_list(f"{host_of(task.url)} {_digest(others)}")
        if self._repeats(task, [lead for lead in others if lead.role == "candidate"]):
            outcome = "no_more" if task.guessed else "list_repeats"
            return structs.replace(judged, outcome=outcome, note="列表的这一页与前面一页相同")
        if not pages:
            return judged
        if not _goes_on(task, others, new, fresh):
            return structs.replace(
                judged, note=judged.note or "没有新的年报（或到了页数上限），列表没有再往后翻"
            )
        self._state.add(pages)
        return judged

    def _repeats(self, task: Task, rows: list[Task]) -> bool:
        """True if a further page of a column repeats another one, so that the remaining pages are lost."""
        column = task.found_on if task.role == "list" else task.url
        fresh = self._state.is_new_list(f"{column} {_digest(rows)}")
        return bool(rows) and not fresh and task.role == "list" and task.paging > 0

    def _judge_redirect(self, task: Task, judged: Judgement, allowed: list[Task]) -> Judgement:
        target = judged.found[0]
        outcome = "redirect"
        if target.hops > LONGEST_CHAIN:
            outcome = "redirect_loop"
        elif not allowed:
            outcome = "outside"
        elif not self._state.add(allowed) and self._turns_back(task, target):
            outcome = "redirect_loop"
        return Judgement(outcome, note=judged.note, found=judged.found)

    def _turns_back(self, task: Task, target: Task) -> bool:
        """Return whether a redirect is circular.

        It leads to itself or to an address that redirects as well.
        """
        if target.url == task.url:
            return True
        query = "SELECT 1 FROM fetches WHERE run=? AND url=? AND outcome='redirect'"
        return self._state.base.execute(query, (self._state.run, target.url)).fetchone() is not None

    def _may_follow(self, lead: Task) -> bool:
        if self._max_depth and lead.depth > self._max_depth:
            return False
        if site_of(lead.url) in self._sites or lead.role in ("attachment", "robots"):
            return True
        if lead.role == "candidate" or lead.label == lead.unit != "":
            self._state.note_outside(lead)
        return False


def _digest(leads: list[Task]) -> str:
    return hashlib.sha256("\n".join(sorted(key_of(lead.url) for lead in leads)).encode()).hexdigest()


def _goes_on(task: Task, others: list[Task], new: int, fresh: bool) -> bool:
    """Return whether further pages of a list are requested: not after one that repeats or has nothing new.

    `fresh` tells whether these rows are new in this run. A page without reports may still contain links of
    the site's menu, the same on each page.
    """
    if not task.paging:
        return True
    reports = any(lead.role == "candidate" for lead in others)
    if task.paging > LONGEST_LIST or (reports and not fresh):
        return False
    if reports and (new or task.strong):
        return True
    return (fresh and new > 0) or task.paging <= _FRUITLESS_PAGES
