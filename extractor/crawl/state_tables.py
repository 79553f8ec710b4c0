"""The tables of state.sqlite, and how the file is opened."""

import sqlite3
from pathlib import Path

from extractor.errors import CannotWrite

_TABLES = """
CREATE TABLE IF NOT EXISTS runs(id INTEGER PRIMARY KEY, started_at TEXT, ended_at TEXT);
CREATE TABLE IF NOT EXISTS requests(
  id INTEGER PRIMARY KEY, run INT, url TEXT, body TEXT, key TEXT, host TEXT, origin TEXT,
  priority INT, task BLOB, attempts INT DEFAULT 0, not_before REAL DEFAULT 0, state TEXT DEFAULT 'pending',
  UNIQUE(run, url, body));
CREATE INDEX IF NOT EXISTS waiting ON requests(run, state, host, priority, id);
CREATE INDEX IF NOT EXISTS known ON requests(run, key);
CREATE TABLE IF NOT EXISTS origins(
  run INT, origin TEXT, rules BLOB, PRIMARY KEY(run, origin));
CREATE TABLE IF NOT EXISTS hosts(
  run INT, host TEXT, not_before REAL DEFAULT 0, refusals INT DEFAULT 0, stopped TEXT,
  PRIMARY KEY(run, host));
CREATE TABLE IF NOT EXISTS fetches(
  id INTEGER PRIMARY KEY, run INT, request INT, url TEXT, body TEXT, role TEXT, matters INT,
  status INT, outcome TEXT,
  title TEXT, agency TEXT, year INT, edition TEXT, published TEXT, label TEXT, unit TEXT,
  owner TEXT, found_on TEXT, why TEXT, note TEXT,
  sha256 TEXT, text_sha256 TEXT, size INT, content_type TEXT, etag TEXT, last_modified TEXT,
  fetched_at TEXT, checked_at TEXT, checked_run INT, gone_at TEXT, version INT, change TEXT,
  warc TEXT, record_id TEXT, digest TEXT, offset INT, length INT);
CREATE INDEX IF NOT EXISTS fetched ON fetches(url, body);
CREATE INDEX IF NOT EXISTS digests ON fetches(sha256);
CREATE TABLE IF NOT EXISTS files(name TEXT PRIMARY KEY, size INT);
CREATE TABLE IF NOT EXISTS outside(run INT, url TEXT, label TEXT, found_on TEXT, PRIMARY KEY(run, url));
CREATE TABLE IF NOT EXISTS lists(run INT, digest TEXT, PRIMARY KEY(run, digest));
"""


def open_tables(path: Path) -> sqlite3.Connection:
    """Open the file exclusively: two crawls would corrupt each other's files."""
    try:
        # The browser's thread only reads while the crawler's thread waits for it, so they never use it at
        # once.
        base = sqlite3.connect(path, timeout=1, isolation_level=None, check_same_thread=False)
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA locking_mode=EXCLUSIVE")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        base.executescript(_TABLES)
        _add_columns(base)
    except sqlite3.Error as error:
        reason = "另一个抓取正在用" if "locked" in str(error) else str(error)
        raise CannotWrite(f"{path}: 存档打不开（{reason}）") from error
    return base


def _add_columns(base: sqlite3.Connection) -> None:
    """Add columns that are missing from the tables of an older archive."""
    known = {row["name"] for row in base.execute("PRAGMA table_info(fetches)")}
    for name, kind in (("checked_run", "INT"), ("unit", "TEXT"), ("published", "TEXT")):
        if name not in known:
            base.execute(f"ALTER TABLE fetches ADD COLUMN {name} {kind}")
    base.execute("UPDATE fetches SET checked_run=run WHERE checked_run IS NULL")
