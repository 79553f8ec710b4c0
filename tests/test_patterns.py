"""Patterns: kept ones are those that `re` compiles, whatever the file says; late ones have no mistakes."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import patterns
from extractor.patterns import KeptPatterns, late_pattern

# What a pattern may be made of: most kinds of words of its program, with groups and names.
_PIECES = st.sampled_from(
    [
        *(
            "年",
            "[一二三四]",
            "[^，。\\s]",
            "(?P<数>\\d{1,3})",
            "(?:件|条)?",
            "(?<![\\d.])",
            "(?=月)",
            "a|B",
            ".*?",
        ),
        *("(x)\\1", "$", "Ä", "(?i:b+)", "[a-f]{2,}?"),
    ]
)
_FLAGS = st.sampled_from([0, re.IGNORECASE, re.DOTALL | re.MULTILINE, re.ASCII, re.VERBOSE | re.IGNORECASE])
_TEXTS = st.text("年一五，。 0123.件条月aABbxäÄ\n", max_size=30)


@pytest.fixture(scope="module", autouse=True)
def _writing_allowed() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", False)
        yield


def written(path: Path, *texts: str | bytes, flags: int = 0) -> KeptPatterns:
    """Keep some patterns in a file; return a new reader of the file."""
    keeper = KeptPatterns(path)
    for text in texts:
        keeper.kept_pattern(text, flags)
    keeper.keep()
    return KeptPatterns(path)


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[object, ...]]:
    return [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in pattern.finditer(text)]


@given(st.lists(_PIECES, min_size=1, max_size=6).map("".join), _FLAGS, _TEXTS)
def test_a_kept_pattern_finds_what_a_compiled_one_finds(
    tmp_path_factory: pytest.TempPathFactory, text: str, flags: int, searched: str
) -> None:
    try:
        fresh = re.compile(text, flags)
    except re.error:
        return  # such as one name twice
    reader = written(tmp_path_factory.getbasetemp() / "drawn", text, flags=flags)
    kept = reader.kept_pattern(text, flags)
    assert reader.compiled == []
    assert kept == fresh
    assert (kept.flags, kept.groups, kept.groupindex) == (fresh.flags, fresh.groups, fresh.groupindex)
    assert spans(kept, searched) == spans(fresh, searched)


def modules_of_the_reader() -> list[str]:
    names = ["extractor.units", "extractor.encoding", "extractor.nesting"]
    for room in ("formats", "recognize", "settle", "forms"):
        package = importlib.import_module(f"extractor.{room}")
        found = pkgutil.walk_packages(package.__path__, f"extractor.{room}.")
        names += [
            info.name for info in found if ".ocr" not in info.name and "image" not in info.name
        ]  # extras
    return names


def named_patterns(kind: type) -> list[tuple[str, re.Pattern[str]]]:
    """Return every pattern of a kind that a module of the reader has under a name of its own."""
    modules = [(name, vars(importlib.import_module(name))) for name in modules_of_the_reader()]
    return [
        (f"{module}.{name}", value)
        for module, values in modules
        for name, value in values.items()
        if isinstance(value, kind)
    ]


def test_every_pattern_of_the_reader_is_kept_as_it_is_compiled(tmp_path: Path) -> None:
    named = named_patterns(re.Pattern) + named_patterns(type(late_pattern("")))
    wanted = [(each.pattern, each.flags & ~re.UNICODE) for _, each in named]
    assert len(wanted) > 400
    keeper = KeptPatterns(tmp_path / "file")
    fresh = [keeper.kept_pattern(*each) for each in wanted]
    assert keeper.compiled
    keeper.keep()
    reader = KeptPatterns(tmp_path / "file")
    kept = [reader.kept_pattern(*each) for each in wanted]
    assert reader.compiled == []
    assert kept == fresh  # equal patterns have equal programs
    assert [each.groupindex for each in kept] == [each.groupindex for each in fresh]


def test_letters_and_bytes_and_flags_make_different_patterns(tmp_path: Path) -> None:
    reader = written(tmp_path / "file", "a(b)", b"a(b)")
    assert reader.kept_pattern("a(b)").fullmatch("ab")
    assert reader.kept_pattern(b"a(b)").fullmatch(b"ab")
    assert reader.kept_pattern("a(b)") is reader.kept_pattern("a(b)")
    assert reader.compiled == []
    assert reader.kept_pattern("a(b)", re.IGNORECASE).fullmatch("AB")
    assert reader.compiled == [(False, "a(b)", re.IGNORECASE)]


@pytest.mark.parametrize("text", ["(", "(?P<a>b)(?P<a>c)"])
def test_a_mistake_in_a_pattern_is_told_as_ever(tmp_path: Path, text: str) -> None:
    with pytest.raises(re.error):
        written(tmp_path / "file", text)


@settings(max_examples=40)
@given(st.data())
def test_a_file_cut_or_changed_anywhere_changes_no_answer(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed"
    path.unlink(missing_ok=True)
    written(path, "[一二]年(?P<a>b)?", b"c+")
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = bytes([data.draw(st.integers(0, 255))])
    path.write_bytes(
        data.draw(st.sampled_from([whole[:place], whole[:place] + byte + whole[place + 1 :], byte]))
    )
    reader = KeptPatterns(path)
    assert reader.kept_pattern("[一二]年(?P<a>b)?") == re.compile("[一二]年(?P<a>b)?")
    assert reader.kept_pattern(b"c+") == re.compile(b"c+")
    if reader.compiled:  # the next process has a whole file again
        reader.keep()
        assert path.read_bytes() == whole


def test_what_another_interpreter_wrote_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "3.99")
        written(path, "ab")
    reader = KeptPatterns(path)
    assert reader.kept_pattern("ab").search("ab")
    assert reader.compiled == [(False, "ab", 0)]


def test_a_program_that_the_engine_refuses_is_compiled_anew(tmp_path: Path) -> None:
    path = tmp_path / "file"
    written(path, "ab")
    kept = patterns._read(path)
    for wrong in [
        (32, b"\1\2\3", 0, {}),
        (32, b"\xff" * 8, 0, {}),
        (32, b"", 5, {"a": 9}),
        (1,),
        ("", b"", "", 0),
    ]:
        path.write_bytes(patterns._packed(dict.fromkeys(kept, wrong)))
        assert KeptPatterns(path).kept_pattern("ab") == re.compile("ab"), wrong


def test_without_the_engine_of_cpython_patterns_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> object:
        raise ImportError("_sre")

    monkeypatch.setattr(patterns, "_engine", missing)
    assert written(tmp_path / "file", "ab").kept_pattern("ab").search("ab")
    assert not (tmp_path / "file").exists()


def test_nothing_is_written_where_python_may_not_write_byte_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    written(tmp_path / "file", "ab")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    assert written(tmp_path / "file" / "file", "ab").kept_pattern("ab").search("ab")
    (tmp_path / "folder").mkdir()
    assert written(tmp_path / "folder", "ab").kept_pattern("ab").search("ab")
    assert {each.name for each in tmp_path.iterdir()} == {"file", "folder"}


def test_writers_add_to_what_others_have_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    one, other = KeptPatterns(path), KeptPatterns(path)
    for keeper, text in ((one, "a"), (other, "b"), (other, "a")):
        keeper.kept_pattern(text)
    one.keep()
    other.keep()
    reader = KeptPatterns(path)
    assert [reader.kept_pattern(text).pattern for text in "ab"] == ["a", "b"]
    assert reader.compiled == []
    before = path.stat().st_mtime_ns
    KeptPatterns(path).keep()
    late = KeptPatterns(path)
    late.compiled.append((False, "a", 0))  # as a process has it that started before the file was written
    late.keep()
    assert path.stat().st_mtime_ns == before


def test_a_file_grown_too_large_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "file", "[一二三]")
    monkeypatch.setattr(patterns, "_MOST_BYTES", 1)
    reader = written(tmp_path / "file", "b")
    assert [reader.kept_pattern(text).pattern for text in ("b", "[一二三]")] == ["b", "[一二三]"]
    assert reader.compiled == [(False, "[一二三]", 0)]


_MADE = """
import sys
from extractor import parse, patterns
parse(sys.argv[1])
print(sorted(repr(key) for key in patterns._patterns._made))
"""


def test_every_process_makes_the_same_patterns() -> None:
    """The order of a set differs between processes: a pattern made from one would never be found again."""
    page = Path(__file__).parent.parent / "fixtures/cases/html-hanweb-page/source.html"
    made = [
        subprocess.run(
            [sys.executable, "-c", _MADE, str(page)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    ]
    assert made[0] == made[1]
    assert len(made[0]) > 10_000


def test_a_process_writes_at_its_end_beside_the_byte_code(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "from extractor.patterns import kept_pattern; kept_pattern('a')"],
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""},
        check=True,
    )
    assert len(list(tmp_path.rglob("patterns.*.sre"))) == 1


def test_every_late_pattern_compiles() -> None:
    late = named_patterns(type(late_pattern("")))
    assert len(late) > 40
    for name, pattern in late:
        assert re.compile(pattern.pattern, pattern.flags), name


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = KeptPatterns(None)
    monkeypatch.setattr(patterns, "kept_pattern", fresh.kept_pattern)
    pattern = late_pattern("a(b)", re.IGNORECASE)
    assert fresh._made == {}
    assert pattern.fullmatch("AB") and pattern.search("xab") and not pattern.match("b")  # noqa: PT018
    assert (pattern.sub(r"\1", "ab"), pattern.findall("abAB"), pattern.groups) == ("b", ["b", "B"], 1)
    assert [match.span() for match in pattern.finditer("ab ab")] == [(0, 2), (3, 5)]
    assert len(fresh._made) == 1


def test_a_late_mistake_shows_on_first_use() -> None:
    with pytest.raises(re.error):
        late_pattern("(").search("")
