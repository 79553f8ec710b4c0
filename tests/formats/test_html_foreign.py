"""Of pages in other languages only the text is taken, if that is all that is wanted."""

import pytest

from extractor import parse
from extractor.document import Source
from extractor.formats.html import read
from extractor.formats.html.foreign import read_foreign

TEXT = "<p>The council met on Monday.</p>" * 40
FEW, ENOUGH = "简体中文", "简体中文繁体中文" * 3


def nothing(text: str) -> bool:
    return False


@pytest.mark.parametrize("menu", ["", FEW, "M&#252;nchen &#8217; &#x2019;"])
def test_the_text_of_a_page_in_another_language_is_taken_line_by_line(menu):
    page = f"<title>A</title><style>p{{display:none}}</style><script>x</script>{menu}{TEXT}".encode()
    document = read_foreign(page, page.decode())
    assert document is not None
    (paragraph,) = document.blocks
    assert paragraph.text.split("\n")[-40:] == ["The council met on Monday."] * 40
    assert paragraph.locator.path == "/html/body"


@pytest.mark.parametrize(
    "page",
    [
        TEXT + ENOUGH,
        TEXT + "&#20844;",
        TEXT + "&#X516C;",
        TEXT + "<iframe srcdoc='&lt;p>1'></iframe>",
        TEXT + "<IFRAME class=a SRC='Data:text/html;base64,AA'></iframe>",
        "<p>Loading",
        "<div>" * 200_000 + TEXT,  # deeper than parsers can follow
        "",
    ],
)
def test_pages_that_may_show_more_are_read_as_any_page(page):
    assert read_foreign(page.encode(), page) is None


def test_only_who_wants_nothing_else_gets_only_the_text():
    source = Source("a.html", f"<table><tr><td>1<td>2</table>{TEXT}".encode())
    assert len(read(source, nothing).blocks) == 1
    assert len(read(source).blocks) > 1
    assert read(source, lambda text: True) == read(source)


def test_such_a_page_is_no_report_and_keeps_its_text():
    report = parse(f"<html><body>{TEXT}<p>{FEW}</html>".encode())
    assert report.verdict == "not_a_report"
    assert [section.code for section in report.sections] == ["preamble"]
    assert report.sections[0].text.count("Monday") == 40


def test_a_short_page_with_few_chinese_characters_is_in_chinese():
    report = parse("<p>某局2021年政府信息公开工作年度报告<p>收到申请3件。".encode())
    assert report.year == 2021
