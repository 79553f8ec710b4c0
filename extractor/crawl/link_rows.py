"""The list row around a link: it names the report if the link only says 点击下载."""

import re
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from selectolax.lexbor import LexborNode

from extractor.crawl.addresses import FILE_KINDS
from extractor.crawl.days import one_day_in
from extractor.crawl.words import names_a_report, plain
from extractor.encoding import decode_name
from extractor.patterns import kept_pattern

_ROWS = ("li", "tr", "dd", "dt", "p")
_LONGEST_ROW = 240  # characters; a longer element is not a row
_MOST_STEPS = 6
_DATE = kept_pattern(
    r"(?:19|20)\d\d\s*[-./年]\s*[01]?\d\s*[-./月]\s*[0-3]?\d日?|(?<![\d-])[01]\d[-/.][0-3]\d(?![\d-])"
)
_SAYS_NOTHING = kept_pattern(
    r"^(?:(?:请|点击|点此|在线|我要|立即|详细|更多|本|原)*(?:下载|查看|附件|阅读|全文|详情|详细|浏览|打开|进入|预览"
    r"|原文|文件|正文|内容|此处|这里|链接|更多|pdf|word|docx?|wps|ofd|版|格式)+[\d一二三四五]*[：:>》]*)+$",
    re.I,
)
_KIND = kept_pattern(rf"\.(?:{'|'.join(FILE_KINDS)})$", re.I)
_FILE_NAMES = ("filename", "file", "name", "title", "attachname")


class LinkRow:
    """The element of a list that holds a link."""

    __slots__ = ("group", "pieces")

    def __init__(self, group: int, pieces: tuple[str, ...]) -> None:
        """Keep the list's identity, and the texts of the row, cell by cell."""
        self.group = group
        self.pieces = pieces

    @property
    def dated(self) -> bool:
        """Return whether the row contains a date, as rows of articles do and menus do not."""
        return any(_DATE.search(piece) for piece in self.pieces)

    @property
    def day(self) -> str:
        """Return the one day that the row names with its year, as ISO; "" where it names none or several."""
        return one_day_in(" ".join(self.pieces))


NO_ROW = LinkRow(0, ())


def row_of(node: LexborNode) -> LinkRow:
    """Return the row around a link; NO_ROW if there is none."""
    around = node.parent
    for _ in range(_MOST_STEPS):
        if around is None or around.tag in ("body", "html"):
            return NO_ROW
        if around.tag in _ROWS or (around.tag == "div" and _DATE.search(around.text(deep=True))):
            break
        around = around.parent
    else:
        return NO_ROW
    assert around is not None
    if len(around.text(deep=True)) > _LONGEST_ROW or around.parent is None:
        return NO_ROW
    pieces = tuple(
        text
        for child in around.traverse(include_text=True)
        if child.tag == "-text" and (text := plain(child.text_content or ""))
    )
    return LinkRow(around.parent.mem_id, pieces)


def says_nothing(text: str) -> bool:
    """Return whether the text of a link names no document.

    >>> [says_nothing(text) for text in ("点击下载", "附件1", "PDF版", "2023年年报")]
    [True, True, True, False]
    """
    return bool(_SAYS_NOTHING.match(plain(text)))


def file_name_in(url: str) -> str:
    """Return the file name in an address, without extension; "" if it says nothing.

    >>> file_name_in("/u/%C4%EA%B1%A8.pdf"), file_name_in("/u/P020240119.pdf")
    ('年报', '')
    """
    parts = urlsplit(url)
    told = dict(parse_qsl(parts.query, encoding="latin-1"))
    names = [value.encode("latin-1") for key, value in told.items() if key.lower() in _FILE_NAMES]
    for name in (unquote_to_bytes(parts.path.rsplit("/", 1)[-1]), *names):
        text = decode_name(name)
        if kept_pattern(r"[\u4e00-\u9fff]{2}").search(text):
            return _KIND.sub("", plain(text))
    return ""


def name_by_surroundings(url: str, text: str, row: LinkRow, *, strong: bool) -> str:
    """Return the name of a link's target from its file name and row, if its text says nothing.

    The first that names a report is taken, else the longest text of the row.
    """
    if not says_nothing(text) and not _KIND.search(text):
        return text
    told = [name for name in (text, file_name_in(url), *row.pieces) if name and not says_nothing(name)]
    named = next((name for name in told if names_a_report(name, strong=strong)), "")
    return named or max((name for name in told if not _DATE.fullmatch(name)), key=len, default=text)
