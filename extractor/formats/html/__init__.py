"""Web pages, and Word files saved as such, to a Document: the article only.

The first reader walks a lexbor tree, which is the tree that browsers build; XPaths in
locators hold in that tree. `reread` is a second reader that shares no parser with it.
"""

from collections.abc import Callable

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extractor.document import Document, Notice, Source, Table
from extractor.encoding import decode
from extractor.errors import Unreadable
from extractor.formats.html.addresses import data_of
from extractor.formats.html.document import document_of
from extractor.formats.html.foreign import read_foreign
from extractor.formats.html.looks import find_looks
from extractor.formats.html.placed_styles import is_placed
from extractor.formats.html.start_tags import StartTags, start_tags
from extractor.formats.html.style_sheets import StyleSheets
from extractor.formats.html.walk import walk
from extractor.nesting import FEW_TAGS, with_bounded_nesting
from extractor.patterns import kept_pattern

_UNSEEN = kept_pattern(r"display:none|visibility:hidden|(?:^|;)(?:width|height):[01](?:px)?(?:;|$)")
_MOST_FRAMES = 20


def read(source: Source, is_wanted: Callable[[str], bool] | None = None) -> Document:
    """Return the article of a page. Raise Unreadable if the parser cannot take the bytes.

    Of a page that is not wanted and not in Chinese only the text is returned.
    """
    text, encoding = decode(source.data)
    if is_wanted is not None and not is_wanted(text):
        page = source.data if encoding == "utf-8" else text.encode("utf-8", "replace")
        foreign = read_foreign(page, text)
        if foreign is not None:
            return foreign
    parser, tags = _parsed(source, text, encoding)
    sheets = StyleSheets(parser, tags)
    if is_placed(parser, text):
        from extractor.formats.html.placed import read_placed  # and the layout of pages: few pages need them

        placed = read_placed(parser, tags, sheets)
        if placed is not None:
            return placed
    document = document_of(walk(parser, tags, sheets), text)
    if not _has_table(document) or tags.may_have(b"srcdoc"):
        return _with_frames(document, parser, source)
    return document


def _has_table(document: Document) -> bool:
    return any(isinstance(block, Table) for block in document.blocks)


def _with_frames(document: Document, parser: LexborHTMLParser, source: Source) -> Document:
    """Return a page together with the pages in its frames, where those have tables."""
    frames = [frame.attributes for frame in parser.css("iframe") if not _is_unseen(frame.attributes)]
    pages = [page for frame in frames if (page := _page_carried(frame))]
    inner = [read(structs.replace(source, data=page)) for page in pages[:_MOST_FRAMES]]
    if not any(map(_has_table, inner)):
        return document
    notice = Notice("framed-article", "正文在页面嵌入的网页里，读自其中")
    blocks = (*document.blocks, *(block for page in inner for block in page.blocks))
    notices = (*document.notices, notice, *(each for page in inner for each in page.notices))
    return structs.replace(document, blocks=blocks, notices=notices)


def _is_unseen(attributes: dict[str, str | None]) -> bool:
    """Say whether a frame shows nothing: hidden by its own attributes, or of no size."""
    style = "".join((attributes.get("style") or "").lower().split())
    sizes = (attributes.get(side) for side in ("width", "height"))
    return (
        "hidden" in attributes
        or _UNSEEN.search(style) is not None
        or any(size in ("0", "1") for size in sizes)
    )


def _page_carried(attributes: dict[str, str | None]) -> bytes | None:
    """Return the page inside a frame element: its srcdoc, or a data URL; None if it has neither."""
    if written := attributes.get("srcdoc"):
        return b'<meta charset="utf-8">' + written.encode("utf-8", "replace")
    return data_of(attributes.get("src") or "", "text/html")


def _parsed(source: Source, text: str, encoding: str) -> tuple[LexborHTMLParser, StartTags]:
    """Return the tree of a page and its start tags."""
    # Text that was UTF-8 from the start need not be encoded again.
    tags = start_tags(source.data if encoding == "utf-8" else text.encode("utf-8", "replace"))
    if tags.count > FEW_TAGS and (shallow := with_bounded_nesting(text)) is not text:
        tags = start_tags(shallow.encode("utf-8", "replace"))
    try:
        return LexborHTMLParser(tags.page), tags
    except SelectolaxError as error:
        raise Unreadable(f"{source.name}: 网页无法解析") from error


def reread(source: Source) -> Document | None:
    """Return the article as a second, slower and simpler reader sees it, for comparison.

    It ignores styles, so it returns None for pages that place their text by styles, and for pages with
    hidden, struck-out or raised text in cells.
    """
    text, encoding = decode(source.data)
    parser, tags = _parsed(source, text, encoding)
    if is_placed(parser, text) or find_looks(parser, tags, StyleSheets(parser, tags)).need_care():
        return None
    from extractor.formats.html.soup import read_page  # importing BeautifulSoup takes a tenth of a second

    return document_of(read_page(with_bounded_nesting(text)), text)
