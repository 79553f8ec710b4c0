"""Any thread may read: eight at once, over all formats, give what one alone gives."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import extractor
from extractor.errors import ExtractorError, ProgramFault

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SOURCES = sorted(FIXTURES.glob("*/*/source.*"))
DEAR = (
    "pdf-scanned-page",
    "pdf-unplain-cells-1",
)  # drawn and looked at: seconds each, so read once by threads


def read(path: Path) -> bytes | str:
    try:
        return extractor.parse(path).to_json()
    except ExtractorError as error:
        return f"{type(error).__name__}: {error}"


def test_eight_threads_read_what_one_reads() -> None:
    chosen = [
        path for n, path in enumerate(SOURCES) if path.suffix in (".pdf", ".ofd", ".docx") or n % 3 == 0
    ]
    assert {path.suffix for path in chosen} >= {".pdf", ".ofd", ".docx", ".html", ".txt"}
    chosen.sort(key=lambda path: path.parent.name in DEAR)
    alone = list(map(read, chosen))
    with ThreadPoolExecutor(8) as pool:
        twice = chosen[: -len(DEAR)]
        assert list(pool.map(read, twice + chosen)) == alone[: len(twice)] + alone


def test_the_first_words_may_be_cut_in_eight_threads_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.recognize import prose
    from extractor.recognize.prose_numbers import index

    for loaded in (prose._imported_jieba, prose._background, prose._tokenizer_class, index._automaton):
        loaded.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        words = list(pool.map(lambda _: len(index.cut_into_terms("主动公开政府信息", 0, 8)), range(64)))
        keywords = list(pool.map(lambda _: prose.find_keywords("政策解读形式单一", 3), range(64)))
    assert (set(words), set(keywords)) == ({words[0]}, {keywords[0]})


def test_a_fault_of_the_program_is_an_error_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: object, is_wanted: object) -> None:
        raise ZeroDivisionError("so")

    monkeypatch.setattr("extractor.pipeline.read_document", fail)
    with pytest.raises(ProgramFault, match=r"a\.txt: .*ZeroDivisionError: so") as caught:
        extractor.parse(b"x", name="a.txt")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    monkeypatch.setenv("EXTRACTOR_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        extractor.parse(b"x", name="a.txt")
