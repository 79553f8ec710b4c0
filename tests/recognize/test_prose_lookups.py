"""What is looked up instead of tried one by one: numbers, rules and phrases, with the same answers."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from extractor.recognize.problems import _BEFORE_MARKS, _MARK, _marks, _without_marks
from extractor.recognize.prose_numbers.numbers import _QUANTITY, _matches
from extractor.recognize.prose_numbers.published import _FILLED, _FILLS, _bare_name
from extractor.recognize.prose_numbers.rules import figure_rules
from extractor.recognize.prose_numbers.sentence import _years
from extractor.recognize.prose_numbers.text import _BLANKS

PIECES = [
    *"一二十百千万零无〇两几多余约近超逾达到第每前成半大将接突不占，。；、.%年月件条次个元人公开",
    *("百分之", "超过", "12", "1,204", "2 026", "大约", "左右", "以上", "万元", "件次", "3.5", "０", "百万"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_numbers_are_found_where_a_search_of_the_whole_text_finds_them(text: str) -> None:
    found = [(match.span(), match.groupdict()) for match in _matches(text)]
    assert found == [(match.span(), match.groupdict()) for match in _QUANTITY.finditer(text)]


@given(st.data())
def test_the_rules_met_are_those_whose_first_concepts_are_said(data: st.DataObject) -> None:
    units = figure_rules().by_unit
    admitted = units[data.draw(st.sampled_from(sorted(units)))]
    known = sorted({concept for rule in admitted.rules for any_of in rule.all for concept in any_of})
    concepts = data.draw(st.frozensets(st.sampled_from([*known, "none-of-them"])))
    expected = [rule for rule in admitted.rules if not rule.all or not rule.all[0].isdisjoint(concepts)]
    assert list(admitted.met_by(concepts)) == expected


@given(
    st.lists(st.sampled_from([*"。，截止至到在自2019年以来公开", "2020年", "截止到", "\n"]), max_size=12).map(
        "".join
    )
)
def test_years_are_found_where_one_pattern_finds_them(text: str) -> None:
    pattern = re.compile("(?:^|(?<=[，,；;（(：:。\n]))(?:在|截至|截止到?|自)?(20\\d\\d)年(?!以来)")
    expected = [(match.start(), int(match[1])) for match in pattern.finditer(text)]
    assert list(_years(text, 0, len(text))) == expected


@given(
    st.lists(st.sampled_from([*"的了信息数量共计约为有会议纪要\n，", "合计", "首次"]), max_size=10).map(
        "".join
    )
)
def test_the_words_around_a_kind_that_say_nothing_are_left_out(text: str) -> None:
    bare = re.sub("^(?:了|的)+", "", text)
    assert _bare_name(text) == re.sub(_FILLED.pattern, "", bare)
    assert frozenset(_FILLED.pattern) - frozenset("(?:|)+$") <= frozenset(_FILLS)


MARKS = [*"一二3①。，；： \n（）", "一是", "（2）", "3.", "第四，", "12、", "首先，", "甲"]


@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join))
def test_marks_of_items_are_found_where_one_pattern_finds_them(text: str) -> None:
    pattern = re.compile(f"(?:(?<=[{_BEFORE_MARKS}\\s])|^){_MARK.pattern}")
    assert [m.span() for m in _marks(text, 0, len(text))] == [m.span() for m in pattern.finditer(text)]
    assert _without_marks(text) == pattern.sub("", text)


def test_all_blanks_but_line_breaks_are_blanks() -> None:
    blanks = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert blanks - {"\n"} == {chr(code) for code in range(sys.maxunicode + 1) if _BLANKS.match(chr(code))}
