"""Saved web pages (MHTML) and mail (.eml): reads the page, or the attachment with the report.

A saved page is the first HTML part, or the frame in it that has the tables. Of a mail, the text is read if it
has tables; else the first attachment that has some. Pictures of tables are read from the saved page itself;
nothing is fetched.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from html import unescape

from msgspec import structs

from extractor.document import Document, Notice, Source, Table
from extractor.encoding import decode
from extractor.errors import ExtractorError, Unreadable
from extractor.formats import html, image, read_document, text
from extractor.patterns import kept_pattern

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_PARTS = 2000
_LINK = kept_pattern(r"<link\b[^>]*>", re.IGNORECASE)
_HREF = kept_pattern(r"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_MEDIA = kept_pattern(r"\smedia\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_SMALLEST_PICTURE = 2000  # bytes: smaller pictures are icons and rules


def read(source: Source) -> Document:
    """Read a saved page or a mail.

    Raises:
        Unreadable: it holds neither a page nor a text nor an attachment that can be read.
    """
    parts = list(_parts(source))
    sheets = dict(_style_sheets(parts))
    pages = [
        _with_pictures(html.read(_with_style_sheets(page, sheets)), parts, source)
        for page in _of_type(parts, source, *_PAGES)
    ]
    read_so_far = pages or [text.read(body) for body in _of_type(parts, source, "text/plain")]
    speaking = next((document for document in read_so_far if _has_table(document)), None)
    if speaking is not None:
        return speaking
    attached, failure = _attachments(parts, source)
    if attached is not None:
        return attached
    if read_so_far:
        return read_so_far[0]
    if failure is not None:
        raise failure
    raise Unreadable(f"{source.name}: 里面没有网页、正文或读得出的附件")


def _parts(source: Source) -> Iterator[Message]:
    """Yield the parts with content, including those of attached mails."""
    try:
        message = message_from_bytes(source.data.lstrip(), policy=default)
    except RecursionError as error:
        raise Unreadable(f"{source.name}: 部分里套部分，层数太多，不像保存的网页或邮件") from error
    waiting: list[Message] = [message]
    met = 0
    while waiting:
        met += 1
        if met > _MOST_PARTS:
            raise Unreadable(f"{source.name}: 有超过 {_MOST_PARTS} 个部分，不像保存的网页或邮件")
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting.extend(piece for piece in reversed(inner) if isinstance(piece, Message))
        else:
            yield part


def _of_type(parts: list[Message], source: Source, *types: str) -> Iterator[Source]:
    for part in parts:
        if part.get_content_type() in types and part.get_content_disposition() != "attachment":
            body, _ = decode(_bytes_of(part), part.get_content_charset())
            if body.strip():
                yield structs.replace(source, data=body.encode("utf-8-sig"))


def _style_sheets(parts: list[Message]) -> Iterator[tuple[str, str]]:
    """Yield the style sheets saved with a page, each by the addresses that links may give it."""
    for part in parts:
        if part.get_content_type() == "text/css":
            sheet = decode(_bytes_of(part), part.get_content_charset())[0]
            identity = str(part.get("Content-ID") or "").strip("<> ")
            for address in (str(part.get("Content-Location") or "").strip(), identity and f"cid:{identity}"):
                if address and "</style" not in sheet.lower():
                    yield address, sheet


def _with_style_sheets(page: Source, sheets: dict[str, str]) -> Source:
    """Return a page with the style sheets saved with it in the place of the links to them."""
    if not sheets:
        return page

    def written_out(link: re.Match[str]) -> str:
        address = _HREF.search(link[0])
        sheet = sheets.get(unescape(address[1] or address[2] or address[3])) if address else None
        if sheet is None or "stylesheet" not in link[0].lower():
            return link[0]
        media = _MEDIA.search(link[0])
        return f"<style{media[0] if media else ''}>{sheet}</style>"

    text = _LINK.sub(written_out, page.data.decode("utf-8-sig", "replace"))
    return structs.replace(page, data=text.encode("utf-8-sig"))


def _with_pictures(document: Document, parts: list[Message], source: Source) -> Document:
    """Return a page with the tables recognized in its pictures, if its article has pictures."""
    if all(notice.code != "image-in-article" for notice in document.notices):
        return document
    pictures = (
        structs.replace(source, data=_bytes_of(part))
        for part in parts
        if part.get_content_maintype() == "image" and len(_bytes_of(part)) >= _SMALLEST_PICTURE
    )
    tables, notices = image.tables_in(pictures)
    return structs.replace(
        document, blocks=(*document.blocks, *tables), notices=(*document.notices, *notices)
    )


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(parts: list[Message], source: Source) -> tuple[Document | None, ExtractorError | None]:
    """Return the first attachment with tables, else the first readable one; and the last error."""
    readable: list[Document] = []
    failure: ExtractorError | None = None
    for part in parts:
        name = _name_of(part)
        if not name:
            continue
        try:
            document = read_document(Source(f"{source.name}:{name}", _bytes_of(part)))
        except ExtractorError as error:
            failure = failure or error
            continue
        notice = Notice("read-from-attachment", f"内容取自附件《{name}》")
        readable.append(structs.replace(document, notices=(notice, *document.notices)))
    with_tables = [document for document in readable if _has_table(document)]
    if len(with_tables) > 1:
        notice = Notice("several-attachments", f"有{len(with_tables)}个附件含有表格，只读了第一个")
        return structs.replace(with_tables[0], notices=(*with_tables[0].notices, notice)), failure
    return next(iter(with_tables or readable), None), failure


def _name_of(part: Message) -> str:
    """Return the file name of a part that is a document; "" if it is not."""
    if part.get_content_maintype() in ("image", "audio", "video") or not isinstance(part, EmailMessage):
        return ""
    return part.get_filename() or ""


def _has_table(document: Document) -> bool:
    return any(isinstance(block, Table) for block in document.blocks)
