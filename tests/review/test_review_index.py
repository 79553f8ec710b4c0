"""Many review pages in a folder: an index says what to do with each report, and leads to its page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from extractor.errors import ExitCode

Run = Callable[..., Any]
CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "年报"
    folder.mkdir()
    for name, case in (("甲 #1.html", "html-plain-2021"), ("乙.html", "fault-wrong-part")):
        (folder / name).write_bytes((CASES / case / "source.html").read_bytes())
    return folder


def rows_of(index: Path) -> list[LexborHTMLParser]:
    return LexborHTMLParser(index.read_text(encoding="utf-8")).css("tbody tr")


def test_an_index_has_a_line_a_file_the_most_urgent_first_and_each_page_leads_back(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    (reports / "坏.pdf").write_bytes(b"%PDF-1.4")
    out = tmp_path / "核对"
    assert run("view", reports, "-o", out).code == ExitCode.PARTIAL_BATCH
    sent_back, clear, unread = rows_of(out / "index.html")
    assert [row.css_first("td").text() for row in (sent_back, clear, unread)] == [
        "须退回", "没有发现问题", "读不了",
    ]  # fmt: skip
    assert "应为" in sent_back.text()
    assert unread.css_first("a") is None
    pages = [row.css_first("a").attributes["href"] for row in (sent_back, clear)]
    for page, others in ((pages[0], {"index.html", pages[1]}), (pages[1], {"index.html", pages[0]})):
        assert "#" not in page
        tree = LexborHTMLParser((out / page).read_text(encoding="utf-8"))
        assert {link.attributes["href"] for link in tree.css("nav a")} == others


def test_what_a_batch_has_written_is_shown_and_a_file_that_is_gone_has_no_link(
    run: Run, reports: Path, tmp_path: Path
) -> None:
    run("batch", reports, "-o", tmp_path / "结果", "--to", "jsonl")
    (reports / "乙.html").unlink()
    ended = run("view", tmp_path / "结果", "-o", tmp_path / "核对")
    assert ended.code == ExitCode.PARTIAL_BATCH
    assert "乙.html" in ended.err
    sent_back, clear = rows_of(tmp_path / "核对" / "index.html")
    assert sent_back.css_first("a") is None
    assert clear.css_first("a") is not None


@pytest.mark.parametrize("more", [("-o", "all.html"), ("-o", "out", "--with", "b.html")])
def test_many_go_into_a_folder_and_stand_by_themselves(
    more: tuple[str, ...], run: Run, reports: Path, tmp_path: Path
) -> None:
    assert run("view", reports, *more).code == ExitCode.USAGE
    assert not (tmp_path / "out").exists()
