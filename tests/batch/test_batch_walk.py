"""Inputs become files in an order that does not change from run to run."""

import os
from pathlib import Path

import pytest

from extractor.batch.walk import count_files, paths_of_list, walk


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b/2.html", "b/1.html", "a.html", "c/.hidden", "out/old.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def names_of(inputs: list[str], tree: Path, **given: Path) -> list[str]:
    return [path.relative_to(tree).as_posix() for path in walk(inputs, **given)]


def test_a_folder_is_walked_in_order_and_without_the_output(tree: Path) -> None:
    assert names_of([str(tree)], tree, without=tree / "out") == ["a.html", "b/1.html", "b/2.html"]
    assert count_files([str(tree)], without=tree / "out") == 3


def test_a_pattern_reaches_into_folders(tree: Path) -> None:
    assert names_of([str(tree / "**" / "*.html")], tree) == ["a.html", "b/1.html", "b/2.html", "out/old.html"]


def test_a_file_whose_name_looks_like_a_pattern_is_the_file(tree: Path) -> None:
    (tree / "年报[1].html").touch()
    assert names_of([str(tree / "年报[1].html")], tree) == ["年报[1].html"]


def test_what_is_not_there_stays_in_the_list(tree: Path) -> None:
    assert names_of([str(tree / "没有.html")], tree) == ["没有.html"]


def test_pipes_are_passed_over_and_links_that_lead_nowhere_are_not(tree: Path) -> None:
    os.mkfifo(tree / "c" / "pipe")
    (tree / "c" / "broken.html").symlink_to(tree / "gone.html")
    (tree / "c" / "link.html").symlink_to(tree / "a.html")
    assert names_of([str(tree / "c")], tree) == ["c/broken.html", "c/link.html"]


def test_a_folder_that_cannot_be_opened_stays_in_the_list(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("extractor.batch.walk.os.scandir", refuse)
    assert names_of([str(tree / "b")], tree) == ["b"]


def test_a_list_is_read_by_lines_or_by_nul() -> None:
    assert paths_of_list("一.html\r\n\n二 三.html\n".encode()) == ["一.html", "二 三.html"]
    assert paths_of_list("一\n二.html\0三.html\0".encode()) == ["一\n二.html", "三.html"]


def test_a_crawl_s_own_list_is_no_document(tree: Path) -> None:
    (tree / "b" / "manifest.jsonl").touch()
    assert "b/manifest.jsonl" in names_of([str(tree)], tree)
    (tree / "b" / ".crawl").mkdir()
    assert "b/manifest.jsonl" not in names_of([str(tree)], tree)
