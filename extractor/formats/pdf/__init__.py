"""PDF with a text layer, read through pdfium."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import create_string_buffer
from functools import partial
from io import BytesIO

import pypdfium2
from pypdfium2 import raw

from extractor.document import Document, Locator, Notice, Source
from extractor.errors import Encrypted, Unreadable
from extractor.formats.layout import compose
from extractor.formats.layout.model import PageGrid, PageLine
from extractor.formats.layout.told import layer_notice, unpainted_notice
from extractor.formats.ocr import hint
from extractor.formats.ocr.text import PageText, blocks_of, with_readings
from extractor.formats.pdf import miner, oxide
from extractor.formats.pdf.attached import AttachedFile, attached_files, with_attached
from extractor.formats.pdf.foreign import may_be_foreign, read_foreign
from extractor.formats.pdf.page import PageReading, read_page, read_page_unless
from extractor.formats.pdf.plumber import lines_and_grids
from extractor.formats.pdf.scans import recognize_page, speaks_of_other_things, wants_recognition
from extractor.formats.pdf.second import SecondTask, plain_task, remember_plain_pages, sheet_of
from extractor.formats.pdf.touched import TouchedText, can_be_read_apart, recognize_touched, with_touched
from extractor.formats.pdf.unpacked import MOST_UNPACKED, unpacks_to_too_much
from extractor.pdfium import one_thread_at_a_time

MOST_PAGES = 3000
_TAIL = 4096  # the last bytes of the file, which must contain the end mark
_METADATA = {"Title": "title", "Author": "author", "CreationDate": "creationdate"}


@one_thread_at_a_time
def read(source: Source, is_wanted: Callable[[str], bool] | None = None) -> Document:
    """Read a PDF: paragraphs and tables from the positions of its characters and lines.

    Args:
        source: The bytes.
        is_wanted: Decides from the text whether pictures are read as well, and whether a file that is not in
            Chinese is read at all beyond its text. None: they are.

    Raises:
        Encrypted: a password is needed to open it.
        Unreadable: damaged, cut short, no PDF, or too large.
    """
    document, attached = _read_pages(source, is_wanted)
    return with_attached(document, source, attached) if attached else document


def _read_pages(
    source: Source, is_wanted: Callable[[str], bool] | None
) -> tuple[Document, list[AttachedFile]]:
    """Return the content of the pages, and the attached files."""
    with _open_pdf(source) as pdf:
        metadata = _metadata(pdf)
        first = read_page_unless(pdf, 1, source.name, is_wanted and partial(may_be_foreign, metadata))
        if first is None and is_wanted is not None:
            paragraphs = read_foreign(pdf, source.name, metadata, is_wanted)
            if paragraphs is not None:
                return Document("pdf", tuple(paragraphs), metadata), []
        readings = [first or read_page(pdf, 1, source.name)]
        readings += [read_page(pdf, number, source.name) for number in range(2, len(pdf) + 1)]
        passed_over = is_wanted is not None and speaks_of_other_things(readings, is_wanted)
        contents: list[tuple[list[PageLine], list[PageGrid]]] = []
        notices: list[Notice] = []
        scans: list[PageText] = []
        touched: list[TouchedText] = []
        own: list[PageReading] = []  # the pages that are read from their own text
        for reading in readings:
            text = None if passed_over else recognize_page(pdf, reading, source.name)
            if not passed_over and can_be_read_apart(reading):
                touched += [each for each in [recognize_touched(pdf, reading, source.name)] if each]
            kept = [] if text and wants_recognition(reading) else [reading.ink]
            own += [reading] if kept else []
            contents.append(blocks_of([*kept, *([text.ink] if text else [])]))
            notices += _notices(reading) if kept else _notice_of_digits(reading)
            if text:
                if reading.unplain.unproven:
                    text.ink.doubts.update((glyph.order, "text-layer") for glyph in text.ink.glyphs)
                scans.append(text)
                notices += text.notices
        remember_plain_pages(source.data, own)
        blocks, joins = compose(contents)
        told = with_readings(blocks, scans) if scans else tuple(blocks)
        told = with_touched(told, touched) if touched else told
        return Document("pdf", told, metadata, (*notices, *joins)), attached_files(pdf)


@one_thread_at_a_time
def reread(source: Source, pages: frozenset[int] | None = None) -> Document:
    """Read a PDF independently of `read`: with pdfplumber, or with pdf_oxide if only some pages are given.

    Raises:
        MissingDependency: pdfplumber is not installed.
        Encrypted: a password is needed to open it.
        Unreadable: damaged, cut short, or no PDF.
    """
    task = (plain_task(source, pages) if pages else None) or _second_task(source, pages)
    parsed = oxide.parsed_pages(task.data, task.sheets) if pages and task.level else None
    if parsed is None:
        return miner.read(Source(source.name, task.data), task.sheets)
    plumber = miner.pdfplumber_module()
    contents = [lines_and_grids(plumber, page, task.sheets[page.page_number]) for page in parsed]
    return Document("pdf", tuple(compose(contents)[0]))


def _second_task(source: Source, pages: frozenset[int] | None) -> SecondTask:
    """Read pages, all if None, to tell the second reader about them."""
    with _open_pdf(source) as pdf:
        wanted = sorted(pages) if pages else range(1, len(pdf) + 1)
        readings = [read_page(pdf, number, source.name) for number in wanted if number <= len(pdf)]
        annotated = any(reading.unplain.annotated for reading in readings)
        shown = _saved(pdf) if annotated else source.data
    level = not any(reading.ink.turn or reading.ink.tilt for reading in readings)
    return SecondTask(shown, {reading.ink.page: sheet_of(reading) for reading in readings}, level)


def _saved(pdf: pypdfium2.PdfDocument) -> bytes:
    """Return the bytes of a document with its annotations drawn into the pages."""
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _refuse_cut(source: Source) -> None:
    """Raise Unreadable for a truncated file: PDF readers repair it silently and lose pages."""
    if b"%%EOF" not in source.data[-_TAIL:]:
        raise Unreadable(f"{source.name}: PDF 文件不完整，结尾的部分缺失")


@contextmanager
def _open_pdf(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    _refuse_cut(source)
    if unpacks_to_too_much(source.data):
        size = MOST_UNPACKED >> 20
        raise Unreadable(f"{source.name}: 里面有压缩的内容，展开后超过了 {size} MiB 的上限")
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Encrypted(f"{source.name}: 文件有密码，去掉密码后再试") from error
        if error.err_code == raw.FPDF_ERR_SECURITY:
            raise Encrypted(f"{source.name}: 文件的加密方式不受支持，去掉加密后再试") from error
        raise Unreadable(f"{source.name}: 不是完整的 PDF 文件，打不开") from error
    try:
        if len(pdf) == 0:
            raise Unreadable(f"{source.name}: PDF 文件没有可读的页")
        if len(pdf) > MOST_PAGES:
            raise Unreadable(f"{source.name}: 有 {len(pdf)} 页，超过了 {MOST_PAGES} 页的上限")
        yield pdf
    finally:
        pdf.close()


def _metadata(pdf: pypdfium2.PdfDocument) -> dict[str, str]:
    values = {name: _information(pdf, key).strip() for key, name in _METADATA.items()}
    return {name: value for name, value in values.items() if value}


def _information(pdf: pypdfium2.PdfDocument, key: str) -> str:
    """Return a text of the Info dictionary; damaged characters are replaced."""
    length = raw.FPDF_GetMetaText(pdf.raw, key.encode(), None, 0)
    buffer = create_string_buffer(length)
    raw.FPDF_GetMetaText(pdf.raw, key.encode(), buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _notices(reading: PageReading) -> list[Notice]:
    """Return the notices about one page."""
    ink = reading.ink
    page = Locator(page=ink.page)
    found = []
    if not any(not glyph.text.isspace() for glyph in ink.glyphs) and reading.pictured:
        found.append(Notice("page-without-text", f"第{ink.page}页没有文字层，只有图像或图形{hint()}", page))
    if reading.unmapped:
        useless = hint() if wants_recognition(reading) else ""
        message = f"第{ink.page}页有{reading.unmapped}个字符没有对应的文字编码{useless}"
        found.append(Notice("unmapped-characters", message, page))
    if reading.invisible:
        message = f"第{ink.page}页的文字是图像上的隐藏文字层，可能出自文字识别"
        found.append(Notice("invisible-text", message, page))
    found += _notice_of_digits(reading)
    if reading.unplain.hidden:
        found.append(unpainted_notice(ink.page, reading.unplain.hidden))
    if reading.unplain.aslant:
        message = f"第{ink.page}页有{reading.unplain.aslant}个字斜着排，当作水印，没有读入正文"
        found.append(Notice("slanted-text", message, page))
    if reading.unplain.layered and not reading.invisible:
        found.append(layer_notice(ink.page))
    if reading.crowded:
        message = f"第{ink.page}页的图形过多，没有从中寻找表格线"
        found.append(Notice("too-many-paths", message, page))
    return found


def _notice_of_digits(reading: PageReading) -> list[Notice]:
    if not reading.unplain.unproven:
        return []
    page = reading.ink.page
    message = f"第{page}页有{reading.unplain.unproven}个数字的文字编码与画出的字形不符，没有采用"
    return [Notice("digits-not-as-drawn", message, Locator(page=page))]
