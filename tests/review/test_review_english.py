"""The review page in English: what is ours is English, what the report prints stays as it is."""

import re
from pathlib import Path

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from extractor.document import Notice, Source
from extractor.pipeline import parse
from extractor.review import Desk, review_page

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
CHINESE = re.compile("[\u3400-\u9fff]")


def test_an_english_page_says_findings_charts_and_notices_in_english() -> None:
    source = Source("a.html", (CASES / "fault-wrong-part" / "source.html").read_bytes())
    report = parse(source)
    noticed = replace(report, notices=(Notice("cells-open", "有 3 格不能确定"),))
    html = review_page(source, noticed, desk=Desk("en")).decode()
    tree = LexborHTMLParser(html)
    assert "3 cells are not certain" in tree.css_first(".notices").text()
    assert [node.text() for node in tree.css("figcaption")] == [
        "What became of the requests",
        "Reasons of refusal",
    ]
    broken = tree.css_first("#broken li")
    assert not CHINESE.search(broken.css_first(".suggestion").text())
