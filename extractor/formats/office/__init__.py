"""Old Word, WPS and RTF files and spreadsheets, converted by LibreOffice and then read.

A text is converted to a Word file, with the locators of Word files. A spreadsheet is converted to a web page
with one table per sheet.
"""

from functools import lru_cache

from msgspec import structs

from extractor.document import Block, Document, Locator, Notice, Source, Table
from extractor.errors import Encrypted, Unreadable, UnsupportedFormat
from extractor.formats import docx, html
from extractor.formats.office.container import Container
from extractor.formats.office.program import convert
from extractor.formats.office.workbook import read_unplain
from extractor.formats.package import Package
from extractor.magic import magic_of

_FLAGS = 11  # offset of the high byte of a Word file's flags
_ENCRYPTED = 0x01
# Stream name in an OLE file → file extension. WPS writes the streams of Word; Works uses the same extension.
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "MatOST": "wps", "CONTENTS": "wps"}
_TO_WORD = "docx:MS Word 2007 XML"
_TO_PAGE = "html:HTML (StarCalc)"


def read(source: Source) -> Document:
    """Read a file through LibreOffice.

    Raises:
        MissingDependency: LibreOffice is not installed.
        Encrypted: the file has a password.
        Unreadable: it is damaged, or LibreOffice takes too long.
        UnsupportedFormat: neither a text nor a spreadsheet.
    """
    kind = _kind(source)
    if kind == "xlsx" and (unplain := read_unplain(source)):
        return unplain
    if kind in ("xls", "xlsx", "ods"):
        return _sheets(source)
    return structs.replace(docx.read(_as_word(source)), format="doc")


def reread(source: Source) -> Document | None:
    """Read the converted file with the second reader of its format. Raise as `read` does."""
    kind = _kind(source)
    if kind == "xlsx" and read_unplain(source):
        return None
    if kind in ("xls", "xlsx", "ods"):
        return _sheets(source)
    second = docx.reread(_as_word(source))
    return None if second is None else structs.replace(second, format="doc")


def _as_word(source: Source) -> Source:
    return structs.replace(
        source, data=_convert_once(source.data, _kind(source), _TO_WORD, "writer", source.name)
    )


@lru_cache(maxsize=1)
def _convert_once(data: bytes, kind: str, target: str, module: str, name: str) -> bytes:
    return convert(data, kind, target, module, name)


def _kind(source: Source) -> str:
    """Return the file extension that fits the bytes. Raise Encrypted if they need a password."""
    data = source.data
    if magic_of(data) == "rtf":
        if not data.rstrip(b" \t\r\n\x00\x1a").endswith(b"}"):
            raise Unreadable(f"{source.name}: RTF 文件不完整，结尾的部分缺失")
        return "rtf"
    if magic_of(data) == "zip":
        Package(source, "文件")  # the program that opens it now does not check how large it inflates
        if b"opendocument.spreadsheet" in data[:200]:
            return "ods"
        return "odt" if b"opendocument.text" in data[:200] else "xlsx"
    container = Container(data, source.name)
    if "EncryptedPackage" in container.streams or _is_locked(container):
        raise Encrypted(f"{source.name}: 文件有密码，去掉密码后再试")
    for stream, extension in _STREAMS.items():
        if stream in container.streams:
            return extension
    raise UnsupportedFormat(f"{source.name}: 不是文字或表格文件（OLE 容器里没有正文）")


def _is_locked(container: Container) -> bool:
    """Return whether the Word text in a container is encrypted, by the flags at its beginning."""
    beginning = container.beginning_of("WordDocument")
    return len(beginning) > _FLAGS and bool(beginning[_FLAGS] & _ENCRYPTED)


def _sheets(source: Source) -> Document:
    page = structs.replace(
        source, data=_convert_once(source.data, _kind(source), _TO_PAGE, "calc", source.name)
    )
    document = html.read(page)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    numbers = {id(table): number for number, table in enumerate(tables, 1)}
    blocks = tuple(_with_places_of_sheet(block, numbers.get(id(block))) for block in document.blocks)
    notices = tuple(structs.replace(notice, locator=Locator()) for notice in document.notices)
    message = f"电子表格有{len(tables)}张有内容的工作表，每张读作一个表格"
    return Document("doc", blocks, {}, (*notices, Notice("spreadsheet", message)))


def _with_places_of_sheet(block: Block, table: int | None) -> Block:
    """Replace a block's locator in the converted page by its place in the sheet."""
    if not isinstance(block, Table):
        return structs.replace(block, locator=Locator())
    cells = tuple(
        structs.replace(cell, locator=Locator(table=table, row=cell.row + 1, column=cell.column + 1))
        for cell in block.cells
    )
    return Table(cells, Locator(table=table), block.aligned)
