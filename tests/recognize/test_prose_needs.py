"""What a phrase needs is held by every text that it matches: it is never left untried where it stands."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.errors import InvalidDefinition
from extractor.recognize.prose_numbers.index import index_words
from extractor.recognize.prose_numbers.needs import LONGEST_BEHIND, Needs, beginnings_of, needs_of
from extractor.recognize.prose_numbers.pattern_index import index_of, kept_index
from extractor.recognize.prose_numbers.rules import figure_rules, phrase_patterns
from scripts.evaluate_prose import SETS, read_clauses

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
ATOMS = ["甲", "乙", "甲乙", "[甲乙]", "[^甲]", r"\d", ".", "[丁-丙]", "乙丙", "^", "$"]


def patterns() -> st.SearchStrategy[str]:
    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            several.map("".join),
            several.map(lambda each: f"(?:{'|'.join(each)})"),
            st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "*?", "{1,5}"])).map(
                lambda both: f"(?:{both[0]}){both[1]}"
            ),
            inner.map(lambda each: f"(?={each})"),
            inner.map(lambda each: f"(?!{each})"),
            inner.map(lambda each: f"({each})"),
            st.sampled_from(["(?<=甲)", "(?<!乙)", r"(?<=甲\d)", "(?<=甲|乙)", "(?<=[甲丙]丁)"]),
        )

    return st.recursive(st.sampled_from(ATOMS), grown, max_leaves=12)


def are_met(needs: Needs, text: str) -> bool:
    return any(all(any(literal in text for literal in clause) for clause in way) for way in needs)


@given(patterns(), st.text("甲乙丙丁1", max_size=10), st.integers(0, 4))
@example("(?<=甲)(?:乙|(?<=丙)丁)", "甲乙", 1)
@example("(?:乙(?=丙[^甲]*丁)|甲)", "乙丙丁", 0)
def test_a_text_that_is_matched_holds_what_the_pattern_needs(pattern: str, text: str, start: int) -> None:
    if next(re.compile(pattern).finditer(text, start), None) is not None:
        assert are_met(needs_of(pattern), text[max(start - LONGEST_BEHIND, 0) :])


@given(patterns(), st.text("甲乙丙丁1", max_size=10))
def test_a_match_begins_as_the_pattern_tells(pattern: str, text: str) -> None:
    beginnings = beginnings_of(pattern)
    for match in re.finditer(pattern, text) if beginnings else ():
        assert text.startswith(tuple(beginnings), match.start())


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("查[询阅]|登记", [[{"查询", "查阅", "登记"}]]),
        ("(?:审查|审核)了?公开", [[{"审查公开", "审查了公开", "审核公开", "审核了公开"}]]),
        (r"通过[^，]{0,7}(?:平台|网站)(?=收到)", [[{"平台收到", "网站收到"}, {"通过"}]]),
        (r"(?<=20\d\d年)计划|发放[^，]*?(?:手册|资料)", [[{"年计划"}], [{"发放"}, {"手册", "资料"}]]),
        (r"公开(?!目录)(?:信息)?\d+条", [[{"公开"}, {"条"}]]),
        ("(?i:甲)", [[]]),
        ("甲?", [[]]),
        (r"\d+", [[]]),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[list[set[str]]]) -> None:
    assert sorted(needs_of(pattern), key=str) == sorted(
        (tuple(map(frozenset, way)) for way in needs), key=str
    )


FEW = phrase_patterns()[:8]
NEEDS = [needs_of(pattern) for pattern in FEW]
INDEX = kept_index(FEW)
LITERALS = sorted({text for each in NEEDS for way in each for clause in way for text in clause})


@given(st.lists(st.sampled_from([*LITERALS, "与"]), max_size=6).map("，".join))
def test_the_patterns_that_a_text_may_match_are_those_whose_needs_it_meets(said: str) -> None:
    held = {number for literal, number in INDEX.literals.items() if literal in said}
    assert INDEX.met_by(held) == [place for place, needs in enumerate(NEEDS) if are_met(needs, said)]


def test_phrases_are_found_where_a_search_of_the_whole_clause_finds_them() -> None:
    clauses = [reading.text for name in SETS for reading in read_clauses(FIXTURES / name)]
    for clause in clauses[::12]:
        expected = [
            (*m.span(), p.concepts) for p in figure_rules().phrases for m in p.pattern.finditer(clause)
        ]
        assert list(index_words(clause, 0, len(clause)).phrases_between(0, len(clause))) == expected


def test_a_phrase_that_needs_nothing_is_refused() -> None:
    with pytest.raises(InvalidDefinition, match="nothing in common"):
        index_of((r"公开\d+件", r"\d+"))
