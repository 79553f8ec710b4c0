"""The manifest: one line for each answer; all editions of one report share one name."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from extractor.crawl.addresses import site_of
from extractor.crawl.archive import Archive
from extractor.crawl.report_names import names_of_reports
from extractor.crawl.task import HARMLESS, TAKEN

NAME = "manifest.jsonl"
_TAKEN = "outcome IN ('report','attachment')"
# The empty page of a single-page site whose list was found through its script.
_READ_SHELL = (
    "(outcome='shell' AND EXISTS(SELECT 1 FROM fetches g"
    " WHERE g.found_on=f.url AND g.outcome IN ('report','attachment')))"
)


class CrawlOutcome(Struct, frozen=True):
    """How a crawl ended: what the archive holds now, and what it lacks."""

    reports: int  # different reports
    editions: int  # pages and files of reports
    new: int  # editions first kept in this run
    changed: int  # editions changed since they were last kept
    gone: int  # editions that are no longer there
    troubles: dict[str, int]  # answers and requests that may have cost a report, by outcome
    unfinished: str  # why requests are left: interrupted, or the name of a limit; "" if none are left
    left: int  # requests not made


def write_manifest(archive: Archive, unfinished: str) -> CrawlOutcome:
    """Write manifest.jsonl beside the archive files and return its totals.

    The file is replaced as a whole: a reader sees the old one or the new one.
    """
    base = archive.state.base
    names = names_of_reports(base, _TAKEN)
    path = archive.folder / NAME
    draft = path.with_suffix(".draft")
    with draft.open("wb") as file:
        for line in (*_lines(base, names), *_lines_without_answer(archive)):
            file.write(msgspec.json.encode(line) + b"\n")
    draft.replace(path)
    return CrawlOutcome(
        reports=len(set(names.values())),
        editions=_count(base, f"{_TAKEN} AND gone_at IS NULL"),
        new=_count(base, f"{_TAKEN} AND version=1 AND change IS NULL AND run={archive.state.run}"),
        changed=_count(base, f"{_TAKEN} AND change='content' AND run={archive.state.run}"),
        gone=_count(base, "gone_at IS NOT NULL"),
        troubles=_troubles(archive),
        unfinished=unfinished,
        left=_count_left(archive),
    )


def _count(base: sqlite3.Connection, condition: str) -> int:
    return int(base.execute(f"SELECT count(*) FROM fetches WHERE {condition}").fetchone()[0])


def _count_left(archive: Archive) -> int:
    query = "SELECT count(*) FROM requests WHERE run=? AND state IN ('pending','left')"
    return int(archive.state.base.execute(query, (archive.state.run,)).fetchone()[0])


def _troubles(archive: Archive) -> dict[str, int]:
    rows = archive.state.base.execute(
        "SELECT outcome, count(*) FROM fetches f"
        f" WHERE checked_run=? AND matters AND NOT {_READ_SHELL} GROUP BY outcome",
        (archive.state.run,),
    )
    troubles = {outcome: count for outcome, count in rows if outcome not in HARMLESS}
    bare = len(_starts_without_reports(archive))
    return troubles | ({"nothing_found": bare} if bare else {})


def _starts_without_reports(archive: Archive) -> list[str]:
    rows = archive.state.base.execute(f"SELECT url FROM fetches WHERE {_TAKEN} AND gone_at IS NULL")
    found = {site_of(row["url"]) for row in rows}
    return [start for start in archive.options.starts if site_of(start) not in found]


_COLUMNS = (
    *(
        "url",
        "outcome",
        "title",
        "agency",
        "year",
        "edition",
        "published",
        "unit",
        "status",
        "sha256",
        "size",
        "content_type",
    ),
    *("fetched_at", "checked_at", "gone_at", "found_on", "why", "owner", "version", "change", "note"),
    *("warc", "record_id", "offset", "length"),
)


def _lines(base: sqlite3.Connection, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield a line for every version of a kept report, and for the last answer of other addresses."""
    query = (
        f"SELECT * FROM fetches f WHERE {_TAKEN}"
        " OR id=(SELECT max(id) FROM fetches g WHERE g.url=f.url AND g.body=f.body) ORDER BY id"
    )
    told: dict[str, tuple[str | None, int | None]] = {}
    for row in base.execute(query):
        line = {name: row[name] for name in _COLUMNS if row[name] not in (None, "")}
        if row["body"]:
            line |= {"method": "POST", "body": row["body"]}
        if row["label"]:
            line.setdefault("title", row["label"])  # a page not fetched is known only by its link
        line["taken"] = row["outcome"] in TAKEN
        if name := names.get(row["url"]):
            line["report"] = name
            told.setdefault(name, (row["agency"], row["year"]))
            # A file called only 附件 takes agency and year from the page that links to it.
            for key, value in zip(("agency", "year"), told[name], strict=True):
                if value and key not in line:
                    line[key] = value
        yield line


def _lines_without_answer(archive: Archive) -> Iterator[dict[str, Any]]:
    """Yield the requests not made: reports on other hosts, and those left by a stopped host or a limit."""
    base, run = archive.state.base, archive.state.run
    for start in _starts_without_reports(archive):
        note = "这个网站上没有找到年报；栏目、单位和别的网站见其他各行"
        yield _line_of_unasked(start, "nothing_found", "", None, note)
    for row in base.execute("SELECT url, label, found_on FROM outside WHERE run=? ORDER BY url", (run,)):
        note = "不在给定的网站上，没有取；可以另作起点"
        yield _line_of_unasked(row["url"], "outside", row["label"], row["found_on"], note)
    query = (
        "SELECT r.url, r.body, r.state, r.task, h.stopped FROM requests r"
        " LEFT JOIN hosts h ON h.run=r.run AND h.host=r.host"
        " WHERE r.run=? AND r.state IN ('pending','left') ORDER BY r.id"
    )
    for row in base.execute(query, (run,)):
        task = msgspec.json.decode(row["task"])
        note = f"网站拒绝或失常（{row['stopped']}），不再去取" if row["stopped"] else "还没有取到这里"
        line = _line_of_unasked(row["url"], "left", task.get("label", ""), task.get("found_on"), note)
        yield line | ({"method": "POST", "body": row["body"]} if row["body"] else {})


def _line_of_unasked(url: str, outcome: str, label: str, found_on: str | None, note: str) -> dict[str, Any]:
    line = {
        "url": url,
        "outcome": outcome,
        "title": label,
        "found_on": found_on,
        "note": note,
        "taken": False,
    }
    return {key: value for key, value in line.items() if value not in (None, "")}
