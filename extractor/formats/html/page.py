"""The model of a whole page that both HTML readers produce before the article is found."""

import re
from functools import lru_cache

from msgspec import Struct, field

from extractor.document import Cell
from extractor.formats.painted import Seen
from extractor.patterns import kept_pattern, late_pattern
from extractor.script import INVISIBLE


class Draft(Struct, gc=False):
    """A paragraph or a table of the page, whether in the article or not."""

    text: str  # for a table: its cells, joined by blanks; line breaks are "\n"
    path: str
    level: int | None = None
    links: int = 0  # characters of `text` that are link text
    hidden: int = 0  # number of its hidden ancestors
    attached: bool = False  # whether it contains a link to a file
    boxed: bool = False  # whether it is a p, li or heading element, not loose text in a container
    cells: tuple[Cell, ...] | None = None  # the cells of a table; None for a paragraph
    seen: Seen | None = None  # the content of a cell that is more than plain text


class ContainerRegion(Struct, gc=False):
    """A container element and the drafts inside it: `drafts[start:end]`."""

    parent: int  # index of the enclosing region; -1 at the top
    tag: str
    name: str  # class and id of the element
    start: int
    end: int = 0
    after: int = 0  # index of the first region after it that is not inside it


class Medium(Struct, gc=False):
    """A picture, a frame or a linked file, with the index of the draft that follows its beginning."""

    kind: str  # "image", "frame" or "file"
    target: str
    at: int
    hidden: int = 0


class HtmlPage(Struct):
    """A page in reading order, with everything needed to find the article."""

    drafts: list[Draft] = field(default_factory=list)
    regions: list[ContainerRegion] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    scripts: int = 0
    overlaps: int = 0  # number of cells that overlapped because of wrong spans

    def open_region(self, parent: int, tag: str, name: str = "") -> int:
        """Begin a container inside another, and return its index."""
        self.regions.append(ContainerRegion(parent, tag, name, len(self.drafts)))
        return len(self.regions) - 1

    def close_region(self, index: int) -> None:
        """End a container; everything that began inside it must have ended."""
        region = self.regions[index]
        region.end = len(self.drafts)
        region.after = len(self.regions)


BREAK = "\v"  # stands for <br> until white space is collapsed

_WIDE = "\u2e80-\u9fff\uff00-\uffef\u201c\u201d"
_WRAPPED = late_pattern(f"(?<=[{_WIDE}])[ \t\f]*[\r\n][ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = late_pattern("[ \t\r\n\f]+")
_BREAKS = kept_pattern(f"[ \n]*{BREAK}[ \n{BREAK}]*")
_LEAKED = late_pattern(r"<!-{0,2}\s*\[(?:if[^\]<>]*|endif)\]\s*-{0,2}>|#page_break#", re.IGNORECASE)


def tidy(raw: str) -> str:
    r"""Return the text as a browser displays it: white space collapsed, leaked markup removed.

    No-break and ideographic spaces are kept. "" if nothing visible is left.

    >>> tidy("  一、总体\n  情况 ")
    '一、总体情况'
    """
    if raw.isalnum():
        return raw
    if "<!" in raw or "#" in raw:
        raw = _LEAKED.sub(BREAK, raw) if "#" in raw else _LEAKED.sub("", raw)
    if "\n" in raw or "  " in raw or "\t" in raw or "\r" in raw or "\f" in raw:
        # Browsers display a line break between two Chinese characters of the source as nothing.
        raw = _BLANKS.sub(" ", raw if raw.isascii() else _WRAPPED.sub("", raw))
    if BREAK in raw:
        raw = _BREAKS.sub("\n", raw)
    text = raw.strip(" \n")
    return text if text.strip().strip(INVISIBLE).strip() else ""


LONGEST_LABEL = 80  # characters; longer cell texts rarely repeat, so they are not cached
tidy_label = lru_cache(maxsize=4096)(tidy)  # cached, as labels of the forms occur in every report


_ALIGNING = late_pattern(" {2,}|^ +", re.MULTILINE)


def kept_blanks(raw: str) -> str:
    r"""Return preformatted text with BREAK for line breaks, and no-break spaces for the blanks that align it.

    >>> tidy(kept_blanks("a  b\n c"))
    'a\xa0\xa0b\n\xa0c'
    """
    aligned = _ALIGNING.sub(lambda found: "\u00a0" * len(found.group()), raw.expandtabs())
    return aligned.replace("\n", BREAK)


_FILE = kept_pattern(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rar|zip|7z|ceb|tiff?)(?=$|[?#&\"'])", re.IGNORECASE)
_DOWNLOAD = kept_pattern(r"downfile|/download|downloadattach|attachguid=|wbfileid=|lookfile", re.IGNORECASE)


def is_file_link(target: str) -> bool:
    """Return whether a link leads to a file rather than a page.

    >>> is_file_link("/files/a.pdf?e=.pdf"), is_file_link("/art/2024/1/9/art_1_2.html")
    (True, False)
    """
    return bool(_FILE.search(target) or _DOWNLOAD.search(target))


_HIDING = late_pattern(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Return whether an element's own attributes hide it."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = style.lower()
    return ("none" in style or "hid" in style or "coll" in style) and bool(_HIDING.search(style))


_ICON = late_pattern(r"icon|filetypeimages|/ico|spacer|blank\.gif|logo|ewm|qrcode", re.IGNORECASE)
_ICON_SIZE = 48  # pixels; smaller pictures are decoration


def is_icon(attributes: dict[str, str | None]) -> bool:
    """Return whether a picture is decoration: its name says so, or it is too small."""
    if _ICON.search(attributes.get("src") or ""):
        return True
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    return any(size.isdecimal() and int(size) <= _ICON_SIZE for size in sizes)
