"""Reads pages with pdfplumber, which uses pdfminer: slow, and entirely in Python."""

import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from types import ModuleType
from typing import Any

from extractor.document import Document, Notice, Source
from extractor.errors import Encrypted, MissingDependency, Unreadable
from extractor.formats.layout import compose
from extractor.formats.layout.model import Ink
from extractor.formats.pdf.parsed import ParsedPage
from extractor.formats.pdf.plumber import NEAR, lines_and_grids
from extractor.formats.pdf.plumber_told import metadata_of, notices_of

# All exceptions of pdfminer for damaged files besides its own.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read(source: Source, sheets: Mapping[int, Ink | None]) -> Document:
    """Read with pdfplumber those pages of a PDF that have an entry in `sheets`.

    The entry contains the page's characters that are hidden, struck out or doubtful; None if its text is not
    what is displayed.

    Raises:
        MissingDependency: pdfplumber is not installed.
        Encrypted: a password is needed to open it.
        Unreadable: damaged, cut short, or no PDF.
    """
    plumber = pdfplumber_module()
    notices: list[Notice] = []
    contents = []
    with _open_pdf(plumber, source) as pdf:
        for page in pdf.pages:
            if page.page_number not in sheets:
                continue
            contents.append(lines_and_grids(plumber, _parsed(page), sheets[page.page_number]))
            notices += notices_of(page)
            page.close()
        metadata = metadata_of(pdf)
    blocks, joins = compose(contents)
    return Document("pdf", tuple(blocks), metadata, (*notices, *joins))


def pdfplumber_module() -> ModuleType:
    """Return pdfplumber, with its log messages turned off.

    Raises:
        MissingDependency: It is not installed.
    """
    try:
        import pdfplumber
    except ImportError as error:
        raise MissingDependency("第二遍读 PDF 需要 pdfplumber：pip install pdfplumber") from error
    # Its log messages about unusual files would otherwise go to standard error.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    module: ModuleType = pdfplumber
    return module


@contextmanager
def _open_pdf(plumber: ModuleType, source: Source) -> Iterator[Any]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException

    damaged = f"{source.name}: 不是完整的 PDF 文件，打不开"
    try:
        with plumber.open(BytesIO(source.data)) as pdf:
            if not pdf.pages:
                raise Unreadable(f"{source.name}: PDF 文件没有可读的页")
            yield pdf
    except plumber.utils.exceptions.PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Encrypted(f"{source.name}: 文件有密码，去掉密码后再试") from error
        raise Unreadable(damaged) from error
    except (PSException, plumber.utils.exceptions.MalformedPDFException, *_DAMAGE) as error:
        raise Unreadable(damaged) from error


def _parsed(page: Any) -> ParsedPage:
    edges = page.filter(_may_rule).edges
    return ParsedPage(page.page_number, page.bbox, page.dedupe_chars(tolerance=1).chars, edges)


def _may_rule(item: dict[str, Any]) -> bool:
    """Return whether an object may be a rule; areas that are only filled are backgrounds."""
    if item["object_type"] not in ("rect", "curve", "line"):
        return True
    if item["stroke"]:
        return True
    return bool(item["fill"] and min(item["width"], item["height"]) <= NEAR)
