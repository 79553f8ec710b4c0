"""Sheets that are taken apart by their braces give the rules that a parser of sheets gives."""

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from extractor.formats.html.style_blocks import blocks_of
from extractor.formats.html.style_rules import _Around, _Cascade, parsed_rules

PRELUDES = (
    "td", " .a , p.b>i ", "#c::before", ".a:hover,b", "a:not(.b,.c)", "[title='x,y']", "*", r".md\:x", ".1x",
    "@font-face", "", "p;q", ";", "}", "{", "@layer x", "@layer x;td",
)  # fmt: skip
GROUPS = ("@media print", "@MEDIA screen and (min-width:800px)", "@layer x,y", "@supports (display:grid)")
BODIES = (
    "left:0", "TOP : 1PX !important;color:red", "content:'a;b'", "content:'}'", "left:0;x", ";;left:1px;",
    "{", "left:0}", 'font:12px/1 "A"', "background:url(data:image/png;base64,AA)", "left:(1}", "",
    "*zoom:1;left:0", "a:b:c", "left:0;top:1px!important",
)  # fmt: skip
ODD = (
    "a{b:'}'}",
    "a{b:'",
    "a{b:c",
    "a}{",
    "a{b:c}}",
    "@import x;a{b:c}",
    "a{b{c:d}}",
    r"a{b:\}}",
    "a{b:(}",
    "{a:b}",
)


def block(told: tuple[str, str]) -> str:
    return f"{told[0]}{{{told[1]}}} "


@st.composite
def sheets(draw) -> str:
    rules = st.tuples(st.sampled_from(PRELUDES), st.sampled_from(BODIES)).map(block)
    some = st.lists(rules, max_size=3).map("".join)
    groups = st.tuples(st.sampled_from(GROUPS), some).map(block)
    return "".join(draw(st.lists(st.one_of(some, groups, groups), max_size=4)))


@given(sheets())
def test_rules_are_those_of_a_parser(sheet):
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    if blocks_of(sheet) is not None:
        assert list(parsed_rules(sheet)) == list(_Cascade().rules(parsed, _Around()))


@pytest.mark.parametrize("sheet", ODD)
def test_sheets_with_odd_braces_are_left_to_a_parser(sheet):
    assert blocks_of(sheet) is None


def test_usual_sheets_are_taken_apart():
    blocks = blocks_of("@media screen{.a{left:0}.b{top:0}}p,q{content:'x'}@font-face{src:url(x)}")
    assert blocks is not None
    assert [(block.around, block.selectors) for block in blocks] == [
        (("@media screen",), ".a"),
        (("@media screen",), ".b"),
        ((), "p,q"),
        ((), "@font-face"),
    ]
