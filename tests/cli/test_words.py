"""Every code of the output has its word, and one command tells it."""

import re
from collections.abc import Callable
from typing import Any

from extractor.errors import ExitCode
from extractor.report import json_schema
from extractor.words import all_words

Run = Callable[..., Any]


def test_every_value_that_the_schema_closes_has_a_word() -> None:
    text = str(json_schema())
    for kind, codes in {
        "verdict": ("verified", "not_a_report"),
        "state": ("undecided", "blank"),
        "level": ("township", "state"),
        "told_by": ("metadata", "signature"),
    }.items():
        known = all_words()[kind].keys()
        assert set(codes) <= known
        lists = [set(re.findall(r"'([a-z_]+)'", each)) for each in re.findall(r"'enum': \[([^]]*)\]", text)]
        assert any(values <= known and values >= set(codes) for values in lists), kind


def test_no_word_is_written_twice_for_one_kind() -> None:
    for kind, codes in all_words().items():
        chinese = [both[0] for both in codes.values()]
        assert len(set(chinese)) == len(chinese), kind


def test_a_code_is_told_in_words(run: Run) -> None:
    text = run(
        "words", "inconsistent", "requests.granted.total", "disputes/total", "bomb", "mojibake"
    ).out.decode()
    assert "报告自身的数字不平" in text
    assert "（一）予以公开 / 总计" in text
    assert "总计应等于结果维持" in text
    assert "压缩炸弹" in text
    assert "乱码" in text


def test_a_code_is_told_in_english(run: Run) -> None:
    assert "do not add up" in run("words", "inconsistent", "--en").out.decode()


def test_a_mistyped_code_is_refused_with_those_like_it(run: Run) -> None:
    outcome = run("words", "inconsistant")
    assert outcome.code == ExitCode.USAGE
    assert "inconsistent" in outcome.err
