"""The review page: places, proofs, and nothing of the source that could run."""

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace
from papers import DISPUTES, disputes, paper, proactive, read, whole
from papers import requests as request_table
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.document import Document, Locator, Paragraph, Source
from extractor.errors import ExitCode, Unreadable
from extractor.formats.pdf.view import view_of
from extractor.pipeline import parse, report_on
from extractor.report import CellValue, Report
from extractor.review import draw_source, review_page
from extractor.review.drawn import Drawn, text
from extractor.review.model_view import draw_document
from extractor.review.page_space import characters_under
from extractor.review.pictures import draw_pdf, draw_picture
from extractor.review.text_view import draw_text
from extractor.rules import examine, failing

Run = Callable[..., Any]

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
SAME = ("html-plain-2021/source.html", "docx-same-report/source.docx", "text-same-report/source.txt")
PDFS = ("pdf-same-report/source.pdf", "pdf-rotated/source.pdf")
WIDE_MARKS = re.compile(r"\s+")
MOST_BYTES = 3_000_000


def source_of(name: str) -> Source:
    path = CASES / name
    return Source(path.name, path.read_bytes())


def words(value: str | None) -> str:
    return WIDE_MARKS.sub("", value or "")


def page_of(document: Document) -> tuple[Report, str]:
    """Return a report on a document of the model and its page."""
    report = read(document)
    drawn = draw_document(document)
    assert drawn.html
    return report, drawn.html


def places_of(html: str, keys: tuple[str, ...]) -> Iterator[LexborNode]:
    tree = LexborHTMLParser(html)
    for node in tree.css("[data-k]"):
        if set((node.attributes["data-k"] or "").split()) & set(keys):
            yield node


def chosen(report: Report, count: int = 200) -> list[CellValue]:
    cells = [cell for cell in report.cells.values() if cell.raw]
    return random.Random(7).sample(cells, min(count, len(cells)))


@pytest.mark.parametrize("name", SAME)
def test_a_cell_is_highlighted_exactly_where_its_characters_stand(name: str) -> None:
    source = source_of(name)
    report = parse(source)
    drawn = draw_source(source, report)
    shown: dict[str, str] = {}
    for node in LexborHTMLParser(drawn.html).css("[data-k]"):
        for key in (node.attributes["data-k"] or "").split():
            shown[key] = shown.get(key, "") + words(node.text())
    cells = chosen(report)
    assert len(cells) > 100
    for cell in cells:
        assert "".join(shown[key] for key in drawn.keys_of(cell.locator)) == words(cell.raw)


@pytest.mark.parametrize("name", PDFS)
def test_the_characters_under_the_box_of_a_page_are_the_cells(name: str) -> None:
    source = source_of(name)
    report = parse(source)
    boxes = boxes_of(draw_source(source, report))
    cells = chosen(report)
    assert len(cells) > 100
    with pypdfium2.PdfDocument(source.data) as pdf:
        pages = [pdf[number] for number in range(len(pdf))]
        for cell in cells:
            (key,) = draw_keys(source, report, cell)
            number, box = boxes[key]
            assert number == cell.locator.page
            page = pages[number - 1]
            assert "".join(characters_under(page, view_of(page), box)) == words(cell.raw)
        for page in pages:
            page.close()


_DRAWN: dict[str, Drawn] = {}


def draw_keys(source: Source, report: Report, cell: CellValue) -> tuple[str, ...]:
    if report.source.sha256 not in _DRAWN:
        _DRAWN[report.source.sha256] = draw_source(source, report)
    return _DRAWN[report.source.sha256].keys_of(cell.locator)


def boxes_of(drawn: Drawn) -> dict[str, tuple[int, tuple[float, float, float, float]]]:
    """Return page and box of each place, the margin of the drawing taken off."""
    boxes = {}
    for number, figure in enumerate(LexborHTMLParser(drawn.html).css("figure.page"), start=1):
        for rect in figure.css("rect"):
            x, y, w, h = (float(rect.attributes[name] or 0) for name in ("x", "y", "width", "height"))
            boxes[rect.attributes["data-k"] or ""] = (number, (x + 1.5, y + 1.5, x + w - 1.5, y + h - 1.5))
    return boxes


def test_a_page_of_a_pdf_is_small_and_its_boxes_lie_on_the_pages() -> None:
    source = source_of(PDFS[0])
    page = review_page(source, parse(source))
    assert len(page) < MOST_BYTES
    for figure in LexborHTMLParser(page.decode()).css("figure.page"):
        _, _, width, height = map(float, (figure.css_first("svg").attributes["viewBox"] or "").split())
        for rect in figure.css("rect"):
            assert -2 <= float(rect.attributes["x"] or -9) <= width
            assert -2 <= float(rect.attributes["y"] or -9) <= height


HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"><a href="javascript:alert(3)">x</a>'


def test_nothing_of_the_source_is_markup_in_the_page() -> None:
    page = f"<html><body><p>{HOSTILE}</p><h1>云岭县档案局2023年政府信息公开工作年度报告</h1>"
    page += "<p>&lt;script&gt;alert(4)&lt;/script&gt;</p><p onclick='alert(5)'>一、总体情况</p></body></html>"
    source = Source('"><script>alert(6)</script>.html', page.encode())
    report = parse(source)
    report = replace(report, title=HOSTILE, issuer=replace(report.issuer, name=HOSTILE))
    tree = LexborHTMLParser(review_page(source, report).decode())
    assert len(tree.css("script")) == 1
    assert "alert" not in (tree.css_first("script").text() or "")
    assert [node.tag for node in tree.css("img, a, iframe, object, embed, link, form")] == []
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name in ("href", "style")]


def test_the_page_allows_its_own_script_and_style_alone() -> None:
    source = source_of(SAME[0])
    page = review_page(source, parse(source)).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    assert re.findall(r"https?://", re.sub(r"xmlns=\S+", "", page.split("<body>")[0])) == []


def faulty(name: str) -> Source:
    (path,) = (CASES / name).glob("source.*")
    return Source(path.name, path.read_bytes())


def test_a_failing_check_is_red_with_both_sides_and_names_its_cells() -> None:
    source = faulty("fault-wrong-total")
    report = parse(source)
    tree = LexborHTMLParser(review_page(source, report).decode())
    broken = tree.css("#broken li.fails")
    assert len(broken) == len(failing(examine(report)))
    assert broken[0].css_first(".sides").text()
    reds = {node.attributes["data-c"] for node in tree.css("#reading td.bad")}
    named = {mend.cell.id for finding in failing(examine(report)) for mend in finding.mends}
    assert reds == named <= set((broken[0].attributes["data-cells"] or "").split())
    assert "应为" in broken[0].css_first(".sides").text()


def test_a_finding_on_prose_shows_the_words_it_is_about() -> None:
    source = faulty("fault-wrong-carry")
    report = parse(source)
    tree = LexborHTMLParser(review_page(source, report).decode())
    quotes = {node.text() for node in tree.css("#broken li q")}
    assert quotes & {figure.text for figure in report.figures}


def test_every_cell_of_the_report_stands_in_the_page_once() -> None:
    source = source_of(SAME[0])
    report = parse(source)
    tree = LexborHTMLParser(review_page(source, report).decode())
    assert [node.attributes["data-c"] for node in tree.css("td[data-c]")] == list(report.cells)


def test_the_verdict_stands_on_top_in_a_sentence() -> None:
    source = source_of(SAME[0])
    tree = LexborHTMLParser(review_page(source, parse(source)).decode())
    sentence = tree.css_first("#verdict").text()
    assert sentence.startswith("数字齐全，能核的全部相符 verified")
    assert "相符" in sentence


def test_charts_show_outcomes_and_the_year_before() -> None:
    source = source_of(SAME[0])
    report = parse(source)
    before = replace(report, year=(report.year or 0) - 1)
    page = review_page(source, report, before).decode()
    captions = [node.text() for node in LexborHTMLParser(page).css("figure.chart figcaption")]
    assert captions[0] == "申请的办理结果"
    assert captions[-1].endswith("年（下）")
    assert "年完全相同" in page


def test_stretches_of_a_text_may_overlap() -> None:
    inner, outer = Locator(line=1, start=3, end=5), Locator(line=1, start=1, end=5)
    drawn = draw_text("a<bcdef", [inner, outer])
    for locator, expected in ((inner, "cd"), (outer, "<bcd")):
        pieces = [node.text() for node in places_of(drawn.html, drawn.keys_of(locator))]
        assert "".join(pieces) == expected


def test_a_value_cut_in_two_by_a_page_lights_up_at_both_places() -> None:
    second = Locator(line=2, start=4, end=5)
    first = Locator(line=1, start=0, end=2, more=(second,))
    drawn = draw_text("12\nx3", [first])
    assert len(drawn.keys_of(first)) == 2


def test_a_place_inside_an_element_is_shown_by_the_element() -> None:
    drawn = draw_document(Document("html", (Paragraph("十二件", Locator(path="/html/body/p[1]")),)))
    assert drawn.keys_of(Locator(path="/html/body/p[1]/span[2]")) == ("p0",)
    assert drawn.keys_of(Locator(path="/html/body/p[11]")) == ()


def test_a_picture_is_shown_with_boxes_in_its_pixels() -> None:
    data = BytesIO()
    Image.new("L", (300, 200), 255).save(data, "PNG")
    place = Locator(page=1, bbox=(10.0, 20.0, 40.0, 30.0))
    drawn = draw_picture("a.png", data.getvalue(), [place])
    assert 'viewBox="0 0 300.00 200.00"' in drawn.html
    assert drawn.keys_of(place) == ("p0",)


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"a\.png"):
        draw_picture("a.png", b"\x89PNG\r\n", [])


def test_characters_that_no_page_may_hold_are_shown_as_lost() -> None:
    assert text("a\x00\ud800&<") == "a\ufffd\ufffd&amp;&lt;"


def test_a_report_of_the_model_shows_broken_cells() -> None:
    document = paper(proactive(), request_table(), disputes({**DISPUTES, "review": (10, 1, 0, 0, 0)}))
    report, html = page_of(document)
    assert report.verdict == "inconsistent"
    assert html.count("<table>") == 3
    assert report_on(Source("a.html", b"x"), whole()).verdict == "verified"


def test_the_command_writes_one_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "核对.html"
    outcome = run("view", CASES / SAME[0], "-o", target)
    assert outcome.code == ExitCode.OK
    assert outcome.out == b""
    assert target.read_bytes().startswith(b"<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["核对.html"]


def test_the_command_does_not_overwrite_the_report(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes((CASES / SAME[0]).read_bytes())
    before = path.read_bytes()
    assert run("view", path, "-o", path).code == ExitCode.USAGE
    assert path.read_bytes() == before


def test_the_command_names_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    outcome = run("view", tmp_path / "none.pdf", "-o", tmp_path / "a.html")
    assert outcome.code == ExitCode.MISSING_FILE
    assert "none.pdf" in outcome.err


def test_a_page_whose_text_lies_on_its_side_is_shown_as_it_was_read() -> None:
    data = BytesIO()
    pdf = Canvas(data, pagesize=(300, 400))
    pdf.rotate(90)
    for number in range(6):
        pdf.drawString(40, -60 - 30 * number, f"{number}1{number}")
    pdf.save()
    with pypdfium2.PdfDocument(data.getvalue()) as read_back:
        page = read_back[0]
        turned = view_of(page).turned(90)
        cells = {}
        for number in range(6):
            box = (40.0, 50.0 + 30 * number, 62.0, 64.0 + 30 * number)
            assert characters_under(page, turned, box) == [f"{number}1{number}"]
            place = Locator(page=1, bbox=box)
            cells[f"requests.new.c{number}"] = CellValue(f"{number}1{number}", number, "read", locator=place)
        page.close()
    drawn = draw_pdf("a.pdf", data.getvalue(), cells, [])
    assert 'viewBox="0 0 400.00 300.00"' in drawn.html
