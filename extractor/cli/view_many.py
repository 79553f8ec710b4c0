"""Review pages of many reports in one folder with an index: for folders, archives and batch results."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.batch import Harvest, Limits, Settings, run_batch
from extractor.batch.again import bytes_again
from extractor.batch.run import JOURNAL
from extractor.cli.batch_progress import progress_watcher
from extractor.cli.language import current_language
from extractor.cli.limits import MEBIBYTES, SECONDS, BoundedWork
from extractor.cli.output import write_file
from extractor.cli.terminal import say
from extractor.disk import writing_to
from extractor.document import Source
from extractor.document_id import name_of_report
from extractor.errors import ExitCode, ExtractorError, MissingFile
from extractor.outcome import FAILURES, OK, DocumentPlace
from extractor.patterns import kept_pattern
from extractor.report import Report
from extractor.review import Desk, IndexedReport, draw_source, index_page, most_urgent_first, page_of_drawn
from extractor.rules import Rule
from extractor.rules.standing import Examined, examine_together

INDEX = "index.html"
_LONGEST_NAME = 60  # characters of a page's name taken from the file's name


class _ReadReport(Struct, frozen=True):
    """A report and the place of its bytes."""

    report: Report
    place: DocumentPlace


def write_review_pages(names: Sequence[str], out: str, own: Sequence[Rule] = ()) -> ExitCode:
    """Write a review page for each report, and an index with the needed actions.

    If a page cannot be drawn, because the file is gone or too large, it is named and has no link.

    Returns:
        OK; PARTIAL_BATCH if something could not be read or drawn.

    Raises:
        MissingFile: Nothing could be read.
        CannotWrite: The folder cannot be written to.
    """
    folder = Path(out)
    with writing_to(out):
        folder.mkdir(parents=True, exist_ok=True)
    with _harvest_of(names) as harvest:
        held, refused = _contents(harvest)
        examined = most_urgent_first(examine_together([each.report for each in held], None, own))
        places = {each.report.source.name: each.place for each in held}
        indexed = list(_write_pages(examined, places, folder))
    write_file(folder / INDEX, index_page(indexed, refused, current_language()))
    say(f"已写 {len([each for each in indexed if each.address])} 份的核对页；打开 {folder / INDEX}")
    return ExitCode.OK if not refused and all(each.address for each in indexed) else ExitCode.PARTIAL_BATCH


@contextmanager
def _harvest_of(names: Sequence[str]) -> Iterator[Harvest]:
    """Yield the harvest of a batch over these inputs: an existing one, or one made for this purpose."""
    if len(names) == 1 and (Path(names[0]) / JOURNAL).is_dir():
        yield Harvest(Path(names[0]) / JOURNAL)
        return
    with tempfile.TemporaryDirectory(prefix="extractor-") as folder:
        with progress_watcher(quiet=False) as watch:
            batch = run_batch(list(names), Path(folder), Settings(), watch)
        if not batch.harvest.sightings:
            raise MissingFile(f"{'、'.join(names)}: 没有找到可读的文件；能读哪些见 extractor doctor")
        yield batch.harvest


def _contents(harvest: Harvest) -> tuple[list[_ReadReport], list[tuple[str, str]]]:
    """Return the reports with the place where each was found, and what could not be read."""
    held, refused = [], []
    decoder = msgspec.json.Decoder(Report)
    for outcome, data in harvest.reports():
        if outcome.code == OK:
            report = decoder.decode(data)
            source = msgspec.structs.replace(
                report.source, name=name_of_report(str(outcome.place), outcome.document)
            )
            held.append(_ReadReport(msgspec.structs.replace(report, source=source), outcome.place))
        else:
            refused.append((str(outcome.place), outcome.message or FAILURES.get(outcome.code, "")))
    unopened = [each for each in harvest.sightings if each.document is None]
    refused += [(str(each.place), each.message or FAILURES.get(each.code, "")) for each in unopened]
    return held, sorted(refused)


def _write_pages(
    examined: Sequence[Examined], places: dict[str, DocumentPlace], folder: Path
) -> Iterator[IndexedReport]:
    """Write the pages one after another, each within the limits of reading."""
    addresses = [_page_name(number, each.report) for number, each in enumerate(examined, start=1)]
    with closing(BoundedWork(_page_of, SECONDS, MEBIBYTES)) as bounded:
        for at, each in enumerate(examined):
            desk = Desk(current_language(), links=_links(addresses, at))
            try:
                page = bounded((each, places[each.report.source.name], desk))
            except ExtractorError as error:
                say(f"{each.report.source.name}: {error}")
                yield IndexedReport(each)
                continue
            write_file(folder / addresses[at], page)
            yield IndexedReport(each, addresses[at])


def _page_of(given: tuple[Examined, DocumentPlace, Desk]) -> bytes:
    """Return the page of a report, if its file is still where it was read."""
    examined, place, desk = given
    report = examined.report
    source = Source(place.name, bytes_again(report.source.document, place, Limits()))
    return page_of_drawn(draw_source(source, report), report, examined.findings, desk)


def _links(addresses: Sequence[str], at: int) -> list[tuple[str, str]]:
    links = [("back-to-list", INDEX)]
    if at > 0:
        links.append(("previous-report", addresses[at - 1]))
    if at + 1 < len(addresses):
        links.append(("next-report", addresses[at + 1]))
    return links


def _page_name(number: int, report: Report) -> str:
    """Return a page name that is valid everywhere, numbered in the order of the index."""
    name = Path(report.source.name.replace("\\", "/")).name
    plain = kept_pattern(r"[^\w.-]").sub("_", name)[:_LONGEST_NAME]
    return f"{number:04d}-{plain}.html"
