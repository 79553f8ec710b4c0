"""Late patterns: as good as any other, compiled on first use, and without mistakes."""

import importlib
import pkgutil
import re

import pytest

import extractor
from extractor.patterns import late_pattern


def late_patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return every late pattern that a module of the reader has under a name of its own."""
    kind = type(late_pattern(""))
    found = []
    for room in ("formats", "recognize", "settle", "forms"):
        package = importlib.import_module(f"extractor.{room}")
        for info in pkgutil.walk_packages(package.__path__, f"extractor.{room}."):
            if ".ocr" not in info.name and "image" not in info.name:  # their libraries are extras
                names = vars(importlib.import_module(info.name)).items()
                found += [(f"{info.name}.{name}", value) for name, value in names if isinstance(value, kind)]
    for name in ("units", "encoding", "nesting"):
        names = vars(importlib.import_module(f"{extractor.__name__}.{name}")).items()
        found += [(name, value) for _, value in names if isinstance(value, kind)]
    return found


def test_every_late_pattern_compiles() -> None:
    patterns = late_patterns()
    assert len(patterns) > 40
    for name, pattern in patterns:
        assert re.compile(pattern.pattern, pattern.flags), name


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or real(*given))
    pattern = late_pattern("a(b)", re.IGNORECASE)
    assert compiled == []
    assert pattern.fullmatch("AB") and pattern.search("xab") and not pattern.match("b")  # noqa: PT018
    assert (pattern.sub(r"\1", "ab"), pattern.findall("abAB"), pattern.groups) == ("b", ["b", "B"], 1)
    assert [match.span() for match in pattern.finditer("ab ab")] == [(0, 2), (3, 5)]
    assert len(compiled) <= 2


def test_a_mistake_shows_on_first_use() -> None:
    with pytest.raises(re.error):
        late_pattern("(").search("")
