"""Finds the titles of a report and reads agency and year from them.

A title is a line, two or three lines, or the beginning of a paragraph; it may occur twice, as the page's
title and as the document's own. A title that a sentence merely mentions (现公布…年度报告如下) does not count.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from msgspec import Struct

from extractor.document import Cell, Document, Paragraph, Table
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.words import CJK, CORE, YEAR, fold, is_agency, read_year

HEAD_BLOCKS = 160
_LONG = 80  # characters of a paragraph of prose; titles and datelines are shorter
_FEW_CELLS, _LONGEST_LINE = 40, 120
HEAD_CHARACTERS = 1500  # characters of one block; breadcrumbs before a title are long, titles are not

_CORE = kept_pattern(f"(?=[政（信资]){CORE}")  # the lookahead rejects most positions at once
# Other names for such reports.
_OTHER_CORE = kept_pattern(
    "政府信息公开(?:年度)?(?:工作)?(?:年度)?(?:工作)?(?:总结|情况(?:汇报|总结|说明)?)(?![^）]*报告)"
)
_FULL = 3  # rank of a title with agency and year
_YEAR = rf"(?P<year>{YEAR})年{{0,2}}度?"
_BEFORE = kept_pattern(rf"(?:关于)?(?:(?P<first>[^\d]*?){_YEAR}(?P<last>\D*)|(?P<alone>\D*))")
_TEMPLATE = kept_pattern("(?:格式)?(?:模板|模版|样表|样式)$")
_SUFFIX = kept_pattern(
    rf"(?:格式)?(?:模板|模版|样表|样式)|(?:的公告|的公示)|（(?:{YEAR})年?度?）|（(?:修改|修订|更正|"
    rf"更新|汇总|本级)[^）]{{0,6}}）|（[{CJK}]{{3,20}}[局厅委府室处会心院]）"
)
_OPENING = late_pattern(
    "根据|依据|按照|为|本报告|本年度|现将|(?:[一1]|[—―－ー-]{1,2})、|概述|引言|来源|信息来源|发布|时间|日期|索引|浏览|"
    "点击|（?20\\d\\d年|（?二[〇○]|"
    "\\|?$|\\||字体|字号|作者|\\.docx?$|\\.pdf$|-{2}"
)
_SENTENCE = late_pattern(
    "(?:将|公布|发布|编制|编写|制作|形成|撰写|公开|了|的|和|于|对|与|及|报送|做好|报告|要求|我[局委]|如下)$"
)
_STOP = kept_pattern('[。，；《》！？“”"]')
# The end of a sentence or signature: after it and a blank, new text begins.
_CLOSED = late_pattern("[。！；]$|\\d月\\d{1,2}日$")
_PROSE_BEFORE = late_pattern("[，。；《]|根据|依据|按照")
_OTHER_PAGE = late_pattern("(?:上一?[篇条页]|下一?[篇条页]|前一[篇条]|后一[篇条]|相关(?:链接|文章|信息))：?$")
_PART = kept_pattern("（(?:本级|机关|汇总|综合)）$|关于$")
_LABEL = kept_pattern("[：|>】]")
_DATELINE = kept_pattern(
    rf"[（(]?\s*(?:{YEAR})\s*[年/.-]\s*[\d一二三四五六七八九十]{{1,2}}\s*[月/.-]?\s*(?:[\d一二三四五六七八九十]{{1,3}}\s*日?)?(?:\s*\d\d:\d\d(?::\d\d)?)?\s*[）)]?"
    r"|(?:(?:信息|文章|稿件)?来\s*源|发布(?:日期|时间|机构|人)|发文日期|公开日期|更新时间|成文日期|"
    r"时\s*间|日\s*期|浏览(?:次数|量)?|点击(?:次数|量|数)?|访问量|阅读(?:次数|量)?|"
    r"字\s*[体号]|作者|编辑|【?打印】?|分享(?:到)?|索\s*引\s*号|文\s*号|标\s*题|视力保护色).{0,80}"
)
_HEADING = kept_pattern(
    r"\s*[一—1][、.．]\s*\S{0,12}(?:总体|概述|概况|基本|情况|主动公开)|\s*概\s*述\s*$|\s*引\s*言\s*$|"
    r"\s*第二十条"
)


class Title(Struct, frozen=True):
    """One title as found: `begin` is the block from which the text after it can be read."""

    text: str  # on one line, without blanks
    agency: str  # folded; "" if the title names none
    year: int | None
    block: int  # -1 if it comes from the metadata
    begin: int

    @property
    def rank(self) -> int:
        """How much the title says: 3 agency and year, 2 year, 1 agency, 0 neither."""
        return 2 * (self.year is not None) + bool(self.agency)

    @property
    def template(self) -> bool:
        """Whether the title announces an empty form."""
        return _TEMPLATE.search(self.text) is not None


class Head(Struct):
    """The front of a document as one folded text without blanks, with offsets back to the blocks."""

    text: str  # folded, no white space
    raw: str  # the same as printed
    tokens: list[int]  # offsets in `text` of each part that followed white space
    lines: set[int]  # those of them at the beginning of a line or a cell
    blocks: list[tuple[int, int]]  # (offset in `text`, block), ascending
    body: int  # the block where the body begins for certain; beyond the last block if unknown

    def is_followed_by_body(self, document: Document) -> bool:
        """Whether text follows the head, and not only the footer of a page."""
        return self.body < len(document.blocks)


def read_head(document: Document) -> Head:
    """Return the front of the document, up to its first section and at most 160 blocks."""
    raw: list[str] = []
    tokens: list[int] = []
    lines: set[int] = set()
    blocks: list[tuple[int, int]] = []
    size = 0
    body = len(document.blocks)
    for index, block in enumerate(document.blocks[:HEAD_BLOCKS]):
        if isinstance(block, Paragraph) and _begins_body(block.text):
            body = index
            break
        blocks.append((size, index))
        for line in _lines_of(block):
            lines.add(size)
            for token in line.split():
                tokens.append(size)
                raw.append(token)
                size += len(token)
    joined = "".join(raw)
    return Head(fold(joined), joined, tokens, lines, blocks, body)


def _begins_body(text: str) -> bool:
    if _HEADING.match(text):
        return True
    front = text[:HEAD_CHARACTERS]
    return len(text) >= _LONG and "。" in front and "公开" in front and not _CORE.search(fold(front))


def _lines_of(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from block.text[:HEAD_CHARACTERS].splitlines()
    else:
        # A small table of 索引号, 名称, 发布机构 above a text; of a larger table only the lines above its
        # columns.
        cells = block.cells if len(block.cells) <= _FEW_CELLS else _cells_above_columns(block)
        yield from (cell.text for cell in cells if len(cell.text) < _LONGEST_LINE)


def _cells_above_columns(table: Table) -> Iterator[Cell]:
    """Yield the only text of each row at the top, until a row has more than one."""
    for _, row in groupby(table.cells, key=lambda cell: cell.row):
        filled = [cell for cell in row if cell.text.strip()]
        if len(filled) > 1:
            return
        yield from filled


def find_titles(document: Document, head: Head) -> list[Title]:
    """Return every title of a report in the head, in reading order.

    If none of them says 报告, a line such as 云岭县档案局2012年政府信息公开工作总结 counts too.
    """
    return list(_titles_with(_CORE, document, head)) or [
        title
        for title in _titles_with(_OTHER_CORE, document, head)
        if title.rank == _FULL and title.begin > title.block
    ]


def _titles_with(core: re.Pattern[str], document: Document, head: Head) -> Iterator[Title]:
    for found in core.finditer(head.text):
        title = _title_at(head, found.start(), found.end())
        if title is not None:
            yield _with_begin(document, head, title)


def _title_at(head: Head, start: int, end: int) -> tuple[int, int, str, int | None] | None:
    """Return offsets, agency and year of the title whose core is text[start:end], if it is one."""
    suffix = _SUFFIX.match(head.text, end)
    stop = suffix.end() if suffix else end
    if not _ends_well(head, stop):
        return None
    best: tuple[int, int, str, int | None] | None = None
    best_rank = -1
    for left in _starts_before(head, start):
        read = _read_before(head.text[left:start])
        if read is None:
            continue
        agency, year = read
        if year is None:
            found = kept_pattern(YEAR).search(head.text[start:stop])
            year = read_year(found.group()) if found else None
        if not agency and suffix and is_agency(suffix.group()[1:-1]):
            agency = suffix.group()[1:-1]
        rank = 2 * (year is not None) + bool(agency)
        if rank > best_rank:
            best, best_rank = (left, stop, agency, year), rank
    if best_rank == 0 and suffix is None and head.text[start:end].endswith("年报"):
        return None  # 政府信息公开年报 alone is the name of a site section
    return best


def _ends_well(head: Head, stop: int) -> bool:
    text = head.text
    if stop >= len(text) or stop in head.lines:
        return True
    if _position(head.tokens, stop) >= 0:
        return not text.startswith(("如下", "予以", "公布", "的", "由"), stop)
    return _OPENING.match(text, stop) is not None


def _position(offsets: list[int], offset: int) -> int:
    index = bisect_right(offsets, offset) - 1
    return index if index >= 0 and offsets[index] == offset else -1


def _starts_before(head: Head, start: int) -> Iterator[int]:
    """Yield the offsets at which a title with its core at `start` may begin, nearest first."""
    text = head.text
    crossed = False
    for index in range(bisect_right(head.tokens, start) - 1, -1, -1):
        left = head.tokens[index]
        piece = text[left:start]
        if start - left > 60 or _STOP.search(piece):
            break
        labels = [label.end() for label in _LABEL.finditer(piece)]
        if labels:
            if not crossed and not _OTHER_PAGE.search(text, max(0, left - 8), left + labels[-1]):
                yield left + labels[-1]
            break
        begins_line = left in head.lines
        if begins_line or (not crossed and not _follows_sentence(head, left)):
            yield left
        crossed = crossed or begins_line


def _follows_sentence(head: Head, left: int) -> bool:
    """True if the words before a blank inside a line are prose that continues after the blank."""
    if _CLOSED.search(head.text, max(0, left - 6), left):
        return False
    if _SENTENCE.search(head.text, max(0, left - 4), left):
        return True
    line = max((each for each in head.lines if each < left), default=0)
    return _PROSE_BEFORE.search(head.text, max(line, left - 60), left) is not None


def _read_before(before: str) -> tuple[str, int | None] | None:
    """Return agency and year from the text before the core, or None if this is not a title."""
    found = _BEFORE.fullmatch(before)
    if found is None:
        return None
    year = read_year(found["year"]) if found["year"] else None
    agency = found["alone"] if year is None else found["first"] + found["last"]
    agency = _PART.sub("", agency)
    if agency.endswith("人民"):  # 青龙镇人民政府信息公开…: the 政府 of the core is part of the agency's name
        agency += "政府"
    if agency and not is_agency(agency):
        return None
    return agency, year


def _with_begin(document: Document, head: Head, title: tuple[int, int, str, int | None]) -> Title:
    start, stop, agency, year = title
    first = head.blocks[bisect_right(head.blocks, start, key=itemgetter(0)) - 1][1]
    position = bisect_right(head.blocks, stop - 1, key=itemgetter(0)) - 1
    last = head.blocks[position][1]
    end_of_block = head.blocks[position + 1][0] if position + 1 < len(head.blocks) else len(head.text)
    begin = last + 1 if stop >= end_of_block or _only_dates(head, stop, end_of_block) else last
    return Title(head.raw[start:stop], agency, year, first, skip_datelines(document, begin))


def _only_dates(head: Head, start: int, end: int) -> bool:
    return end - start < 100 and _DATELINE.fullmatch(head.raw[start:end]) is not None


def skip_datelines(document: Document, begin: int) -> int:
    """Return the first block from `begin` on that is not a line with date, source or page buttons."""
    while begin < len(document.blocks):
        block = document.blocks[begin]
        if not isinstance(block, Paragraph) or not _DATELINE.fullmatch(block.text.strip()):
            break
        begin += 1
    return begin


def read_title(text: str) -> Title | None:
    """Return the title in one string (a page's title, a file's name), or None.

    >>> read_title("云岭县档案局2023年政府信息公开工作年度报告_年报_云岭县人民政府").agency
    '云岭县档案局'
    """
    for piece in kept_pattern(r"[_|]|\s[-–—]\s|(?<=[告报])[-–—]").split(text):
        printed = "".join(piece.split())
        folded = fold(printed)
        core = _CORE.search(folded)
        if core is None:
            continue
        suffix = _SUFFIX.match(folded, core.end())
        stop = suffix.end() if suffix else core.end()
        read = _read_before(folded[: core.start()])
        if read is not None and (stop == len(folded) or _OPENING.match(folded, stop)):
            return Title(printed[:stop], read[0], read[1], -1, 0)
    return None
