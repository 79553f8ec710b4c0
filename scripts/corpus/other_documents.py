"""Documents of other kinds that speak of disclosure, and reports that do not look like one at first."""

import html
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec import Struct, convert

from .docx_file import pack
from .render_docx import paragraph

FORMATS = ("text", "html", "docx", "pdf")

_HERE = Path(__file__).parent
_PLACES = ("青沅县", "柏陵县", "栖河县", "沐阳山县", "岚溪县", "云岭县")
_OFFICES = ("财政局", "水利局", "自然资源局", "卫生健康局", "交通运输局", "人民政府办公室", "司法局")


@cache
def texts_of_other_documents() -> dict[str, list[str]]:
    """Return the texts by kind, with places for agency, year and numbers."""
    return {**_read("other_documents.yaml"), **_read("other_documents_second.yaml")}


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))


def draw_other_documents(seed: int) -> Iterator[tuple[str, str]]:
    """Yield a name and the text of one document for every text of every kind."""
    random = Random(seed)
    for kind, texts in texts_of_other_documents().items():
        for number, text in enumerate(texts, 1):
            yield f"{kind}-{number}-{seed}", filled(text, random)


class PageBeginning(Struct, frozen=True):
    """The beginning of a report, and whose it is of which year."""

    agency: str
    year: int
    text: str


def page_beginnings() -> list[PageBeginning]:
    """Return beginnings of reports that tell agency and year each in another way."""
    return convert(_read("page_beginnings.yaml")["beginnings"], list[PageBeginning])


class UnusualReport(Struct, frozen=True):
    """A report and what must be read of it."""

    name: str
    text: str
    agency: str
    year: int


def draw_unusual_reports(seed: int) -> Iterator[UnusualReport]:
    """Yield one report for every text, and plain ones of agencies whose names sound like other kinds."""
    random = Random(seed)
    texts: dict[str, list[str]] = _read("unusual_reports.yaml")["reports"]
    for kind, each in texts.items():
        for number, text in enumerate(each, 1):
            yield _report(f"{kind}-{number}-{seed}", text, random, random.choice(_OFFICES))
    for office in _read("unusual_reports.yaml")["agencies"]:
        yield _report(f"agency-{office}-{seed}", texts["plain"][0], random, office)


def _report(name: str, text: str, random: Random, office: str) -> UnusualReport:
    place, year = random.choice(_PLACES), random.randint(2010, 2025)
    return UnusualReport(name, _filled(text, place, office, year, random), place + office, year)


def filled(text: str, random: Random) -> str:
    """Return a text with an agency, a year and numbers drawn for it."""
    return _filled(text, random.choice(_PLACES), random.choice(_OFFICES), random.randint(2010, 2025), random)


def _filled(text: str, place: str, office: str, year: int, random: Random) -> str:
    numbers = {name: random.randint(2, most) for name, most in (("n", 3000), ("m", 400), ("k", 9))}
    return text.format(p=place, a=place + office, y=year, z=year + 1, **numbers)


def set_as(kind: str, text: str) -> bytes:
    """Return a text as a document of one of FORMATS, its first line as the title."""
    lines = text.strip().split("\n")
    if kind == "text":
        return text.encode()
    if kind == "html":
        first, *rest = map(html.escape, lines)
        body = f"<h1>{first}</h1>" + "".join(f"<p>{line}</p>" for line in rest)
        head = f'<head><meta charset="utf-8"><title>{first}</title></head>'
        return f"<html>{head}<body><div class='article'>{body}</div></body></html>".encode()
    if kind == "docx":
        return pack("".join(map(paragraph, lines)))
    return _pdf(lines)


def _pdf(lines: list[str]) -> bytes:
    from .pdf_sheet import PdfManner, Sheet

    sheet = Sheet(PdfManner())
    sheet.title(lines[0])
    for line in lines[1:]:
        sheet.paragraph(line)
    return sheet.finish()
