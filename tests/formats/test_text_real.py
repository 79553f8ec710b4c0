"""Real reports as plain text: what their layout still shows, against what a careful reader found."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats.text import read
from extractor.formats.text.lines import is_value

# Rows of each table, in reading order.
SHAPES = {
    "jiaxing_rfb_2021.txt": [14, 28, 4],
    "hebei_jyt_2018_stat.txt": [66],
    "hebei_jyt_2019.txt": [18, 26, 4],
    "hebei_jyt_2021.txt": [14, 28, 4],
    "hebei_jyt_2016.txt": [],
    "hebei_gxt_2022.txt": [],
    "hebei_rst_2022.txt": [],
    "pingtan_gwh_2019.txt": [],
    "pingtan_czj_2009.txt": [],
    "negative_hebei_gxt_2019_fzzf.txt": [],
}


def document_of(folder: Path, name: str) -> Document:
    return read(Source(name, (folder / name).read_bytes()))


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.cells[-1].row + 1)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def tables(document: Document) -> list[list[list[str]]]:
    return [rows(block) for block in document.blocks if isinstance(block, Table)]


def values_of(row: list[str]) -> list[str]:
    """Return what stands behind the last label of a row."""
    labels = [at for at, text in enumerate(row) if text and not is_value(text)]
    return row[labels[-1] + 1 :] if labels else row


def gold(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "gold" / name.replace(".txt", ".json")
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["tables"]
    return facts


@pytest.mark.parametrize("name", SHAPES)
def test_a_real_text_has_the_tables_that_its_layout_shows(real_reports: Path, name: str) -> None:
    document = document_of(real_reports, name)
    assert [len(table) for table in tables(document)] == SHAPES[name]
    for block in document.blocks:
        for part in block.cells if isinstance(block, Table) else (block,):
            assert part.text == document.text[part.locator.start : part.locator.end]


@pytest.mark.parametrize("name", ["jiaxing_rfb_2021.txt", "hebei_jyt_2019.txt", "hebei_jyt_2021.txt"])
def test_every_row_of_the_requests_has_its_seven_values(real_reports: Path, name: str) -> None:
    table = tables(document_of(real_reports, name))[1]
    wanted = [list(row.values()) for row in gold(real_reports, name)["requests"].values()]
    found = [values_of(row) for row in table[3:]]
    assert [[int(text) if text else None for text in row] for row in found] == wanted


@pytest.mark.parametrize("name", ["jiaxing_rfb_2021.txt", "hebei_jyt_2019.txt", "hebei_jyt_2021.txt"])
def test_the_row_of_the_disputes_has_its_fifteen_values(real_reports: Path, name: str) -> None:
    row = tables(document_of(real_reports, name))[2][-1]
    wanted = [value for group in gold(real_reports, name)["disputes"].values() for value in group.values()]
    assert [int(text) if text else None for text in row] == wanted


def test_every_indicator_of_the_old_statistics_has_its_number(real_reports: Path) -> None:
    name = "hebei_jyt_2018_stat.txt"
    (table,) = tables(document_of(real_reports, name))
    assert {len(row) for row in table} == {3}
    found = [int(row[2]) for row in table[1:] if row[2]]
    assert found == [entry["value"] for entry in gold(real_reports, name)["statistics"].values()]


def test_a_markdown_table_that_a_tool_split_stays_split(real_reports: Path) -> None:
    document = document_of(real_reports, "sh_kewei_2024.md")
    found = tables(document)
    assert found[0] == [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "13", "0", "55"],
    ]
    assert len(found) == 19
    assert len(found[-1][0]) == 15
    levels = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.level == 2]
    assert len(levels) == 2
    assert levels[0].startswith("表二")


def test_the_header_of_the_scraper_is_no_text(real_reports: Path) -> None:
    document = document_of(real_reports, "pingtan_dsj_2013.txt")
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.startswith("当前位置")
    assert document.metadata["pubdate"] == "2014-02-25 00:00"
    assert document.metadata["columnname"] == "政府信息公开年报"


def test_no_real_text_is_suspected_of_bad_characters(real_reports: Path) -> None:
    for path in sorted(real_reports.glob("*.txt")):
        assert document_of(real_reports, path.name).notices == (), path.name
