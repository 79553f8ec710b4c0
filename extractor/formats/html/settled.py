"""Whether a page's own styles alone decide what is displayed, and alike in every browser."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.cascade import has_nested_rules, without_comments
from extractor.patterns import late_pattern

_OUTSIDE = "link[rel~=stylesheet i]:not([href^='data:' i]),script[src],base"
# What older browsers do not follow, and sheets that are not in the page.
_NOT_EVERYWHERE = late_pattern(
    r"@(?:supports|layer|container|scope|starting-style|import)|:(?:has|is|where)\("
)
# Words of scripts that may show or hide elements.
_RESTYLES = late_pattern(
    r"style|class|hidden|display|show|hide|toggle|attr|css|visib|remove|replace|html|\.write", 2
)


def is_settled(parser: LexborHTMLParser, sheets: Iterable[str]) -> bool:
    """Return whether no script and no other file may change what the page's styles display.

    Args:
        parser: the parsed page.
        sheets: the texts of its style sheets.
    """
    if parser.css_first(_OUTSIDE) is not None:
        return False
    if any(_RESTYLES.search(script.text()) for script in parser.css("script")):
        return False
    plain = [without_comments(sheet) for sheet in sheets]
    return not any(_NOT_EVERYWHERE.search(sheet.lower()) or has_nested_rules(sheet) for sheet in plain)
