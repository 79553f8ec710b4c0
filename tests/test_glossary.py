"""The glossary names homes that exist: a word whose home has moved is noticed."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = re.findall(
    r"^\| ([^|]+) \| [^|]+ \| `([^`]+)` \|$",
    (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_the_glossary_has_rows() -> None:
    assert len(ROWS) > 40


@pytest.mark.parametrize(("word", "home"), ROWS)
def test_the_home_of_a_word_is_there(word: str, home: str) -> None:
    package = ROOT / "extractor"
    if (package / home).exists():
        return
    *modules, name = home.split(".")
    path = package.joinpath(*modules)
    files = list(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    assert any(re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")) for file in files), word
