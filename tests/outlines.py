"""Outlines of reports typed in by hand, and what was told apart in them."""

from collections.abc import Sequence
from typing import cast

from extractor.document import Block, Cell, Paragraph, Span, Table
from extractor.recognize.outline import Outline, find_outline
from extractor.report import Section

FORM = [
    ("overview", "一、总体情况"),
    ("proactive", "二、主动公开政府信息情况"),
    ("requests", "三、收到和处理政府信息公开申请情况"),
    ("disputes", "四、政府信息公开行政复议、行政诉讼情况"),
    ("problems", "五、存在的主要问题及改进情况"),
    ("other", "六、其他需要报告的事项"),
]
PROSE = "云岭县档案局持续做好本年工作，群众查阅更加便利。"
GRID = Table((Cell(0, 0, "规章"), Cell(0, 1, "0")))


def read(*blocks: object, taken: Sequence[Span] = (), begin: int = 0) -> Outline:
    paragraphs = [Paragraph(block) if isinstance(block, str) else block for block in blocks]
    return find_outline(cast(list[Block], paragraphs), taken, begin)


def flat(sections: tuple[Section, ...], depth: int = 1) -> list[tuple[int, str | None, str, str]]:
    found = []
    for section in sections:
        found.append((depth, section.code, section.heading, section.text))
        found.extend(flat(section.sections, depth + 1))
    return found


def told(*blocks: object) -> list[tuple[str | None, str]]:
    """Return code and heading of every section but the preamble."""
    found = flat(read(*blocks).sections)
    return [(code, heading) for _, code, heading, _ in found if code != "preamble"]
