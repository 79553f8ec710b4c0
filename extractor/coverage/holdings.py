"""The contents of archive manifests: reports by agency and year, and the pages searched."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from extractor.crawl.addresses import site_of
from extractor.crawl.words import agency_in, names_a_report, year_in
from extractor.errors import MissingFile

_TAKEN = frozenset({"report", "attachment"})
_LOOKED = frozenset({"column", "list", "list_cut", "list_repeats", "no_reports_seen", "shell", "report"})
# Outcomes of pages that need not be reports, so that losing them is no evidence of a lost report.
_NO_REPORT = frozenset({"not_a_report", "redirect", "no_more", "page", "robots", "nothing_found"})


class Line(Struct, frozen=True):
    """One line of a manifest: the fields used here."""

    url: str
    outcome: str
    title: str = ""
    agency: str = ""
    unit: str = ""
    year: int | None = None
    edition: str = ""
    published: str = ""
    fetched_at: str = ""
    gone_at: str = ""
    version: int | None = None
    report: str = ""
    note: str = ""

    @property
    def site(self) -> str:
        """The host from which it was requested."""
        return site_of(self.url)

    @property
    def taken(self) -> bool:
        """Whether it is a kept report or a part of one."""
        return self.outcome in _TAKEN

    @property
    def lost_report(self) -> bool:
        """Whether the link names a report that could not be fetched."""
        wanted = not self.taken and self.outcome not in _NO_REPORT | _LOOKED
        return wanted and names_a_report(self.title, strong=True)

    @property
    def looked(self) -> bool:
        """Whether it is a page that lists reports."""
        return self.outcome in _LOOKED

    @property
    def who(self) -> str:
        """The agency named in title, link or column; "" if there is none."""
        return self.agency or agency_in(self.title) or self.unit

    @property
    def of_year(self) -> int | None:
        """The year that it is about."""
        return self.year or year_in(self.title)


def read_holdings(archives: Iterable[Path]) -> list[Line]:
    """Return the lines of the manifests of archives.

    Raises:
        MissingFile: An archive has no manifest.
    """
    return [line for archive in archives for line in _lines(archive)]


def _lines(archive: Path) -> Iterator[Line]:
    path = archive / "manifest.jsonl" if archive.is_dir() else archive
    try:
        text = path.read_bytes()
    except OSError as error:
        raise MissingFile(f"{path}: 打不开抓取清单（{error.strerror}）") from error
    for raw in text.splitlines():
        told: dict[str, Any] = msgspec.json.decode(raw)
        fields = {key: value for key, value in told.items() if key in Line.__struct_fields__}
        yield msgspec.convert(fields, Line)
