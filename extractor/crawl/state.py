"""Requests and answers in SQLite, so that the crawl can be killed at any point of this code.

One transaction records an answer together with everything it led to, so that a request is
either done, with all its consequences, or still to be made.
"""

import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from extractor.crawl.addresses import host_of, key_of, origin_of
from extractor.crawl.state_tables import open_tables
from extractor.crawl.task import PRIORITY, Task

# The rules for an origin whose robots.txt could not be fetched: everything is forbidden.
UNREACHABLE = b"# unreachable\nUser-agent: *\nDisallow: /\n"


class Waiting(msgspec.Struct, frozen=True):
    """A request that may be made now."""

    id: int
    task: Task
    attempts: int


class State:
    """The persistent state of an archive, for all its runs."""

    def __init__(self, path: Path) -> None:
        """Open or create; resume the last run if it was interrupted, else begin a new one.

        Raises:
            CannotWrite: Another crawl has it open, or it cannot be written.
        """
        self.base = open_tables(path)
        last = self.base.execute("SELECT id, ended_at FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        self.resumed = last is not None and last["ended_at"] is None
        self.run: int = last["id"] if self.resumed else self._begin_run()
        if self.resumed:
            # A new start also retries the requests that were left when their host was given up.
            self.base.execute("UPDATE requests SET state='pending' WHERE run=? AND state='left'", (self.run,))
            self.base.execute("DELETE FROM hosts WHERE run=?", (self.run,))
            self._ask_again_for_rules()
        self.busy: dict[str, int] = {}
        self._taken: set[int] = set()
        self._parked: set[int] = set()

    def _ask_again_for_rules(self) -> None:
        unreachable = "SELECT origin FROM origins WHERE run=? AND rules=?"
        marks = (self.run, UNREACHABLE)
        self.base.execute(
            "UPDATE requests SET state='pending', attempts=0"
            f" WHERE run=? AND priority=0 AND origin IN ({unreachable})",
            (self.run, *marks),
        )
        self.base.execute("UPDATE origins SET rules=NULL WHERE run=? AND rules=?", marks)

    def ask_for_missing_rules(self) -> None:
        """Let no request wait forever for a robots.txt: request it, or treat that origin as forbidden."""
        waiting = "SELECT 1 FROM requests r WHERE r.run=o.run AND r.priority=0 AND r.state='pending'"
        query = f"SELECT origin FROM origins o WHERE run=? AND rules IS NULL AND NOT EXISTS ({waiting})"
        for row in self.base.execute(query, (self.run,)).fetchall() if not self._taken else ():
            if not self._add(_task_for_rules(row["origin"])):
                self.set_rules(row["origin"], UNREACHABLE)

    def _begin_run(self) -> int:
        cursor = self.base.execute("INSERT INTO runs(started_at) VALUES(?)", (now(),))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def end(self) -> None:
        """Mark the run as finished: the next one looks for what is new."""
        self.base.execute("UPDATE runs SET ended_at=? WHERE id=?", (now(), self.run))

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def add(self, tasks: Iterable[Task]) -> int:
        """Queue tasks that are not queued yet; return how many there were.

        A redirect may have a known key (http to https), but not a known address.
        """
        return sum(self._add(task) for task in tasks)

    def knows(self, task: Task) -> bool:
        """Return whether this run already has the address, in any scheme or spelling."""
        query = "SELECT 1 FROM requests WHERE run=? AND key=? AND body=? LIMIT 1"
        return self.base.execute(query, (self.run, key_of(task.url), task.question)).fetchone() is not None

    def _add(self, task: Task) -> bool:
        # Each origin has a robots.txt of its own: http and https, www and without it, share no rules.
        if not task.hops and task.role != "robots" and self.knows(task):
            return False
        origin = origin_of(task.url)
        new = self.base.execute("INSERT OR IGNORE INTO origins VALUES(?,?,NULL)", (self.run, origin)).rowcount
        if new and task.role != "robots":
            self._add(_task_for_rules(origin))
        row = (
            *(self.run, task.url, task.question, key_of(task.url), host_of(task.url), origin),
            *(_priority(task), msgspec.json.encode(task)),
        )
        columns = "run,url,body,key,host,origin,priority,task"
        query = f"INSERT OR IGNORE INTO requests({columns}) VALUES(?,?,?,?,?,?,?,?)"
        return bool(self.base.execute(query, row).rowcount)

    def next(self, per_host: int) -> Waiting | None:
        """Return a request that may be made now and mark it as under way; None if all must wait."""
        for host in self._hosts_with_work():
            if self.busy.get(host, 0) >= per_host:
                continue
            row = self.base.execute(
                "SELECT r.id, r.task, r.attempts FROM requests r"
                " JOIN origins o ON o.run=r.run AND o.origin=r.origin"
                " WHERE r.run=? AND r.state='pending' AND r.host=? AND r.not_before<=?"
                " AND (o.rules IS NOT NULL OR r.priority=0) ORDER BY r.priority, r.id LIMIT ?",
                (self.run, host, time.time(), len(self._taken) + 1),
            ).fetchall()
            for found in row:
                if found["id"] not in self._taken:
                    self._taken.add(found["id"])
                    self.busy[host] = self.busy.get(host, 0) + 1
                    task = msgspec.json.decode(found["task"], type=Task)
                    return Waiting(found["id"], task, found["attempts"])
        return None

    def _hosts_with_work(self) -> list[str]:
        """Return the hosts that have requests waiting and are neither stopped nor asked to wait."""
        rows = self.base.execute(
            "WITH RECURSIVE h(host) AS (SELECT min(host) FROM requests WHERE run=?1 AND state='pending'"
            " UNION ALL SELECT"
            " (SELECT min(host) FROM requests WHERE run=?1 AND state='pending' AND host>h.host)"
            " FROM h WHERE h.host IS NOT NULL)"
            " SELECT h.host FROM h LEFT JOIN hosts ON hosts.run=?1 AND hosts.host=h.host"
            " WHERE h.host IS NOT NULL AND coalesce(hosts.not_before,0)<=?2",
            (self.run, time.time()),
        )
        return [row["host"] for row in rows]

    def has_work(self) -> bool:
        """Return whether any request is waiting or under way."""
        query = "SELECT 1 FROM requests WHERE run=? AND state='pending' LIMIT 1"
        return bool(self._taken) or self.base.execute(query, (self.run,)).fetchone() is not None

    def will_be_asked_again(self, request: Waiting) -> bool:
        """Return whether a failed request was requeued."""
        query = "SELECT 1 FROM requests WHERE id=? AND state='pending'"
        return self.base.execute(query, (request.id,)).fetchone() is not None

    def has_open_requests(self) -> bool:
        """Return whether any request that is not parked may still be made."""
        query = "SELECT count(*) FROM requests WHERE run=? AND state='pending'"
        return int(self.base.execute(query, (self.run,)).fetchone()[0]) > len(self._parked)

    def release(self, request: Waiting) -> None:
        """Record that a request is no longer under way."""
        if request.id in self._taken - self._parked:
            self._taken.discard(request.id)
            self.busy[host_of(request.task.url)] -= 1

    def park(self, request: Waiting) -> None:
        """Free the host while a request waits for other answers; it is not handed out again."""
        self.busy[host_of(request.task.url)] -= 1
        self._parked.add(request.id)

    def unpark(self, request: Waiting) -> None:
        """Record that a parked request has been answered."""
        self._parked.discard(request.id)
        self._taken.discard(request.id)

    @property
    def waits_only_for_parked(self) -> bool:
        """True if only parked requests are under way."""
        return bool(self._parked) and self._taken == self._parked

    def done(self, request: Waiting) -> None:
        """Mark a request as made."""
        self.base.execute("UPDATE requests SET state='done', attempts=attempts+1 WHERE id=?", (request.id,))

    def put_back(self, request: Waiting, wait: float) -> None:
        """Let a request be made again after `wait` seconds."""
        self.base.execute(
            "UPDATE requests SET attempts=attempts+1, not_before=? WHERE id=?",
            (time.time() + wait, request.id),
        )

    def hold(self, host: str, wait: float) -> None:
        """Make no request to a host for `wait` seconds."""
        self._host(host)
        self.base.execute(
            "UPDATE hosts SET not_before=max(not_before,?) WHERE run=? AND host=?",
            (time.time() + wait, self.run, host),
        )

    def count_refusal(self, host: str, refused: bool) -> int:
        """Count consecutive refusals and return their number."""
        self._host(host)
        self.base.execute(
            "UPDATE hosts SET refusals=CASE WHEN ? THEN refusals+1 ELSE 0 END WHERE run=? AND host=?",
            (refused, self.run, host),
        )
        query = "SELECT refusals FROM hosts WHERE run=? AND host=?"
        return int(self.base.execute(query, (self.run, host)).fetchone()[0])

    def stop_host(self, host: str, reason: str) -> None:
        """Make no more requests to a host in this run; its waiting requests stay recorded as not made."""
        self._host(host)
        self.base.execute("UPDATE hosts SET stopped=? WHERE run=? AND host=?", (reason, self.run, host))
        self.base.execute(
            "UPDATE requests SET state='left' WHERE run=? AND host=? AND state='pending'", (self.run, host)
        )

    def is_stopped(self, host: str) -> bool:
        """Return whether the host is left alone for the rest of this run."""
        query = "SELECT 1 FROM hosts WHERE run=? AND host=? AND stopped IS NOT NULL"
        return self.base.execute(query, (self.run, host)).fetchone() is not None

    def _host(self, host: str) -> None:
        self.base.execute("INSERT OR IGNORE INTO hosts(run,host) VALUES(?,?)", (self.run, host))

    def rules(self, origin: str) -> bytes | None:
        """Return the robots.txt of an origin; None if it is not known yet."""
        query = "SELECT rules FROM origins WHERE run=? AND origin=?"
        row = self.base.execute(query, (self.run, origin)).fetchone()
        return row["rules"] if row else None

    def was_not_connected(self, url: str) -> bool:
        """Return whether an address failed in this run because no connection was established."""
        query = (
            "SELECT 1 FROM fetches WHERE run=? AND url=? AND outcome IN ('tls','reset','timeout','failed')"
        )
        return self.base.execute(query, (self.run, url)).fetchone() is not None

    def set_rules(self, origin: str, rules: bytes) -> None:
        """Keep the robots.txt of an origin."""
        self.base.execute("INSERT OR REPLACE INTO origins VALUES(?,?,?)", (self.run, origin, rules))

    def is_new_list(self, digest: str) -> bool:
        """Return whether a list with these rows is new in this run, and remember it."""
        return bool(self.base.execute("INSERT OR IGNORE INTO lists VALUES(?,?)", (self.run, digest)).rowcount)

    def units_asked(self) -> tuple[int, int]:
        """Return how many columns of units were requested in this run, and how many reports they had."""
        asked = "sum(why LIKE '单位栏目%')"
        found = "sum(unit<>'' AND outcome IN ('report','attachment'))"
        row = self.base.execute(
            f"SELECT {asked}, {found} FROM fetches WHERE checked_run=? AND unit<>''", (self.run,)
        ).fetchone()
        return row[0] or 0, row[1] or 0

    def note_outside(self, task: Task) -> None:
        """Record a report's address on a host that the crawl may not visit."""
        row = (self.run, task.url, task.label, task.found_on)
        self.base.execute("INSERT OR IGNORE INTO outside VALUES(?,?,?,?)", row)


def _priority(task: Task) -> int:
    """Return the position in the queue; columns of units come last."""
    return PRIORITY[task.role] + (task.role == "page" and bool(task.unit) and not task.strong)


def _task_for_rules(origin: str) -> Task:
    return Task(f"{origin}/robots.txt", "robots", why="robots.txt", owner=origin)


def now() -> str:
    """Return the time in UTC as WARC writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
