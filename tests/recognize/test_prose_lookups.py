"""What is looked up instead of tried one by one: numbers, rules and phrases, with the same answers."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.recognize.prose_numbers.numbers import _QUANTITY, _matches
from extractor.recognize.prose_numbers.rules import figure_rules

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


@given(st.data())
def test_the_phrases_of_a_text_are_those_of_its_triggers(data: st.DataObject) -> None:
    rules = figure_rules()
    triggers = sorted({trigger for phrase in rules.phrases for trigger in phrase.triggers})
    said = "".join(data.draw(st.lists(st.sampled_from([*triggers, "与", "公", "开"]), max_size=6)))
    expected = [phrase for phrase in rules.phrases if any(trigger in said for trigger in phrase.triggers)]
    assert rules.phrases_of(said) == expected
