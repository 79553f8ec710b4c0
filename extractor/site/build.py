"""Builds a site from the folder of a batch: as a draft first, moved into place when complete."""

import os
import shutil
from pathlib import Path

from msgspec import Struct, structs

from extractor.analysis import load
from extractor.errors import Misused
from extractor.site.agencies import draw_agencies
from extractor.site.data_files import write_data
from extractor.site.describe import AboutSite, write_descriptions
from extractor.site.drawing import draw_reports
from extractor.site.english import write_english
from extractor.site.feed import write_feed
from extractor.site.history import MARK, digest_of, load_history, next_history, write_history
from extractor.site.holdings import Holdings, holdings_of
from extractor.site.lists import draw_lists
from extractor.site.originals import places_of_originals
from extractor.site.pages import Pages
from extractor.site.questions import write_questions
from extractor.site.swap import draft_of, swap_in, take_back
from extractor.words import words_of

_STATIC = Path(__file__).parent / "static"
_TITLE = "政府信息公开工作年度报告登记簿"


class SiteOptions(Struct, frozen=True):
    """What a person can choose."""

    title: str = _TITLE
    note: str | None = None  # shown at the top of every page
    url: str | None = None  # where the site will be; links of the feed begin with it
    date: str | None = None  # date of the data; None: the latest date in the data
    license: str | None = None  # of the data, as an address or a name
    workers: int | None = None  # number of processes; None: one per core
    duckdb: Path | None = (
        # folder in which npm has installed @duckdb/duckdb-wasm, for the page of questions; None: no such page
        None
    )
    # folder in which the batch was run, to make review pages; None: no review pages
    originals: Path | None = None

    def named(self, title: str) -> "SiteOptions":
        """Return the same options with another title."""
        return structs.replace(self, title=title)


class SiteSummary(Struct, frozen=True):
    """Counts of what a site contains."""

    reports: int
    bodies: int
    nameless: int
    has_feed: bool
    build: int  # number of the build, 1 for the first
    changed: int  # number of cells that differ from the build before


def build_site(folder: Path, out: Path, options: SiteOptions | None = None) -> SiteSummary:
    """Build the site of a batch.

    Args:
        folder: The output folder of a batch, with Parquet.
        out: The folder of the site: new, empty, or an earlier site, which is replaced; its history is
            continued.
        options: The user's options.

    Raises:
        MissingFile: There is no finished batch.
        Misused: The batch has no reports in JSON Lines, or the folder holds something else.
    """
    take_back(out)
    _require_ours(out)
    if not (folder / "reports.jsonl").is_file() and (folder / "datapackage.json").is_file():
        raise Misused(f"{folder}: 没有 reports.jsonl，请再运行一次 batch（不会重读）")
    draft = draft_of(out)
    shutil.rmtree(draft, ignore_errors=True)
    try:
        summary = _draw(folder, draft, out, options or SiteOptions())
        swap_in(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return summary


def _require_ours(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Misused(f"{out}: 不是文件夹")
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).is_file():
        raise Misused(f"{out}: 里面有别的文件，不是以前建的网站，请另给一个文件夹")


def _draw(folder: Path, draft: Path, out: Path, options: SiteOptions) -> SiteSummary:
    with load(folder) as tables:
        held = holdings_of(tables)
        shutil.copytree(_STATIC, draft / "static")
        write_english(draft)
        files = write_data(folder, draft, tables)
        about = _about(options, held)
        originals = places_of_originals(tables, options.originals) if options.originals else None
        history = next_history(load_history(out), out, tables, held, digest_of(files), about.date)
    write_history(draft, history)
    about = structs.replace(about, build=history.now.number)
    write_descriptions(draft, files, held, about)
    has_feed = write_feed(draft, held.reports, about.title, about.url, history.amended())
    shared = {
        "has_feed": has_feed,
        "has_questions": bool(options.duckdb),
        "site_title": about.title,
        "note": about.note,
    }
    pages = Pages(draft, shared | {"states": tuple(words_of("state"))})
    draw_lists(pages, held, files, history, about)
    if options.duckdb:
        write_questions(pages, draft, options.duckdb)
    draw_agencies(pages, draft, held)
    workers = options.workers or os.cpu_count() or 1
    index = draw_reports(folder / "reports.jsonl", draft, pages, held, workers, originals)
    index.write(draft / "search")
    changed = sum(change.build == history.now.number for change in history.changes)
    return SiteSummary(
        len(held.reports), len(held.bodies), len(held.nameless()), has_feed, history.now.number, changed
    )


def _about(options: SiteOptions, held: Holdings) -> AboutSite:
    url = f"{options.url.rstrip('/')}/" if options.url else None
    newest = max((report.dated for report in held.reports if report.dated), default=None)
    return AboutSite(options.title, options.note, url, options.date or newest, options.license)
