"""What a phrase needs is held by every text that it matches: it is never left untried where it stands."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.errors import InvalidDefinition
from extractor.recognize.prose_numbers.index import index_words
from extractor.recognize.prose_numbers.needs import LONGEST_BEHIND, Needs, kept_needs, needs_of, needs_of_all
from extractor.recognize.prose_numbers.rules import figure_rules, phrase_patterns
from scripts.evaluate_prose import SETS, read_clauses

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
PATTERNS = phrase_patterns()[:8]
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


@given(st.data())
def test_the_phrases_of_a_text_are_those_whose_needs_it_meets(data: st.DataObject) -> None:
    needs = [needs_of(pattern) for pattern in PATTERNS]
    literals = sorted({text for each in needs for way in each for clause in way for text in clause})
    said = "，".join(data.draw(st.lists(st.sampled_from([*literals, "与"]), max_size=6)))
    index = kept_needs(PATTERNS)
    held = {number for literal, number in index.literals.items() if literal in said}
    assert index.met_by(held) == [number for number, each in enumerate(needs) if are_met(each, said)]


def test_a_phrase_is_tried_wherever_it_stands() -> None:
    clauses = [reading.text for name in SETS for reading in read_clauses(FIXTURES / name)]
    for clause in clauses[::5]:  # enough to have each phrase
        tried = index_words(clause, 0, len(clause)).phrases
        assert not [p for p in figure_rules().phrases if p not in tried and p.pattern.search(clause)]


def test_a_phrase_that_needs_nothing_is_refused() -> None:
    with pytest.raises(InvalidDefinition, match="nothing in common"):
        needs_of_all((r"公开\d+件", r"\d+"))
