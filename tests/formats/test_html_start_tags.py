"""What the start tags of a page prove: no element of its tree has anything that they do not say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractor.formats.html.start_tags import start_tags

TAGS = ["<td", "<p>", "</p>", "<script>", "</script>", "<img", "<title>", "<a=b"]
TEXT = [
    *TAGS,
    "<",
    ">",
    "/",
    "</",
    "<!--",
    "-->",
    "=",
    "==",
    '"',
    "'",
    '="',
    "='",
    "a=b",
    "x",
    "甲",
    "?",
    "&lt;",
]
MORE = ("<textarea>", "<![CDATA[", "]]>")
PIECES = (
    *TEXT,
    *MORE,
    "<TD ",
    "= ",
    ' a="',
    " b='",
    " hidden",
    " style=",
    'class="x"',
    "\x0b",
    "\n",
    "\x00",
    " ",
    "<svg>",
    "<image>",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_every_element_of_the_tree_is_in_the_tags(markup):
    tags = start_tags(markup.encode())
    made = {"html", "head", "body", "tbody", "tr", "colgroup", "img", "p", "br"}  # some have no start tag
    for node in LexborHTMLParser(markup.encode()).css("*"):
        name = (node.tag or "").encode()
        assert tags.may_have(b"<" + name) or node.tag in made
        for attribute, value in (node.attributes or {}).items():
            assert tags.may_have(attribute.encode().replace(b"\xef\xbf\xbd", b"\x00").lower())
            if value and "&" not in markup and "\x00" not in markup:
                assert tags.may_have(value.encode().lower())


@pytest.mark.parametrize(
    "markup",
    [
        *(
            "<td title='>' hidden>1",
            '<td title="<b>" hidden>1',
            "<td\nTITLE=a>b HIDDEN>1",
            '<td a=\'"\' b=">" hidden>',
        ),
        *(
            '<td ="x a="y>z" hidden>1',
            "<td a= b=\"x c='y\" d>e' hidden>1",
            '<td/a=">"/hidden>1',
            "<p title='a<b>c' hidden>",
        ),
    ],
)
def test_an_attribute_is_seen_wherever_quotes_begin_and_end(markup):
    seen = LexborHTMLParser(markup).css_first("[hidden]") is not None
    assert start_tags(markup.encode()).may_have(b"hidden") or not seen


def test_a_page_without_an_attribute_is_known_to_have_none():
    tags = start_tags(b"<p class=a>1 < 2</p><p class=a>hidden</p><!-- <p hidden> --><br/>")
    assert tags.text == b"<br/><p class=a><p hidden>"
    assert not tags.may_have(b"popover")
    assert tags.count == 8


def test_a_value_may_be_written_as_references():
    tags = start_tags(b"<p class='&#100;-none'>")
    assert tags.may_say(b"d-none")
    assert not tags.may_have(b"d-none")


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        (b"<p class=A id='b c'><td\nCLASS=\"\xc3\x84\t-d\">class=e", {"a", "b", "c", "ä", "-d"}),
        (b"<p data-class=a classes=b>", set()),
        (b"<p class='&#97;'>", None),
        (b"<p class='a>", None),
    ],
)
def test_the_names_of_all_elements_are_known_or_said_not_to_be(markup, names):
    assert start_tags(markup).names() == names
