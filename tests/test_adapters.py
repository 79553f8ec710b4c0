"""Every format that can be read has a sample here, is told by its bytes, and breaks in a sentence only."""

import io
import zipfile
from importlib import import_module

import pytest

from extractor.document import Document, Source
from extractor.errors import ExtractorError
from extractor.formats import ADAPTERS, READABLE, read_document
from extractor.formats.sniff import sniff
from scripts.corpus.registry import LAYOUTS
from scripts.corpus.samples import draft_of, sample_of


def drawn(format_name: str) -> bytes:
    """Return a whole report in a format that the project draws."""
    layout = next(layout for layout in LAYOUTS.values() if layout.format == format_name)
    return layout.render(draft_of(sample_of(layout, layout.editions[0], 1))).data


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return stream.getvalue()


def mail() -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return head + "<p>云岭县档案局2023年政府信息公开工作年度报告</p>".encode()


DRAWN = ("html", "docx", "pdf", "text", "ofd")
# Whole reports where the project draws the format, else the first bytes by which it is told.
SAMPLES = {
    **{name: drawn(name) for name in DRAWN},
    "mhtml": mail(),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rtf": b"{\\rtf1 x",
    "odf": zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<x/>"),
    "xlsx": zipped(xl__workbook_xml="<x/>"),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "jpeg": b"\xff\xd8\xff\xe0" + bytes(40),
    "tiff": b"II*\x00" + bytes(40),
    "bmp": b"BM" + bytes(40),
    "gif": b"GIF89a" + bytes(40),
    "webp": b"RIFF" + bytes(4) + b"WEBP" + bytes(40),
}
# Those that LibreOffice reads are tried with it in tests/formats/test_office*.py.
CONVERTED = {name for name, adapter in ADAPTERS.items() if adapter.module == "office"}


def test_every_format_has_a_sample() -> None:
    assert set(SAMPLES) == set(ADAPTERS)


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_format_is_told_by_its_bytes_and_has_a_reader(name: str) -> None:
    assert sniff(SAMPLES[name]) == name
    assert callable(import_module(f"extractor.formats.{ADAPTERS[name].module}").read)
    told = {"ole": "doc", "odf": "odt"}.get(name, name)
    assert told in READABLE.split("、")


@pytest.mark.parametrize("name", [*DRAWN, "mhtml"])
def test_a_whole_file_is_read(name: str) -> None:
    document = read_document(Source(f"report.{name}", SAMPLES[name]))
    assert isinstance(document, Document)
    assert document.format == {"mhtml": "html"}.get(name, name)  # as what is in it
    assert "年度报告" in document.text or any("年度报告" in getattr(b, "text", "") for b in document.blocks)


@pytest.mark.parametrize("name", sorted(set(ADAPTERS) - CONVERTED))
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_read_or_refused_in_a_sentence(name: str, part: float) -> None:
    data = SAMPLES[name][: max(12, int(len(SAMPLES[name]) * part))]
    refusal = ""
    try:
        read_document(Source(f"report.{name}", data))
    except ExtractorError as error:
        refusal = str(error)
    assert refusal == "" or refusal.startswith(f"report.{name}: ")
