"""Notices about page content that pdfplumber does not read, and the metadata of the file."""

from typing import Any

from extractor.document import Locator, Notice
from extractor.patterns import kept_pattern

_UNMAPPED = kept_pattern(r"\(cid:\d+\)|\ufffd|[\ue000-\uf8ff]")


def notices_of(page: Any) -> list[Notice]:
    """Return the notices about one page."""
    number = page.page_number
    text = "".join(char["text"] for char in page.chars)
    found = []
    if not text.strip() and (page.images or page.edges or page.curves):
        message = f"第{number}页没有文字层，只有图像或图形"
        found.append(Notice("page-without-text", message, Locator(page=number)))
    unmapped = len(_UNMAPPED.findall(text))
    if unmapped:
        message = f"第{number}页有{unmapped}个字符没有对应的文字编码"
        found.append(Notice("unmapped-characters", message, Locator(page=number)))
    return found


def metadata_of(pdf: Any) -> dict[str, str]:
    """Return the information dictionary of a file as text."""
    raw = pdf.doc.info[0] if pdf.doc.info else {}
    values = {
        key.lower(): _text_of_string(raw.get(key)).strip() for key in ("Title", "Author", "CreationDate")
    }
    return {name: value for name, value in values.items() if value}


def _text_of_string(value: Any) -> str:
    """Decode a PDF text string; some programs write UTF-16 in the wrong byte order."""
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    data = resolve1(value)
    if isinstance(data, bytes) and data.startswith(b"\xff\xfe"):
        return data.decode("utf-16", "replace")
    return str(decode_text(data)) if isinstance(data, bytes) else ""
