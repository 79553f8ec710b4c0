"""From the folder of a batch to a site: drawn beside its place, and put there when it is whole."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.analysis import load
from extractor.errors import Misused
from extractor.report import Report, Section
from extractor.site.charts import line_chart
from extractor.site.data_files import copy_data, write_agency, write_dataset, write_feed
from extractor.site.holdings import HeldReport, Holdings, RegisteredBody, file_key, holdings_of
from extractor.site.pages import Pages
from extractor.site.printed import tables_of_page
from extractor.site.search_index import SearchIndex

_MARK = "site.json"  # a folder with this file is one of ours and may be replaced
_STATIC = Path(__file__).parent / "static"
_DECODER = msgspec.json.Decoder(Report)


class SiteSummary(Struct, frozen=True):
    """What a site has."""

    reports: int
    bodies: int
    nameless: int
    has_feed: bool


def build_site(folder: Path, out: Path) -> SiteSummary:
    """Build the site of a batch.

    Args:
        folder: The output folder of a batch, with Parquet.
        out: The folder of the site: new, empty, or a site from an earlier time, which is replaced.

    Raises:
        MissingFile: There is no finished batch.
        Misused: The batch has no reports in JSON Lines, or the folder holds something else.
    """
    _require_ours(out)
    lines = folder / "reports.jsonl"
    with load(folder) as tables:
        held = holdings_of(tables)
    if not lines.is_file():
        raise Misused(f"{folder}: 没有 reports.jsonl，请再运行一次 batch（不会重读）")
    draft = out.with_name(f".{out.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(_STATIC, draft / "static")
    try:
        has_feed = _draw(folder, lines, draft, held)
        if out.exists():
            shutil.rmtree(out)
        draft.replace(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return SiteSummary(len(held.reports), len(held.bodies), len(held.nameless()), has_feed)


def _require_ours(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Misused(f"{out}: 不是文件夹")
    if out.is_dir() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise Misused(f"{out}: 里面有别的文件，不是以前建的网站，请另给一个文件夹")


def _draw(folder: Path, lines: Path, draft: Path, held: Holdings) -> bool:
    files = copy_data(folder, draft)
    has_feed = write_feed(draft, held.reports)
    write_dataset(draft, files, held)
    pages = Pages(draft, {"has_feed": has_feed})
    _draw_lists(pages, held, files)
    for body in held.bodies:
        chart = line_chart(body.received(), held.years)
        pages.write(body.page, "agency.html", body=body, years=held.years, chart=chart)
        write_agency(draft, body)
    _draw_reports(lines, draft, pages, held)
    (draft / _MARK).write_bytes(b'{"made_by":"extractor site","version":1}\n')
    return has_feed


def _draw_lists(pages: Pages, held: Holdings, files: list[str]) -> None:
    regions = sorted({body.province or "" for body in held.bodies})
    by_region = [(name, f"region/{file_key(name)}.html", _bodies_in(held, name)) for name in regions]
    verdicts = sorted(Counter(report.verdict for report in held.reports).items())
    by_year = Counter(report.year for report in held.reports)
    pages.write("index.html", "index.html", held=held, verdicts=verdicts, by_year=by_year, regions=by_region)
    for name, address, bodies in by_region:
        trees: dict[str, list[RegisteredBody]] = {}
        for body in bodies:
            trees.setdefault(body.prefecture or "", []).append(body)
        pages.write(address, "region.html", name=name, trees=sorted(trees.items()), years=held.years)
    doubtful = [report for report in held.reports if report.verdict != "verified"]
    doubtful.sort(
        key=lambda report: (report.province or "", report.year or 0, report.agency or "", report.document)
    )
    for address, both, listed in (
        ("doubts.html", ("差错和疑问", "Errors and doubts"), doubtful),
        (
            "nameless.html",
            ("说不出是哪个机关的报告", "Reports of which nobody can tell whose they are"),
            held.nameless(),
        ),
    ):
        pages.write(address, "reports.html", title=both, reports=listed)
    pages.write("search.html", "search.html")
    pages.write("data.html", "data.html", files=files)


def _bodies_in(held: Holdings, province: str) -> list[RegisteredBody]:
    return [body for body in held.bodies if (body.province or "") == province]


def _draw_reports(lines: Path, draft: Path, pages: Pages, held: Holdings) -> None:
    known = {report.document: report for report in held.reports}
    agencies = {report.document: body for body in held.bodies for report in body.reports}
    api = draft / "api" / "v1" / "report"
    api.mkdir(parents=True)
    index = SearchIndex()
    for data in _lines(lines):
        report = _DECODER.decode(data)
        about = known.get(report.source.sha256)
        if about is None:
            continue
        (api / f"{about.document}.json").write_bytes(data)
        body = agencies.get(about.document)
        tables = tables_of_page(report)
        pages.write(about.page, "report.html", report=report, about=about, body=body, tables=tables)
        _add_to_index(index, about, report)
    index.write(draft / "search")


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line.rstrip(b"\n") for line in file if line.strip())


def _add_to_index(index: SearchIndex, about: HeldReport, report: Report) -> None:
    title = about.title or about.name
    below = " ".join(str(part) for part in (about.agency, about.year) if part)
    index.add(about.page, title, below, [title, below, *_texts(report.sections)])


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield section.heading
        yield section.text
        yield from _texts(section.sections)
