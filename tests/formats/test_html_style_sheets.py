"""Style sheets are read once, without rules that match nothing."""

import cssselect2.parser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.cascade import rules_of
from extractor.formats.html.placed_styles import may_place
from extractor.formats.html.sheet import matched_rules, read_styles
from extractor.formats.html.start_tags import start_tags
from extractor.formats.html.style_rules import _NAMES_ONLY, _specificity
from extractor.formats.html.style_sheets import StyleSheets, rules_that_may_match

SELECTORS = (
    "td", ".a", ".B", "#c", "p.a", ".a .absent", ".absent", ".a:not(.absent)", ":is(.absent,td)",
    "[class~=a]",
    ".a,.absent", ".absent td,.absent", r".md\:left", r".md\,x", r".\61", "*", ".😀", "td:first-child",
    "tr > td.a",
)  # fmt: skip
PAGE = "<table><tr><td class=A>1<td class='b md:left'>2<td class='md,x a'>3<td id=C>4<p class=😀>5</table>"


@given(st.lists(st.tuples(st.sampled_from(SELECTORS), st.sampled_from(("left:0", "top:0", "color:red")))))
def test_rules_left_out_would_have_matched_nothing(rules):
    parser = LexborHTMLParser(PAGE)
    sheet = "".join(f"{selector}{{{body}}}" for selector, body in rules)
    sheet = f"{sheet}@media screen{{{sheet}}}"
    kept = rules_that_may_match(sheet, frozenset(["a", "b", "c", "md:left", "md,x", "😀"]))
    styles = [read_styles(parser, False, matched_rules(parser, [text])) for text in (sheet, kept)]
    told = [{i: each.values for i, each in style.items()} for style in styles]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "selector", [".absent", "#a .absent", "td.absent>b", ".absent,.other", r".absent\:x"]
)
def test_rules_for_names_that_no_element_has_are_left_out(selector):
    assert rules_that_may_match(f"{selector}{{left:0}}td{{top:0}}", frozenset(["a"])) == "td{top:0}"


@pytest.mark.parametrize("sheet", [".x{left:0}}.a{top:0}", ".x{left:0;.a{top:0}}", "@layer b,a;.x{left:0}"])
def test_sheets_whose_rules_cannot_be_told_apart_are_kept_whole(sheet):
    assert rules_that_may_match(sheet, frozenset(["a"])) == sheet


def test_a_page_whose_classes_are_not_surely_known_is_asked_for_them():
    page = b"<style>.a{left:-9999px}.b{top:0}</style><p title=a'b class=A>1"
    parser, tags = LexborHTMLParser(page), start_tags(page)
    assert tags.names() is None
    assert StyleSheets(parser, tags).matching == [".a{left:-9999px}"]


@given(
    st.lists(st.sampled_from(["td", "Tr", ".a", "#b", ".c-1", ">", " ", "+", " ~ "]), min_size=1, max_size=8)
)
def test_selectors_of_names_alone_are_weighed_as_by_a_parser(parts):
    selector = "".join(parts).strip()
    if not _NAMES_ONLY.fullmatch(selector):
        return
    assert _specificity(selector) == tuple(next(cssselect2.parser.parse(selector)).specificity)


@pytest.mark.parametrize(
    ("style", "placing"),
    [
        (".a{position:absolute}", True),
        ("@media screen{.a{position:FIXED}}", True),
        (":root{--p:absolute}.a{position:var(--p)}", True),
        (".a{position:relative;left:3px}", False),
        (".b{position:absolute}", False),
        (".a{left:3px}", False),
        (".a:hover,.a::before,.a:after{position:absolute}", False),
        (".a:not(:hover){position:absolute}", True),
        (".a:unheard-of{position:absolute}", True),
        ("body{.a{position:absolute}}", True),
    ],
)
def test_only_pages_with_as_many_placed_elements_are_read_by_places(style, placing):
    page = f"<style>{style}</style>{'<p class=a>1' * 9}".encode()
    parser, tags = LexborHTMLParser(page), start_tags(page)
    assert may_place(parser, tags, StyleSheets(parser, tags), 9, 0.9) is placing


def test_elements_placed_by_their_own_attributes_are_counted():
    page = b"<p style='POSITION:Absolute'>1" * 5
    parser, tags = LexborHTMLParser(page), start_tags(page)
    assert may_place(parser, tags, StyleSheets(parser, tags), 5, 0.9)
    assert not may_place(parser, tags, StyleSheets(parser, tags), 6, 0.9)


def test_a_page_whose_text_mostly_stands_elsewhere_is_not_placed():
    page = b"<i style='position:fixed'>1</i>" * 5 + b"<p>2 3"
    parser, tags = LexborHTMLParser(page), start_tags(page)
    assert may_place(parser, tags, StyleSheets(parser, tags), 5, 0.7)
    assert not may_place(parser, tags, StyleSheets(parser, tags), 5, 0.9)


def test_sheets_are_parsed_once_whoever_asks():
    page = b"<style>td{left:0}</style><table><td>1</table>"
    parser, tags = LexborHTMLParser(page), start_tags(page)
    sheets = StyleSheets(parser, tags)
    assert sheets.rules(sheets.matching) is sheets.rules(list(sheets.matching))
    assert [rule.selector for rule in rules_of(sheets.every)] == ["td"]
