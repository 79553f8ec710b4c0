"""What both HTML readers see of a whole page, before the article is found in it."""

import re
from functools import lru_cache

from msgspec import Struct, field

from extractor.document import Cell
from extractor.formats.painted import Seen
from extractor.patterns import late_pattern
from extractor.script import INVISIBLE


class Draft(Struct, gc=False):
    """A paragraph or a table of the page, article or not."""

    text: str  # of a table: its cells, joined by blanks; soft breaks are "\n"
    path: str
    level: int | None = None
    links: int = 0  # characters of `text` that are link text
    hidden: int = 0  # how many of its ancestors are hidden
    attached: bool = False  # it links to a file
    boxed: bool = False  # it stands in a p, li or heading of its own rather than loose in a container
    cells: tuple[Cell, ...] | None = None  # a table has cells, a paragraph has None
    seen: Seen | None = None  # of the content of a cell that is more than its text


class ContainerRegion(Struct, gc=False):
    """A container and the drafts that stand in it: `drafts[start:end]`."""

    parent: int  # index of the region around it, -1 at the top
    tag: str
    name: str  # its class and id
    start: int
    end: int = 0
    after: int = 0  # index of the first region that does not stand inside this one


class Medium(Struct, gc=False):
    """A picture, a frame or a linked file, and the index of the first draft after it began."""

    kind: str  # image, frame, file
    target: str
    at: int
    hidden: int = 0


class HtmlPage(Struct):
    """A page in reading order, with everything that may decide which part is the article."""

    drafts: list[Draft] = field(default_factory=list)
    regions: list[ContainerRegion] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    scripts: int = 0
    overlaps: int = 0  # cells that a wrong span laid over each other

    def open_region(self, parent: int, tag: str, name: str = "") -> int:
        """Begin a container inside another, and return its index."""
        self.regions.append(ContainerRegion(parent, tag, name, len(self.drafts)))
        return len(self.regions) - 1

    def close_region(self, index: int) -> None:
        """End a container; all that began inside it has ended."""
        region = self.regions[index]
        region.end = len(self.drafts)
        region.after = len(self.regions)


BREAK = "\v"  # stands for <br> until blanks are collapsed

_WIDE = "\u2e80-\u9fff\uff00-\uffef\u201c\u201d"
_WRAPPED = late_pattern(f"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_UNTIDY = re.compile("[\t\n\r\f]")
_BLANKS = re.compile("[ \t\r\n\f]+")
_BREAKS = re.compile(f"[ \n]*{BREAK}[ \n{BREAK}]*")
_LEAKED = late_pattern(r"<!-{0,2}\s*\[(?:if[^\]<>]*|endif)\]\s*-{0,2}>|#page_break#", re.IGNORECASE)


def tidy(raw: str) -> str:
    r"""Return the text as a browser would show it: blanks collapsed, markup that leaked dropped.

    No-break and ideographic spaces stay. "" where nothing is left to see.

    >>> tidy("  一、总体\n  情况 ")
    '一、总体情况'
    """
    if raw.isalnum():
        return raw
    if "<!" in raw or "#" in raw:
        raw = _LEAKED.sub(BREAK, raw) if "#" in raw else _LEAKED.sub("", raw)
    if "  " in raw or _UNTIDY.search(raw):
        # Browsers show a line end of the source between two Chinese characters as nothing.
        raw = _BLANKS.sub(" ", raw if raw.isascii() else _WRAPPED.sub("", raw))
    if BREAK in raw:
        raw = _BREAKS.sub("\n", raw)
    text = raw.strip(" \n")
    return text if text.strip().strip(INVISIBLE).strip() else ""


LONGEST_LABEL = 80  # characters; longer texts of cells seldom come again
tidy_label = lru_cache(maxsize=4096)(tidy)  # the labels of the forms stand in every report


_ALIGNING = re.compile(" {2,}|^ +", re.MULTILINE)


def kept_blanks(raw: str) -> str:
    r"""Return preformatted text with breaks for line ends and no-break spaces for the blanks that align it.

    >>> tidy(kept_blanks("a  b\n c"))
    'a\xa0\xa0b\n\xa0c'
    """
    aligned = _ALIGNING.sub(lambda found: "\u00a0" * len(found.group()), raw.expandtabs())
    return aligned.replace("\n", BREAK)


_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rar|zip|7z|ceb|tiff?)(?=$|[?#&\"'])", re.IGNORECASE)
_DOWNLOAD = re.compile(r"downfile|/download|downloadattach|attachguid=|wbfileid=|lookfile", re.IGNORECASE)


def is_file_link(target: str) -> bool:
    """Tell whether a link leads to a file rather than a page.

    >>> is_file_link("/files/a.pdf?e=.pdf"), is_file_link("/art/2024/1/9/art_1_2.html")
    (True, False)
    """
    return bool(_FILE.search(target) or _DOWNLOAD.search(target))


_HIDING = late_pattern(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Tell whether an element's own attributes hide it from the reader."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = style.lower()
    return ("none" in style or "hid" in style or "coll" in style) and bool(_HIDING.search(style))


_ICON = re.compile(r"icon|filetypeimages|/ico|spacer|blank\.gif|logo|ewm|qrcode", re.IGNORECASE)
_ICON_SIZE = 48  # pixels


def is_icon(attributes: dict[str, str | None]) -> bool:
    """Tell whether a picture is decoration: its name says so, or it is too small to read."""
    if _ICON.search(attributes.get("src") or ""):
        return True
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    return any(size.isdecimal() and int(size) <= _ICON_SIZE for size in sizes)
