"""No character is lost: whatever the text, each stands in one heading or in one text."""

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Block, Cell, Paragraph, Span, Table
from extractor.recognize.outline import find_outline
from extractor.report import Section

NUMBERS = "一、 二、 十二、 （一） (二) () ㈢ 1. 2、 （1） ① —、 第一部分 第二十条第（一）项"
WORDS = """总体情况 主动公开政府信息情况 主动公开 依申请公开方面 收到和处理政府信息公开申请情况
    监督保障 平台建设 存在的主要问题及改进情况 其他需要报告的事项 行政复议、行政诉讼情况
    政府信息管理 附表： 總體情況 政府資訊
    本年新收政府信息公开申请数量 予以公开 属于国家秘密 其他 加强组织领导，健全机制 云岭县档案局全年公开30条
    我局认真落实 2023年 30 。 ： ； ， 、 … 《 》 \uffff"""
CLOSING = re.compile("[。：:．，,、]")  # what closes a heading belongs to neither heading nor text
PHRASES = [*NUMBERS.split(), *WORDS.split(), " ", "\u3000\u3000", "\n", "\r\n"]
TEXTS = (
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=14).map("".join).filter(lambda text: text.strip())
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[Block], list[Span], int]:
    blocks: list[Block] = []
    taken: list[Span] = []
    for number, text in enumerate(draw(st.lists(st.none() | TEXTS, max_size=9))):
        if text is None:
            blocks.append(Table((Cell(0, 0, "规章"),)))
            continue
        level = draw(st.none() | st.integers(0, 4))
        blocks.append(Paragraph(text, level=level))
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
        taken.extend(Span(number, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    return blocks, taken, draw(st.integers(0, len(blocks)))


def ink(text: str) -> str:
    return re.sub(r"\s", "", text)


def free_ink(blocks: list[Block], taken: list[Span], begin: int) -> str:
    """Return the characters from `begin` on that nobody took, without blanks."""
    parts = []
    for number, block in enumerate(blocks[begin:], begin):
        if isinstance(block, Paragraph):
            gone = {i for span in taken if span.block == number for i in range(span.start, span.end)}
            parts.append("".join(c for i, c in enumerate(block.text) if i not in gone))
    return ink("".join(parts))


def in_order(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from in_order(section.sections)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_character_stands_in_one_heading_or_in_one_text(
    document: tuple[list[Block], list[Span], int],
) -> None:
    blocks, taken, begin = document
    given = free_ink(blocks, taken, begin)
    sections = list(in_order(find_outline(blocks, taken, begin).sections))
    told = ink("".join(section.heading + section.text for section in sections))
    assert CLOSING.sub("", told) == CLOSING.sub("", given)
    assert 0 <= len(given) - len(told) <= 2 * sum(bool(section.heading) for section in sections)
