"""Stores each answer in the web archive and the state and queues its follow-up requests, all or nothing."""

import hashlib
import sqlite3

from extractor.crawl.addresses import downloads, site_of
from extractor.crawl.consequences import Consequences
from extractor.crawl.options import CrawlOptions
from extractor.crawl.state import State, Waiting, now
from extractor.crawl.task import TAKEN, UNREAD, Answer, Judgement, Task
from extractor.crawl.warc import RecordPlace, WarcFiles, cut_to, payload_at
from extractor.errors import CannotWrite

INNER = ".crawl"  # folder for the state and the answers that are not reports


class Archive:
    """An archive folder, opened by one crawl."""

    def __init__(self, options: CrawlOptions, software: str) -> None:
        """Open or create the folder and bring its files to the last recorded answer.

        Raises:
            CannotWrite: The folder cannot be made, or another crawl is using it.
        """
        self.options = options
        self.folder = options.archive
        try:
            (self.folder / INNER).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(f"{self.folder}: 建不了存档（{error.strerror or error}）") from error
        self.state = State(self.folder / INNER / "state.sqlite")
        sites = frozenset(site_of(start) for start in options.starts)
        self._consequences = Consequences(self.state, sites, options.max_depth)
        self._reports = WarcFiles(self.folder, f"reports-{self.state.run:03}", software)
        self._others = WarcFiles(self.folder / INNER, f"pages-{self.state.run:03}", software)
        self._mend()
        self._begin()

    def _mend(self) -> None:
        """Truncate files to their last recorded byte; requeue answers lost in a power failure."""
        for row in self.state.base.execute("SELECT name, size FROM files").fetchall():
            path = self.folder / row["name"]
            if not cut_to(path, row["size"]):
                self._forget(row["name"], path.stat().st_size if path.exists() else 0)

    def _forget(self, name: str, size: int) -> None:
        """Drop records that are incomplete in the file, and truncate it after the last complete one."""
        base = self.state.base
        with _transaction(base):
            lost = "SELECT request FROM fetches WHERE warc=? AND offset+length>?"
            base.execute(f"UPDATE requests SET state='pending' WHERE id IN ({lost})", (name, size))
            base.execute("DELETE FROM fetches WHERE warc=? AND offset+length>?", (name, size))
            base.execute("DELETE FROM lists")  # a repeated request is no repeating page
            query = "SELECT coalesce(max(offset+length),0) FROM fetches WHERE warc=?"
            whole = int(base.execute(query, (name,)).fetchone()[0])
            base.execute("UPDATE files SET size=? WHERE name=?", (whole, name))
        cut_to(self.folder / name, whole)

    def _begin(self) -> None:
        starts = [_start(address) for address in self.options.starts]
        with _transaction(self.state.base):
            self.state.add(starts)
            if not self.state.resumed:
                self.state.add(self._known_reports())

    def _known_reports(self) -> list[Task]:
        """Return the reports of earlier runs, to be requested again.

        They may change even if nothing links to them.
        """
        rows = self.state.base.execute(
            "SELECT url, role, label, unit, owner, found_on, max(run) FROM fetches"
            " WHERE outcome IN ('report','attachment') AND body='' GROUP BY url"
        )
        return [
            Task(
                row["url"],
                row["role"],
                why="以前取过",
                label=row["label"],
                owner=row["owner"],
                strong=True,  # it was accepted as a report because of the link to it
                unit=row["unit"] or "",
                found_on=row["found_on"],
            )
            for row in rows
        ]

    def last_good(self, task: Task) -> sqlite3.Row | None:
        """Return the last answer of an earlier run that is still valid in the archive."""
        row = self.state.base.execute(
            "SELECT * FROM fetches WHERE url=? AND body=? AND run<? AND status=200 AND warc IS NOT NULL"
            " ORDER BY id DESC LIMIT 1",
            (task.url, task.question, self.state.run),
        ).fetchone()
        return row if isinstance(row, sqlite3.Row) else None

    def body_of(self, row: sqlite3.Row) -> bytes:
        """Return the body of an answer in the archive."""
        return payload_at(self.folder / row["warc"], row["offset"])

    def stored(self, url: str) -> tuple[bytes, str] | None:
        """Return body and content type of an answer of this run; None where there is none."""
        query = (
            "SELECT * FROM fetches WHERE url=? AND body='' AND checked_run=? AND status=200"
            " AND warc IS NOT NULL ORDER BY id DESC LIMIT 1"
        )
        row = self.state.base.execute(query, (url, self.state.run)).fetchone()
        return (self.body_of(row), row["content_type"] or "text/plain") if row else None

    def keep(
        self,
        request: Waiting,
        answer: Answer,
        judged: Judgement,
        asked: tuple[tuple[str, str], ...],
        before: sqlite3.Row | None,
    ) -> str:
        """Record an answer and queue what it leads to; return the outcome as recorded."""
        task = request.task
        sha256 = (
            before["sha256"] if before and answer.status == 304 else hashlib.sha256(answer.body).hexdigest()
        )
        date = now()
        unchanged = before is not None and (answer.status == 304 or before["sha256"] == sha256)
        files = self._reports if judged.outcome in TAKEN else self._others
        if unchanged and before is not None:
            place = files.revisit(
                task, answer, asked, date, {key: before[key] for key in ("record_id", "fetched_at", "digest")}
            )
        else:
            place = files.write(task, answer, asked, date)
        place.name = str((files.folder / place.name).relative_to(self.folder))
        with _transaction(self.state.base):
            self._count_bytes(place)
            judged = self._consequences.of(task, judged)
            if unchanged and before is not None:
                self._confirm(before, judged, date)
            else:
                self._insert(request, answer, judged, sha256, date, place, before)
            self.state.done(request)
        return judged.outcome

    def _confirm(self, before: sqlite3.Row, judged: Judgement, date: str) -> None:
        """Record that an answer came again unchanged; if it was not kept before, judge it again."""
        run = self.state.run
        query = "UPDATE fetches SET checked_at=?, checked_run=? WHERE id=?"
        self.state.base.execute(query, (date, run, before["id"]))
        if before["outcome"] not in TAKEN and judged.outcome not in TAKEN:
            query = "UPDATE fetches SET outcome=?, note=? WHERE id=?"
            self.state.base.execute(query, (judged.outcome, judged.note, before["id"]))

    def _count_bytes(self, place: RecordPlace) -> None:
        size = (self.folder / place.name).stat().st_size
        self.state.base.execute("INSERT OR REPLACE INTO files VALUES(?,?)", (place.name, size))

    def _insert(
        self,
        request: Waiting,
        answer: Answer,
        judged: Judgement,
        sha256: str,
        date: str,
        place: RecordPlace,
        before: sqlite3.Row | None,
    ) -> None:
        task = request.task
        change = _change(judged, sha256, before)
        version = (before["version"] or 1) + (change == "content") if before else 1
        self._insert_row(
            run=self.state.run,
            request=request.id,
            url=task.url,
            body=task.question,
            role=task.role,
            matters=_matters(task, judged.outcome),
            status=answer.status,
            outcome=judged.outcome,
            title=judged.title,
            agency=judged.agency,
            year=judged.year,
            edition=judged.edition,
            published=judged.published or task.listed,
            label=task.label,
            unit=task.unit,
            owner=task.owner,
            found_on=task.found_on,
            why=task.why,
            note=judged.note,
            sha256=sha256,
            text_sha256=judged.text_sha256,
            size=len(answer.body),
            content_type=answer.header("content-type"),
            etag=answer.header("etag"),
            last_modified=answer.header("last-modified"),
            fetched_at=date,
            checked_at=date,
            checked_run=self.state.run,
            version=version,
            change=change,
            warc=place.name,
            record_id=place.record_id,
            digest=place.digest,
            offset=place.offset,
            length=place.length,
        )

    def _insert_row(self, **columns: object) -> None:
        names = ",".join(columns)
        marks = ",".join("?" * len(columns))
        self.state.base.execute(f"INSERT INTO fetches({names}) VALUES({marks})", tuple(columns.values()))

    def lose(self, request: Waiting, outcome: str, note: str) -> None:
        """Record that a request brought no answer worth keeping."""
        task = request.task
        with _transaction(self.state.base):
            self._insert_row(
                run=self.state.run,
                request=request.id,
                url=task.url,
                body=task.question,
                role=task.role,
                matters=_matters(task, outcome),
                outcome=outcome,
                label=task.label,
                unit=task.unit,
                owner=task.owner,
                found_on=task.found_on,
                why=task.why,
                note=note,
                fetched_at=now(),
                checked_at=now(),
                checked_run=self.state.run,
                version=1,
            )
            self.state.done(request)

    def mark_gone(self, task: Task) -> None:
        """Record that a report of an earlier run is no longer there."""
        query = (
            "UPDATE fetches SET gone_at=?"
            " WHERE url=? AND outcome IN ('report','attachment') AND gone_at IS NULL"
        )
        self.state.base.execute(query, (now(), task.url))


def _start(address: str) -> Task:
    """Return the task for a start address; if it is a file, the file is taken as a report."""
    return Task(address, "candidate" if downloads(address) else "page", why="起点")


def _matters(task: Task, outcome: str) -> bool:
    """Return whether losing this request may mean losing a report; a dead menu link does not."""
    if task.role == "resource":  # the page that asked for it reports the loss
        return False
    certain = task.role != "page" or task.strong or bool(task.unit) or task.found_on is None
    return certain or outcome in UNREAD


def _change(judged: Judgement, sha256: str, before: sqlite3.Row | None) -> str | None:
    """Return how an answer differs from the last stored one: in content, or only in the page around it."""
    if before is None or before["sha256"] == sha256:
        return None
    same_text = bool(judged.text_sha256) and before["text_sha256"] == judged.text_sha256
    return "surroundings" if same_text else "content"


class _transaction:  # noqa: N801  # reads as a statement
    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def __enter__(self) -> None:
        self.base.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.base.execute("ROLLBACK" if kind else "COMMIT")
