"""Sections of real reports, against what a careful reader finds in them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.document import Block, Paragraph, Source, Span
from extractor.formats import read_document
from extractor.recognize.outline import find_outline
from extractor.report import Section

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
GOLD = sorted((CORPUS / "gold").glob("*.json"))
# Where a table that lost its borders begins and ends: all that this test must know of tables.
_TABLES = re.compile(
    r"第二十条第（一）项\s*信息内容.*?(?=\s*三、收到)|[（(]本列数据.*?(?=\s*四、因?政府信息公开)"
    r"|行政复议\s*行政诉讼.*?(?=\s*五、)|(?:统计指标单位|指标名称).*",
    re.DOTALL,
)

pytestmark = pytest.mark.skipif(not GOLD, reason="../shared/corpus is not here: no real reports to read")


def taken(blocks: tuple[Block, ...]) -> list[Span]:
    return [
        Span(number, match.start(), match.end())
        for number, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for match in _TABLES.finditer(block.text)
    ]


def flat(sections: tuple[Section, ...], level: int = 1) -> Iterator[tuple[str | None, str, int]]:
    for section in sections:
        if section.code != "preamble":
            yield section.code, bare(section.heading), level
        yield from flat(section.sections, level + 1)


def bare(heading: str) -> str:
    return re.sub(r"\s", "", heading).rstrip("：。:")


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_sections_are_those_a_reader_finds(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    file = next(file for file in CORPUS.glob(f"{path.stem}.*"))
    document = read_document(Source(file.name, file.read_bytes()))
    found = list(flat(find_outline(document.blocks, taken(document.blocks)).sections))
    listed = {section["level"] for section in gold["sections"]}
    found = [section for section in found if section[2] in listed]
    assert [(heading, level) for _, heading, level in found] == [
        (bare(section["heading"]), section["level"]) for section in gold["sections"]
    ]
    for (code, heading, _), section in zip(found, gold["sections"], strict=True):
        assert code in (section["code"], section.get("also", section["code"])), heading
