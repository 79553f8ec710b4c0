"""Characters that stand for others: traditional ones, radicals, compatibility ideographs, invisible ones."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Report, parse
from extractor.script import (
    INVISIBLE,
    TO_SIMPLIFIED,
    in_common_ideographs,
    simplified,
    without_doubled_radicals,
    without_invisible,
)

PLAIN = (Path(__file__).parent.parent / "fixtures/cases/html-plain-2021/source.html").read_text("utf-8")
# What fonts and conversions put for common ideographs: of the Kangxi radicals, of their supplement,
# of the compatibility ideographs.
STAND_INS = {
    "行": "\u2f8f", "工": "\u2f2f", "人": "\u2f08", "自": "\u2f83", "子": "\u2f26", "见": "\u2ec5",
    "车": "\u2ecb", "长": "\u2ed3", "门": "\u2ed4", "页": "\u2eda", "年": "\uf98e", "理": "\uf9e4",
    "不": "\uf967", "一": "\u2f00", "二": "\u2f06", "八": "\u2f0b", "十": "\u2f17",
}  # fmt: skip


def printed_with_stand_ins(text: str) -> str:
    for common, stand_in in STAND_INS.items():
        text = text.replace(common, stand_in)
    return text


def headings(report: Report) -> list[tuple[str | None, str]]:
    return [(section.code, section.heading) for section in report.sections]


def test_radicals_and_compatibility_ideographs_are_the_characters_they_stand_for() -> None:
    plain, other = parse(PLAIN.encode()), parse(printed_with_stand_ins(PLAIN).encode())
    assert printed_with_stand_ins(PLAIN) != PLAIN
    assert (other.verdict, other.title, other.issuer, other.year) == (
        plain.verdict,
        plain.title,
        plain.issuer,
        plain.year,
    )
    assert headings(other) == headings(plain)
    assert [section.text for section in other.sections] == [section.text for section in plain.sections]
    assert other.tables == plain.tables
    assert [(f.code, f.value) for f in other.figures] == [(f.code, f.value) for f in plain.figures]


@pytest.mark.parametrize(
    ("stand_in", "common"), [("⻓", "长"), ("⻅", "见"), ("⼯", "工"), ("\ufa08", "行"), ("⺁", "厂")]
)
def test_a_stand_in_is_its_ideograph(stand_in: str, common: str) -> None:
    assert in_common_ideographs(f"a{stand_in}b") == f"a{common}b"


def test_compatibility_characters_of_other_kinds_are_left_as_printed() -> None:
    assert in_common_ideographs("①㈠㎡½Ａ") == "①㈠㎡½Ａ"


@given(st.text(st.characters(codec="utf-8")))
def test_common_ideographs_and_the_simplified_script_keep_every_offset(text: str) -> None:
    assert len(in_common_ideographs(text)) == len(simplified(text)) == len(text)
    assert in_common_ideographs(in_common_ideographs(text)) == in_common_ideographs(text)


def test_no_character_of_the_simplified_script_is_taken_for_a_traditional_one() -> None:
    assert not set(map(chr, TO_SIMPLIFIED)) & set("".join(TO_SIMPLIFIED.values()))
    assert all(unicodedata.name(chr(c)).startswith("CJK UNIFIED") for c in TO_SIMPLIFIED)


def test_a_glyph_that_is_mapped_to_radical_and_ideograph_is_one_character() -> None:
    assert without_doubled_radicals("\u2f26子公司⼈人") == "子公司人"
    assert without_doubled_radicals("\u2f26女子子孙") == "\u2f26女子子孙"


def test_nothing_but_what_shows_nothing_is_dropped() -> None:
    assert without_invisible(f"1{INVISIBLE}2") == "12"
    assert without_invisible("1\u202e2 \u3000") == "1\u202e2 \u3000"
