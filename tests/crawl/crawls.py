"""Crawls run as a user runs them, in a process of their own: a reactor runs only once."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sites.server import Asked, Site

from extractor.crawl.judge import judge
from extractor.crawl.task import Answer, Judgement, Task

HANGS = 900  # seconds after which a crawl of a few invented sites counts as hanging, on any machine
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Crawl:
    """How a crawl ended and what its manifest says."""

    archive: Path
    code: int
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        text = (self.archive / "manifest.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def paths(self, site: Site) -> set[str]:
        """Return the paths, with their queries, of what was taken from a site."""
        return {
            path_of(line["url"]) for line in self.lines if line["taken"] and line["url"].startswith(site.home)
        }

    def outcome(self, url: str) -> str:
        return str(next(line["outcome"] for line in self.lines if line["url"] == url))


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def command(archive: Path, *arguments: object, timeout: float = HANGS) -> list[str]:
    told = [sys.executable, "-m", "extractor", "crawl", *map(str, arguments), "-o", str(archive)]
    return [*told, "--allow-private", "--timeout", str(timeout)]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "EXTRACTOR_DEBUG": "1"}


def run_crawl(archive: Path, *arguments: object, timeout: float = HANGS) -> Crawl:
    return run_to_end(archive, command(archive, "--delay", 0, *arguments, timeout=timeout))


def run_to_end(archive: Path, words: list[str]) -> Crawl:
    done = subprocess.run(
        words, env=environment(), capture_output=True, text=True, timeout=HANGS, check=False
    )
    return Crawl(archive, done.returncode, done.stderr)


def posts(site: Site) -> list[Asked]:
    return [asked for asked in site.log if asked.method == "POST"]


def judged(html: str, *, status: int = 200, task: Task | None = None, **headers: str) -> Judgement:
    """Return what a column of reports, or the answer to a task, is judged to be."""
    task = task or Task("http://www.yunling.example/nb/index.html", strong=True)
    body = html.encode()
    return judge(task, Answer(task.url, status, tuple(headers.items()), body, body))


@dataclass(frozen=True)
class Served:
    """A site that is up, and what must be taken from it."""

    site: Site
    taken: set[str]
    named: dict[str, str]
