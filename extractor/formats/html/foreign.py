"""Pages in other languages, of which nothing but the text is taken: they cannot be what is looked for.

Their styles, tables and looks are not read, which cost many times what the text costs.
"""

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extractor.document import Document, Locator, Paragraph
from extractor.nesting import with_bounded_nesting
from extractor.patterns import kept_pattern
from extractor.script import FEWEST_IDEOGRAPHS, LONG_TEXT

_ASCII = bytes(range(128))
_IDEOGRAPHS = kept_pattern("[\u3400-\u9fff]")
# A reference to one of them, in lower case.
_REFERENCE = kept_pattern(rb"&#(?:x0*[3-9][0-9a-f]{3}|0*(?:1[3-9]|[23]\d|40)\d{3})(?![0-9a-f])")
_CARRIED = "iframe[srcdoc],iframe[src^='data:' i]"  # a page in a page
_UNSEEN = ["script", "style", "noscript", "template", "head", "textarea", "select", "svg"]


def read_foreign(page: bytes, text: str) -> Document | None:
    """Return the text of a page that has hardly any Chinese characters; None for other pages.

    Args:
        page: its source in UTF-8.
        text: the same, decoded.
    """
    if not _is_foreign(page) or with_bounded_nesting(text) is not text:
        return None
    try:
        parser = LexborHTMLParser(page)
    except SelectolaxError:
        return None
    if b"<iframe" in page.lower() and parser.css_first(_CARRIED) is not None:
        return None
    parser.strip_tags(_UNSEEN)
    shown = parser.body.text(separator="\n") if parser.body is not None else ""
    lines = [line for line in map(str.strip, shown.split("\n")) if line]
    if sum(map(len, lines)) < LONG_TEXT:
        return None
    return Document("html", (Paragraph("\n".join(lines), Locator(path="/html/body")),))


def _is_foreign(page: bytes) -> bool:
    beyond = b"" if page.isascii() else page.translate(None, _ASCII)
    if (
        len(beyond) >= 3 * FEWEST_IDEOGRAPHS
        and len(_IDEOGRAPHS.findall(beyond.decode("utf-8", "replace"))) >= FEWEST_IDEOGRAPHS
    ):
        return False
    return b"&#" not in page or _REFERENCE.search(page.lower()) is None
