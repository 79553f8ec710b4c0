"""The doubtful cells of many reports in one list; first those that determine most others. With pictures."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from extractor.document import Locator, Source
from extractor.errors import ExtractorError
from extractor.messages import translated
from extractor.report import Report
from extractor.review.drawn import text
from extractor.review.pictures import pictures_of_places
from extractor.review.shell import framed, source_hash, style_of_pages
from extractor.rules.doubtful import DoubtfulCell, doubtful_cells
from extractor.rules.wording import place_in_words
from extractor.words import Language, said

MOST_CELLS = 300  # on one page


class QueuedCell(Struct, frozen=True):
    """A doubtful cell and its report."""

    document: str  # sha256
    name: str  # name of the file
    agency: str
    year: int | None
    doubt: DoubtfulCell


def queue_of(reports: Iterable[Report]) -> list[QueuedCell]:
    """Return the doubtful cells of all reports; first those that determine most others."""
    queued = []
    for report in reports:
        agency = report.issuer.name or report.issuer.printed or "机关不明"
        source = report.source
        queued += [
            QueuedCell(source.document, source.name, agency, report.year, doubt)
            for doubt in doubtful_cells(report)
        ]
    return sorted(queued, key=lambda each: (-each.doubt.settles, each.agency, each.year or 0))


def pictures_of(
    queued: Sequence[QueuedCell], report_of: Mapping[str, Report], source_of: Callable[[str], Source]
) -> dict[tuple[str, str], bytes]:
    """Return a picture of each cell that is on a page, by document and cell.

    Documents that can no longer be opened are omitted.

    Args:
        queued: The cells.
        report_of: The report of each document.
        source_of: Returns the bytes of a document; raises ExtractorError if they are missing.
    """
    found: dict[tuple[str, str], bytes] = {}
    by_document: dict[str, dict[str, Locator]] = {}
    for each in queued:
        if each.doubt.locator.bbox is not None:
            by_document.setdefault(each.document, {})[each.doubt.cell] = each.doubt.locator
    for document, places in by_document.items():
        try:
            drawn = pictures_of_places(source_of(document), report_of[document], places)
        except ExtractorError:
            continue
        found |= {(document, cell): picture for cell, picture in drawn.items()}
    return found


def queue_page(
    queued: Sequence[QueuedCell],
    pictures: Mapping[tuple[str, str], bytes],
    language: Language = "zh",
    address_of: Callable[[QueuedCell], str] | None = None,
    list_at: str | None = None,
) -> bytes:
    """Return the page of a queue as UTF-8 HTML that runs nothing.

    Args:
        queued: The cells, the first first.
        pictures: Of pictures_of().
        language: Of the page.
        address_of: Where a cell is corrected; None where that is nowhere.
        list_at: The address of the list of documents; None where there is none.
    """
    items = [
        _item(each, pictures.get((each.document, each.doubt.cell)), language, address_of)
        for each in queued[:MOST_CELLS]
    ]
    rest = f"<p>+{len(queued) - MOST_CELLS}</p>" if queued[MOST_CELLS:] else ""
    title, count = said("queue", language), text(said("queue-count", language) % len(queued))
    body = f"<ol>{''.join(items)}</ol>{rest}" if items else f"<p>{text(said('queue-none', language))}</p>"
    back = f'<p><a href="{text(list_at)}">{text(said("back-to-list", language))}</a></p>' if list_at else ""
    head = f"<header><h1>{text(title)}</h1><p>{count}</p>{back}</header>"
    return framed(title, f"{head}<main>{body}</main>", policy_of_queue(), language, "queue")


def policy_of_queue() -> str:
    """Return the Content-Security-Policy of the page: nothing may run."""
    style = source_hash(style_of_pages())
    return f"default-src 'none'; img-src data:; style-src '{style}'; base-uri 'none'"


def _item(
    each: QueuedCell,
    picture: bytes | None,
    language: Language,
    address_of: Callable[[QueuedCell], str] | None,
) -> str:
    doubt = each.doubt
    label = text(translated(doubt.label, language))
    if address_of:
        label = f'<a href="{text(address_of(each))}">{label}</a>'
    image = ""
    if picture:
        data = b64encode(picture).decode("ascii")
        image = f'<img alt="{text(doubt.raw)}" src="data:image/png;base64,{data}">'
    colon = said("colon", language)
    asked = said("comma", language).join(map(str, doubt.sums_say))
    lines = [f"{text(said('printed', language))}{colon}“{text(doubt.raw)}”"] if doubt.raw.strip() else []
    lines += [text(translated(reading, language)) for reading in doubt.readings]
    lines += [f"{text(said('sums-say', language))}{colon}{text(asked)}"] if asked else []
    agency, place = (translated(told, language) for told in (each.agency, place_in_words(doubt.locator)))
    where = said("bar", language).join((agency, str(each.year or "?"), each.name, place))
    return (
        f"<li><b>{label}</b> <small>{text(said('queue-settles', language) % doubt.settles)}</small>"
        f"<p><small>{text(where)}</small></p>{image}{''.join(f'<p>{line}</p>' for line in lines)}</li>"
    )
