"""When a report was published: as its page says, its metadata, its address, or the date it is signed with."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from extractor.document import NOWHERE, Document, Locator, Paragraph, Source
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.words import YEAR, fold, read_year
from extractor.report import Publication

_FIRST_YEAR = 2008  # the regulations came into force
_HEAD_BLOCKS = 12
_HEAD_CHARACTERS = 600  # characters of one block; on a page without line breaks the fields are at its front
_TAIL_BLOCKS = 8
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DATE = (
    rf"(?P<year>{YEAR})\s*[-年/.]\s*(?P<month>\d{{1,2}}|{_NUMERAL})\s*[-月/.]\s*"
    rf"(?P<day>\d{{1,2}}|{_NUMERAL})\s*日?"
)
_PRINTED = kept_pattern(_DATE)
# Dates of an update or of a page view are not dates of publication.
_LABELLED = late_pattern(
    r"(?:(?:发\s*布|公\s*开|公\s*布|发\s*表|录\s*入|上\s*传|信\s*息)\s*(?:时\s*间|日\s*期)|"
    rf"(?:^|[\s|】）])(?:时\s*间|日\s*期))\s*[：:|]?[\s|]*{_DATE}"
)
# In every match of the pattern above, and faster to search for.
_LABEL = kept_pattern(r"时\s*间|日\s*期")
_DATELINE = late_pattern(rf"[（(]?\s*{_DATE}(?:\s*\d\d:\d\d(?::\d\d)?)?\s*[）)]?")
# A signature's date is alone on its line or follows a name or sentence; after a label it is page data.
_SIGNED = kept_pattern(
    rf"(?:^|[。；！）\s局厅委府室处院心会办队所站馆行社校司署乡镇区县市省])\s*{_DATE}\s*(?:（盖章）)?$"
)
_LONGEST_SIGNATURE = 60  # characters
_ANNEX = late_pattern(r"(?<=日)\s*附[表件]\s*[：:\d一]")
_FIELD = late_pattern(r"[：:|]")
_IN_ADDRESS = kept_pattern(
    r"/t(?P<y1>20\d\d)(?P<m1>\d\d)(?P<d1>\d\d)_\d+\.|/art/(?P<y2>20\d\d)/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/|"
    r"/(?P<y3>20\d\d)-(?P<m3>\d\d)/(?P<d3>\d\d)/"
)
_FIELDS = ("发布日期", "pubdate")


def find_publication(document: Document, source: Source, begin: int) -> Publication | None:
    """Return the publication date and where it was found; visible text wins over page metadata.

    Args:
        document: The report.
        source: Its bytes and, where known, its address.
        begin: The first block after the title.
    """
    signed = next(_signed(document, begin), None)
    for told in (_printed(document, begin), _of_fields(document), _of_address(source.url)):
        for found in told:
            return Publication(found.date, found.locator, found.told_by, signed.date if signed else None)
    return Publication(signed.date, signed.locator, "signature", signed.date) if signed else None


def _printed(document: Document, begin: int) -> Iterator[Publication]:
    if value := document.metadata.get("发布日期", ""):
        yield from _publications(_PRINTED.search(value), document.places.get("发布日期", NOWHERE))
    for index, block in enumerate(document.blocks[: max(begin, _HEAD_BLOCKS)]):
        if isinstance(block, Paragraph):
            text = block.text[:_HEAD_CHARACTERS]
            yield from _publications(_labelled_date(text), block.locator)
            if 0 < index < begin:
                yield from _publications(_DATELINE.fullmatch(text.strip()), block.locator)
        else:
            line = "|".join(cell.text for cell in block.cells[:40])
            yield from _publications(_labelled_date(line), block.locator)


def _labelled_date(text: str) -> re.Match[str] | None:
    return _LABELLED.search(text) if _LABEL.search(text) else None


def _of_fields(document: Document) -> Iterator[Publication]:
    for name in _FIELDS:
        value = document.metadata.get(name, "")
        yield from _publications(_PRINTED.search(value), NOWHERE, "metadata")


def _of_address(url: str | None) -> Iterator[Publication]:
    found = _IN_ADDRESS.search(url or "")
    if found:
        numbers = [int(each) for each in found.groups() if each]
        if day := _day(*numbers):
            yield Publication(day, NOWHERE, "address")


def _signed(document: Document, begin: int) -> Iterator[Publication]:
    for block in reversed(document.blocks[max(begin, len(document.blocks) - _TAIL_BLOCKS) :]):
        if isinstance(block, Paragraph):
            for tail in _tails(block.text.rstrip()):
                found = _SIGNED.search(tail)
                if found and not _FIELD.search(tail, max(0, found.start() - 8)):
                    yield from _publications(found, block.locator, "signature")


def _tails(text: str) -> Iterator[str]:
    """Yield the ends of a text that may be a signature: its own, and that of what stands before an annex."""
    yield text[-_LONGEST_SIGNATURE:]
    annexes = list(_ANNEX.finditer(text))
    if annexes:
        end = annexes[-1].start()
        yield text[max(0, end - _LONGEST_SIGNATURE) : end].rstrip()


def _publications(
    found: re.Match[str] | None,
    locator: Locator,
    told_by: Literal["page", "metadata", "address", "signature"] = "page",
) -> Iterator[Publication]:
    if found and (day := _day(*(_number(found[part]) for part in ("year", "month", "day")))):
        yield Publication(day, locator, told_by)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) == 4 and text.startswith("二"):
        return read_year(fold(text))
    tens, ten, ones = text.partition("十")
    digits = "一二三四五六七八九"
    if not ten:
        return digits.find(text) + 1 if len(text) == 1 else 0
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST_YEAR else None
