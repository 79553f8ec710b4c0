"""What a report says about its agency and its year outside its title.

Each piece of evidence is a sentence form that only the reporting agency fills (编制, 公布, the
signature, 发布机构); an agency that the text merely mentions does not count.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from extractor.document import Document, Paragraph
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.words import CJK, CORE, YEAR, fold, is_agency, read_year

Kind = Literal["statement", "signature", "publisher", "subject", "source", "heading", "way"]

_NAME = rf"(?:[{CJK}·、]|（[{CJK}]{{1,12}}）){{2,36}}?"
_MADE = (
    "(?:现(?:公布|公开|发布|编制)|社会(?:公布|公开|发布)|公布|发布|编制完成|编制(?:了|的)?|编写(?:了|"
    "的)?|梳理编制|制作(?:了)?|形成|撰写(?:了)?|将|以下[为是]|本(?:报告|年报)[为是系])"
)
# A class of the characters that it may begin with comes first: the search then skips the others quickly.
_STATEMENT = late_pattern(
    rf"(?=[现社公编梳制形撰将以本《内])(?:{_MADE}《?|《|内容涵盖)(?:(?P<a>{_NAME})?(?P<year>{YEAR})年{{0,2}}度?(?P<b>{_NAME})??)"
    rf"(?=1月1日|(?>{CORE})(?![^，。；]{{0,8}}(?:有关事项|编制|的通知|工作的|格式)))"
)
_COMPILED = late_pattern(
    rf"(?:^|[，。；、：]|由)(?P<a>{_NAME})(?:结合[^，。]{{0,12}})?(?:组织)?(?:编制|编写|撰写|"
    rf"制作)(?:完成)?(?:了|而成|本|《|{YEAR}|。|，|完成)"
)
# 由X根据《…》第五十条编制, 由X综合全县各乡镇、各部门的年度报告编制而成: who compiled, before how.
_COMPILED_BY = late_pattern(
    rf"(?:(?:[，。；：]|报告|年报|^)由|(?:报告|年报)[是为系])(?P<a>{_NAME})(?:(?:严格)?(?:按照|根据|依据|依照|结合|综合|汇总|会同|在)[^。；]{{1,120}}?)?"
    r"(?:组织|负责|牵头|汇总|共同)?(?:编制|编写|撰写|制作|汇编)(?!的?(?:通知|要求|工作))"
)
_FOLLOWS = late_pattern(
    rf"(?:^|[，。；])(?P<a>{_NAME})(?P<year>{YEAR})年{{0,2}}度?(?>{CORE})(?:公布|公告|报告|内容)?如下"
)
_LIMITED = late_pattern(rf"(?:仅限|仅为|仅包括|仅统计)(?P<a>{_NAME})(?:机关)?(?:（|。|，|本级)")
# Each with words that every match contains: searching for these first is faster.
_STATEMENTS = (
    (_STATEMENT, kept_pattern("信息公开|资讯公开|1月1日")),
    (_COMPILED, kept_pattern("编制|编写|撰写|制作")),
    (_COMPILED_BY, kept_pattern("由(?=.)|报告[是为系]|年报[是为系]")),
    (_FOLLOWS, kept_pattern("如下")),
    (_LIMITED, kept_pattern("仅限|仅为|仅包括|仅统计")),
)
_SHORTEST = 5  # characters of a statement
_AROUND = 200  # characters; the longest statement has fewer
_DATE = rf"(?:{YEAR})年[\d一二三四五六七八九十]{{1,2}}月(?:[\d一二三四五六七八九十]{{1,3}}日)?"
_SIGNED = late_pattern(
    rf"(?:^|[。；：！）\n]|无)(?P<a>{_NAME})(?:（盖章）)?\n?(?P<date>{_DATE})(?P<rest>.{{0,40}})$", re.S
)
# The last row of a table whose text is glued to the signature: 接受培训人员数人次云岭县档案局.
_ROW_BEFORE = kept_pattern("^.*数(?:人次|万元|[件条次个篇人])")
_SUBJECT = late_pattern(
    rf"(?:^|[。；\n，])(?:{YEAR}年?度?(?:以来)?[，,]?)?(?P<a>{_NAME})(?:{YEAR}年)?"
    "(?:深入|坚持|坚决|认真|高度重视|严格|全面|积极|在.{2,30}领导下|按照|紧紧|紧密|始终|持续|切实|不断|"
    "共?主动公开|未共?收到|没有收到|共?收到|共?受理|高质量|无依申请)"
)
_FILLED_IN = r"\s*(?:单\s*位|机\s*关|机\s*构)"
# Each begins with a distinctive character, so the search rejects most positions at once.
_PUBLISHER = kept_pattern(
    rf"(?:发\s*布\s*(?:机\s*构|单\s*位)|发\s*文\s*(?:机\s*关|机\s*构|单\s*位)|公\s*开\s*主\s*体|"
    rf"编\s*制{_FILLED_IN}|填\s*报{_FILLED_IN}|编\s*报{_FILLED_IN}|报\s*告{_FILLED_IN}|"
    rf"责任部门|公开机构)\s*[：|]?[ \t|：]*(?P<a>[{CJK}（）·]{{2,36}})"
)
_SOURCE = kept_pattern(rf"(?:信息来|文章来|稿件来|来)\s*源\s*[：|]?[ \t|：]*(?P<a>[{CJK}（）·]{{2,36}})")
_PERIODS = (
    late_pattern(
        rf"(?:统计|核定|期限|时限|数据|期间|截止|自|从|为|"
        rf"由)[^。；\n《]{{0,24}}?(?P<from>{YEAR})年?1?月?1月?1?日?"
        rf"(?:[^\d。；《]{{0,6}})(?P<to>{YEAR})?年?12?月?(?:3[01]|2\d)日"
    ),
    late_pattern(
        rf"(?:统计|核定|截止)(?:数据)?(?:的)?(?:期限|时限|时间|日期|周期|起止时间|时间点|"
        rf"时间段)[^。；\n《]{{0,6}}?(?P<from>{YEAR})(?P<to>)"
    ),
)
_BODY_YEAR = late_pattern(
    rf"(?:^|[。；，：\n]|截至|截止)(?P<year>{YEAR})年(?!\d|[^，。]{{0,3}}(?:印发|修订)|"
    r"[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$)"  # a date under the signature
)
_WAY = late_pattern("(?:当前位置|您的位置|首页|所在位置).*[>＞»›→/]")
_WAY_BLOCKS, _WAY_LENGTH = 6, 200
_RELATIVE = kept_pattern("[省市县区州旗](?!中|北|南|东)|[镇乡](?:人民)?政府|[镇乡]党委|国务院")
_MENTION = late_pattern(f"({YEAR})年{{0,2}}度?{CORE}")
FRONT = 4000  # characters: preamble and the opening of the first section
_PREAMBLE = 1600  # characters: who compiled the report is said at its very beginning
_TAIL_BLOCKS = 8


class AgencyMention(Struct, frozen=True):
    """An agency, as some sentence form names it. `name` is folded and without blanks."""

    kind: Kind
    name: str
    year: int | None = None
    block: int = -1


class Period(Struct, frozen=True):
    """The years of the period clause; they differ where the clause spans two years."""

    begin: int
    end: int
    block: int


def front_texts(document: Document, begin: int) -> list[tuple[int, str]]:
    """Return (block, folded text without blanks) of the first 4000 characters from `begin` on."""
    texts: list[tuple[int, str]] = []
    size = 0
    for index in range(begin, len(document.blocks)):
        block = document.blocks[index]
        if isinstance(block, Paragraph):
            text = fold("".join(block.text[:FRONT].split()))
            texts.append((index, text))
            size += len(text)
        if size > FRONT:
            break
    return texts


def find_statements(texts: list[tuple[int, str]]) -> Iterator[AgencyMention]:
    """Yield each agency that the front of the report names as its author or publisher."""
    left = _PREAMBLE
    for block, text in texts:
        for pattern, words in _STATEMENTS if len(text) >= _SHORTEST else ():
            for found in _find_around(pattern, words, text, left):
                groups = found.groupdict()
                year = read_year(groups["year"]) if groups.get("year") else None
                name = (groups["a"] or groups.get("b") or "").removeprefix("本级").removeprefix("由")
                if name.endswith("人民"):
                    name += "政府"
                if is_agency(name) and not _is_relative(name):
                    yield AgencyMention("statement", name, year, block)
                elif year is not None:
                    yield AgencyMention("statement", "", year, block)
        left -= len(text)
        if left <= 0:
            return


def _find_around(
    pattern: re.Pattern[str], words: re.Pattern[str], text: str, size: int
) -> Iterator[re.Match[str]]:
    """Search the first `size` characters for a pattern, but only near words that every match contains."""
    places = [found.start() for found in words.finditer(text, 0, size)]
    if not places:
        return iter(())
    return pattern.finditer(text, max(0, places[0] - _AROUND), min(size, places[-1] + _AROUND))


def find_heading(document: Document) -> Iterator[AgencyMention]:
    """Yield the agency that stands alone on one of the first lines."""
    for index, block in enumerate(document.blocks[:3]):
        line = fold("".join(block.text.split())) if isinstance(block, Paragraph) else ""
        if len(line) > 4 and is_agency(line) and not _is_relative(line):
            yield AgencyMention("heading", line, None, index)


def find_way(document: Document) -> Iterator[AgencyMention]:
    """Yield the agency named in the page's breadcrumbs: 首页>政务公开>云岭县民政局>政府信息公开年报."""
    for index, block in enumerate(document.blocks[:_WAY_BLOCKS]):
        line = fold("".join(block.text[:_WAY_LENGTH].split())) if isinstance(block, Paragraph) else ""
        if not _WAY.search(line):
            continue
        for piece in reversed(kept_pattern("[>＞»›→/]+").split(line)):
            if len(piece) > 4 and is_agency(piece) and not _is_relative(piece):
                yield AgencyMention("way", piece, None, index)
                return


def find_subjects(texts: list[tuple[int, str]]) -> Iterator[AgencyMention]:
    """Yield the bodies that are the subject of sentences at the front of the report."""
    for block, text in texts:
        for found in _SUBJECT.finditer(text) if len(text) >= _SHORTEST else ():
            name = found["a"]
            if len(name) > 3 and is_agency(name) and not _is_relative(name):
                yield AgencyMention("subject", name, None, block)


def find_signature(document: Document) -> AgencyMention | None:
    """Return the agency that stands above or before a date at the end of the document."""
    last = len(document.blocks)
    tail = [
        (index, block.text)
        for index, block in enumerate(document.blocks[-_TAIL_BLOCKS:], max(0, last - _TAIL_BLOCKS))
        if isinstance(block, Paragraph)
    ]
    joined = "\n".join(fold("".join(text[-200:].split())) for _, text in tail)
    found = _last_match(_SIGNED, joined)
    # lines run together, with blanks instead of line breaks
    if tail and (found is None or not is_agency(found["a"])):
        found = _last_match(_SIGNED, "\n".join(fold(tail[-1][1][-200:]).split()))
    name = _ROW_BEFORE.sub("", found["a"]) if found else ""
    if not is_agency(name) or _is_relative(name):
        return None
    return AgencyMention("signature", name, None, tail[-1][0])


def _last_match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for start in (found.start() for found in kept_pattern(_DATE).finditer(text)):
        last = pattern.search(text, max(0, start - 40)) or last
    return last


def find_labelled(document: Document, begin: int) -> Iterator[AgencyMention]:
    """Yield publisher and source: from the lines around the title, then from the metadata."""
    for index, block in enumerate(document.blocks[: max(begin, 12)]):
        if isinstance(block, Paragraph):
            yield from _labels_in(block.text[:600], index)
        else:
            yield from _labels_in("|".join(cell.text for cell in block.cells[:40]), index)
    kinds: tuple[tuple[str, Kind], ...] = (
        ("contentsource", "publisher"),
        ("source", "source"),
        ("author", "source"),
    )
    for key, kind in kinds:
        name = fold("".join(document.metadata.get(key, "").split()))
        if is_agency(name):
            yield AgencyMention(kind, name)


def _labels_in(text: str, block: int) -> Iterator[AgencyMention]:
    folded = fold(text)
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (("publisher", _PUBLISHER), ("source", _SOURCE))
    for kind, pattern in patterns:
        for found in pattern.finditer(folded):
            if is_agency(found["a"]):
                yield AgencyMention(kind, found["a"], None, block)


def find_period(texts: list[tuple[int, str]]) -> Period | None:
    """Return the period that the numbers cover, even if 年, 月 or 日 is missing on the page."""
    for pattern in _PERIODS:
        for block, text in texts:
            found = pattern.search(text)
            if found:
                begin = read_year(found["from"])
                return Period(begin, read_year(found["to"]) if found["to"] else begin, block)
    return None


def mentioned_years(texts: list[tuple[int, str]]) -> list[int]:
    """Return the different years of the reports of this kind that the front mentions."""
    return sorted({read_year(found[1]) for _, text in texts for found in _MENTION.finditer(text)})


def count_years(texts: list[tuple[int, str]]) -> dict[int, int]:
    """Return how often each year opens a clause of the front (2021年，我局…)."""
    counts: dict[int, int] = {}
    for _, text in texts:
        for found in _BODY_YEAR.finditer(text):
            year = read_year(found["year"])
            counts[year] = counts.get(year, 0) + 1
    return counts


def _is_relative(name: str) -> bool:
    """True for names that do not say which province, city or district: 省教育厅, 市政府."""
    return _RELATIVE.match(name) is not None
