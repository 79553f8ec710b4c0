"""What the benchmark compares with: the bare parsers, and the scripts that users write instead."""

import io
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from scripts.corpus.registry import LAYOUTS
from scripts.corpus.samples import draft_of, draw_samples

Run = Callable[[bytes], object]


def floors(kind: str) -> dict[str, Run]:
    """Return the bare parsers of a format: below them nobody can go."""
    return {
        "html": {"lexbor": _lexbor, "lxml": _lxml_html},
        "docx": {"zipfile + lxml": _zip_and_lxml},
        "pdf": {"pdfium 字符与线": _pdfium},
        "text": {},
    }[kind]


def users(kind: str) -> dict[str, Run]:
    """Return what a user would write, as far as the packages are installed."""
    known: dict[str, dict[str, tuple[str, Run]]] = {
        "html": {
            "BeautifulSoup(html.parser)": ("bs4", _soup("html.parser")),
            "BeautifulSoup(lxml)": ("bs4", _soup("lxml")),
            "pandas.read_html": ("html5lib", _read_html),
            "markitdown": ("markitdown", _markitdown(".html")),
        },
        "docx": {
            "python-docx tables": ("docx", _python_docx),
            "markitdown": ("markitdown", _markitdown(".docx")),
        },
        "pdf": {
            "pdfplumber": ("pdfplumber", _pdfplumber),
            "camelot": ("camelot", _camelot),
            "markitdown": ("markitdown", _markitdown(".pdf")),
            "kreuzberg": ("kreuzberg", _kreuzberg),
        },
        "text": {},
    }
    return {name: run for name, (package, run) in known[kind].items() if find_spec(package)}


def lengthened(kind: str, times: int) -> bytes:
    """Return a generated report whose prose and whose other tables are `times` as long."""
    name = {"html": "html-plain", "docx": "docx-plain", "pdf": "pdf-ruled", "text": "text-tabs"}[kind]
    sample = next(s for s in draw_samples(100, 1) if s.layout == name)
    data = LAYOUTS[name].render(draft_of(sample)).data
    return _LENGTHEN[kind](data, times)


def _longer_html(data: bytes, times: int) -> bytes:
    row = "<tr><td>科室</td><td>公开条数</td><td>12</td></tr>"
    block = "<p>本机关按月检查栏目，更新目录，答复来电。</p>" * 40 + f"<table>{row * 120}</table>"
    text = data.decode("utf-8")
    at = text.rfind("</body>")
    return (text[:at] + block * (3 * times) + text[at:]).encode()


def _longer_text(data: bytes, times: int) -> bytes:
    return data + ("本机关按月检查栏目，更新目录，答复来电。\n" * (400 * times)).encode()


def _longer_docx(data: bytes, times: int) -> bytes:
    import docx

    document = docx.Document(io.BytesIO(data))
    for _ in range(60 * times):
        document.add_paragraph("本机关按月检查栏目，更新目录，答复来电。")
    xml = document.element.body
    from copy import deepcopy

    table = document.tables[0]._tbl
    for _ in range(3 * times):
        xml.append(deepcopy(table))
        document.add_paragraph("其他")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _longer_pdf(data: bytes, times: int) -> bytes:
    import pypdfium2

    out = pypdfium2.PdfDocument.new()
    one = pypdfium2.PdfDocument(data)
    for _ in range(times):
        out.import_pages(one)
    target = io.BytesIO()
    out.save(target)
    return target.getvalue()


_LENGTHEN: dict[str, Callable[[bytes, int], bytes]] = {
    "html": _longer_html,
    "text": _longer_text,
    "docx": _longer_docx,
    "pdf": _longer_pdf,
}


def _lexbor(data: bytes) -> object:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(data)


def _lxml_html(data: bytes) -> object:
    from lxml import html

    return html.document_fromstring(data)


def _zip_and_lxml(data: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def _pdfium(data: bytes) -> object:
    import ctypes

    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(data)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    segments = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        for index in range(raw.FPDFText_CountChars(text.raw)):
            raw.FPDFText_GetUnicode(text.raw, index)
            raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
        for index in range(raw.FPDFPage_CountObjects(page.raw)):
            thing = raw.FPDFPage_GetObject(page.raw, index)
            if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
                segments += _segments(thing)
        text.close()
        page.close()
    document.close()
    return segments


def _segments(path: Any) -> int:
    import ctypes

    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    count: int = raw.FPDFPath_CountSegments(path)
    for index in range(count):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, index), x, y)
    return count


def _soup(features: str) -> Run:
    def run(data: bytes) -> object:
        from bs4 import BeautifulSoup

        return BeautifulSoup(data, features)

    return run


def _read_html(data: bytes) -> object:
    import pandas

    try:
        return pandas.read_html(io.BytesIO(data), flavor="bs4", encoding="utf-8")
    except (ValueError, ImportError):
        return None


def _python_docx(data: bytes) -> object:
    import docx

    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def _pdfplumber(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_tables(), page.extract_text()) for page in pdf.pages]


def _camelot(data: bytes) -> object:
    import tempfile

    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return camelot.read_pdf(file.name, pages="all")


def _markitdown(suffix: str) -> Run:
    def run(data: bytes) -> object:
        from markitdown import MarkItDown

        return MarkItDown().convert_stream(io.BytesIO(data), file_extension=suffix)

    return run


def _kreuzberg(data: bytes) -> object:
    import kreuzberg

    return kreuzberg.extract_bytes_sync(data, "application/pdf")
