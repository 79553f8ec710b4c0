"""Web pages, and Word files saved as such, to a Document: the article only.

The first reader walks a lexbor tree, which is the tree that browsers build; XPaths in
locators hold in that tree. `reread` is a second reader that shares no parser with it.
"""

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from extractor.document import Document, Source
from extractor.errors import Unreadable
from extractor.formats.encoding import decode
from extractor.formats.html.document import document_of
from extractor.formats.html.walk import walk


def read(source: Source) -> Document:
    """Return the article of a page. Raise Unreadable if the parser cannot take the bytes."""
    text, encoding = decode(source.data)
    try:
        # What is UTF-8 already need not be encoded again.
        parser = LexborHTMLParser(source.data if encoding == "utf-8" else text)
    except SelectolaxError as error:
        raise Unreadable(f"{source.name}: 网页无法解析") from error
    ascii_compatible = not encoding.startswith(("utf-16", "utf-32"))
    return document_of(walk(parser, source.data if ascii_compatible else None), text)


def reread(source: Source) -> Document:
    """Return the article as a second, slower and simpler reader sees it, for comparison."""
    from extractor.formats.html.soup import read_page  # BeautifulSoup costs a tenth of a second to load

    text, _ = decode(source.data)
    return document_of(read_page(text), text)
