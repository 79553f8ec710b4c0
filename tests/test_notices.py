"""The catalogue of notice codes and the code agree, and a test shows each notice."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.notice_codes import notice_codes
from scripts.write_notices import DOCUMENT, document

ROOT = Path(__file__).parent.parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
COMPOUND = re.compile(r"[a-z]+(?:-[a-z]+)+")
NO_CODES = {"one-or-dash"}  # a reason for doubt, in a module that makes notices


def texts_in(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def codes_made_by(tree: ast.Module) -> Iterator[str]:
    """Yield the codes of the notices that a module makes.

    Where a code is no literal, every compound word of the module may be one.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Notice" and node.args:
            if isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
            else:
                yield from (text for text in texts_in(tree) - NO_CODES if COMPOUND.fullmatch(text))


def made_in_package() -> set[str]:
    paths = (ROOT / "extractor").rglob("*.py")
    return {code for path in paths for code in codes_made_by(ast.parse(path.read_text(encoding="utf-8")))}


def shown_in_tests() -> set[str]:
    """Return every text that stands in a test function or beside one, this file's left out."""
    paths = (path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))
    return {text for path in paths for text in texts_in(ast.parse(path.read_text(encoding="utf-8")))}


def test_each_code_that_is_made_is_in_the_catalogue_and_no_other() -> None:
    assert made_in_package() == set(notice_codes())


def test_a_code_without_an_entry_is_seen() -> None:
    made = "Notice('a-b', m); Notice(code, m); code = 'c-d' if x else 'e-f'"
    assert set(codes_made_by(ast.parse(made))) == {"a-b", "c-d", "e-f"}


def test_each_code_is_shown_by_a_test() -> None:
    assert set(notice_codes()) - shown_in_tests() == set()


@pytest.mark.parametrize("code", notice_codes())
def test_an_entry_says_what_it_means_and_what_to_do_in_both_languages(code: str) -> None:
    entry = notice_codes()[code]
    assert CODE.fullmatch(code)
    for told in (entry.meaning, entry.remedy):
        assert re.search(r"[\u4e00-\u9fff]", told.zh)
        assert re.search(r"[a-z]{3}", told.en)
        assert not re.search(r"[\u4e00-\u9fff|\n]", told.en)
        assert "|" not in told.zh


def test_the_catalogue_is_in_alphabetical_order() -> None:
    assert list(notice_codes()) == sorted(notice_codes())


def test_codes_that_leave_a_finding_open_are_codes() -> None:
    from extractor.rules.finding import _LEAVE_IT_OPEN

    assert set(notice_codes()) >= _LEAVE_IT_OPEN


def test_the_page_of_the_documentation_is_written_from_the_catalogue() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "make notices"
