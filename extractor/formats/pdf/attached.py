"""Files attached to a PDF: in a portfolio, the page is a cover sheet and the report is an attachment."""

from ctypes import byref, c_ulong, c_ushort, create_string_buffer
from typing import NamedTuple

import pypdfium2
from msgspec import structs
from pypdfium2 import raw

from extractor.document import Document, Notice, Source, Table
from extractor.errors import ExtractorError
from extractor.formats import read_document

MOST_ATTACHED = 200
_LARGEST = 100 << 20  # bytes
_LONGEST_NAME = 1024


_WITHIN = "!"  # separates the name of a file from that of a file inside it
_DEEPEST = 2  # levels of attached files
_NAMED = 5  # files that a notice names


class AttachedFile(NamedTuple):
    """A file inside a PDF."""

    name: str
    data: bytes


def attached_files(pdf: pypdfium2.PdfDocument) -> list[AttachedFile]:
    """Return the files attached to a document, in its order."""
    count = min(raw.FPDFDoc_GetAttachmentCount(pdf.raw), MOST_ATTACHED)
    found = []
    for index in range(count):
        item = raw.FPDFDoc_GetAttachment(pdf.raw, index)
        data = _data(item) if item else b""
        if data:
            found.append(AttachedFile(_name(item), data))
    return found


def _name(item: object) -> str:
    buffer = (c_ushort * _LONGEST_NAME)()
    length = raw.FPDFAttachment_GetName(item, buffer, 2 * _LONGEST_NAME)
    return bytes(buffer)[: max(min(length, 2 * _LONGEST_NAME) - 2, 0)].decode("utf-16-le", "replace")


def _data(item: object) -> bytes:
    length = c_ulong()
    if not raw.FPDFAttachment_GetFile(item, None, 0, byref(length)) or not 0 < length.value <= _LARGEST:
        return b""
    buffer = create_string_buffer(length.value)
    if not raw.FPDFAttachment_GetFile(item, buffer, length.value, byref(length)):
        return b""
    return buffer.raw


def with_attached(document: Document, source: Source, attached: list[AttachedFile]) -> Document:
    """Return the attached report if the document's own pages have no table, else the document.

    A notice says what was read, or which files are attached.
    """
    if not _has_table(document) and source.name.count(_WITHIN) < _DEEPEST:
        for file in attached:
            inner = _read_inside(source, file)
            if inner and _has_table(inner):
                notice = Notice("report-attached", f"正文在附件“{file.name}”里，读自其中")
                notices = (*document.notices, notice, *inner.notices)
                return structs.replace(inner, format=document.format, notices=notices)
    names = "、".join(file.name for file in attached[:_NAMED]) + (" 等" if len(attached) > _NAMED else "")
    where = "正文可能在附件里" if not _has_table(document) else "附件没有读取"
    code = "attachment-only" if not _has_table(document) else "attachments-unread"
    notice = Notice(code, f"PDF 带有 {len(attached)} 个附件，{where}：{names}")
    return structs.replace(document, notices=(*document.notices, notice))


def _read_inside(source: Source, file: AttachedFile) -> Document | None:
    try:
        return read_document(Source(f"{source.name}{_WITHIN}{file.name}", file.data))
    except ExtractorError:
        return None


def _has_table(document: Document) -> bool:
    return any(isinstance(block, Table) for block in document.blocks)
