"""The review page pointed at, walked through by arrows, printed, in the dark, and with a second year."""

import random
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from review_reader import CASES, Opens, Reader

from extractor.formats.pdf.view import view_of
from extractor.pipeline import parse
from extractor.report import CellValue, Report
from extractor.review.page_space import characters_under

CELL = "requests.new.total"
WRONG = "fault-zero-total/source.html"
DRAWN = ("html-plain-2021/source.html", "docx-same-report/source.docx", "text-same-report/source.txt")
PDF = "pdf-same-report/source.pdf"
A4 = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": False}  # as a browser prints if not told
MANY = 200
WHITE = 0.75  # of a printed page with tables and words; of a dark one next to nothing
LEAST_CONTRAST = 7.0  # of digits on a page image, the stricter of the two that WCAG asks for


def lit(reader: Reader) -> tuple[list[str], int]:
    return reader.cells(".lit"), len(reader.all("#source .lit"))


def test_pointing_at_a_cell_lights_it_up_until_the_pointer_leaves(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    reader.point_at_the(reader.one(f'[data-c="{CELL}"]'))
    reader.comes_to(lambda: lit(reader), ([CELL], 1))
    assert len(reader.all(".findings li.lit")) >= 2
    reader.point_at_the(reader.one("h1"))
    reader.comes_to(lambda: len(reader.all(".lit")), 0)
    reader.point_at_the(reader.one(f'[data-c="{CELL}"]'))
    reader.comes_to(lambda: lit(reader), ([CELL], 1))
    reader.run("document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))")
    assert reader.all(".lit") == []
    assert reader.complaints() == []


def test_what_is_pinned_is_lit_again_when_the_pointer_leaves(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    reader.press("n")
    broken = reader.cells(".lit")
    assert len(broken) == 5
    reader.point_at_the(reader.one('[data-c="proactive.licensing.decisions"]'))
    reader.comes_to(lambda: reader.cells(".lit"), ["proactive.licensing.decisions"])
    assert len(reader.all("#broken li.pinned")) == 1
    reader.point_at_the(reader.one("h1"))
    reader.comes_to(lambda: reader.cells(".lit"), broken)
    reader.press("\ue00c")
    reader.comes_to(lambda: len(reader.all(".lit, .pinned")), 0)


def test_arrows_go_from_cell_to_cell_and_stop_at_the_edge(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    reader.one(f'[data-c="{CELL}"]').click()
    walked = [
        ("\ue012", "requests.new.other_organization"),  # left
        ("\ue015", "requests.carried_in.other_organization"),  # down
        ("\ue014", "requests.carried_in.total"),  # right
        ("\ue014", "requests.carried_in.total"),  # there is nothing right of a total
        ("\ue013", CELL),  # up
        ("\ue013", CELL),  # above are the heads of the columns
    ]
    for key, cell in walked:
        reader.press(key)
        reader.comes_to(lambda: reader.cells(".pinned"), [cell])
        assert reader.focused("data-c") == cell
        assert lit(reader) == ([cell], 1)
    assert reader.complaints() == []


def test_the_page_goes_to_another_cell_when_its_address_does(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    for cell in (CELL, "disputes.review.total"):
        reader.run("location.hash = arguments[0]", cell)
        reader.comes_to(lambda: reader.cells(".pinned"), [cell])
    assert reader.complaints() == []


def two_years(opens: Opens) -> Reader:
    path = CASES / WRONG
    now = parse(path)
    before = replace(now, year=(now.year or 0) - 1, source=replace(now.source, name="上年.html"))
    return opens(path, other=before)


def test_a_second_year_brings_its_findings_and_its_chart(opens: Opens) -> None:
    reader = two_years(opens)
    assert "上年.html" in reader.one("header").text
    told = [each.text for each in reader.all("#broken li")]
    assert any("整张表与" in each and "完全相同" in each for each in told)
    assert any("years/carry" in each for each in told)
    captions = [each.text for each in reader.all(".chart figcaption")]
    assert "（下）" in captions[-1]
    bars = reader.all(".chart rect.then")
    assert any(bar.is_displayed() for bar in bars)  # one of nothing has no width
    assert reader.sees("cut") == reader.sees("chartWordsOutside") == []
    for number in range(len(told)):
        reader.press("n")
        reader.comes_to(lambda: [each.text for each in reader.all("#broken li.pinned")], [told[number]])
    assert reader.complaints() == []


def printed(reader: Reader, **options: Any) -> pypdfium2.PdfDocument:
    made = reader.browser.execute_cdp_cmd("Page.printToPDF", {**A4, **options})
    return pypdfium2.PdfDocument(b64decode(made["data"]))


def words_on(document: pypdfium2.PdfDocument, numbers: range) -> str:
    found = []
    for number in numbers:
        page = document[number]
        words = page.get_textpage()
        found.append(words.get_text_bounded())
        words.close()
        page.close()
    return "".join("".join(found).split())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [WRONG, PDF])
def test_a_printed_page_holds_all_that_a_reader_needs_on_white(opens: Opens, name: str, theme: str) -> None:
    reader = opens(CASES / name)
    reader.run("document.documentElement.dataset.theme = arguments[0]", theme)
    needed = [each.text for each in reader.all("#verdict, #broken li, #reading h2, #reading h3, #reading th")]
    cells = reader.run("return [...document.querySelectorAll('#reading tr')].map(each => each.innerText)")
    with printed(reader, printBackground=True) as document:
        told = words_on(document, range(len(document)))
        first = words_on(document, range(1))
        for piece in (*needed, *cells):
            assert "".join(piece.split()) in told
        for piece in (reader.one("h1").text, reader.one("#verdict").text, reader.one("#broken li").text):
            assert "".join(piece.split()) in first
        page = document[0]
        light = page.render(scale=0.5).to_pil().convert("L").histogram()
        page.close()
    assert sum(light[200:]) > WHITE * sum(light)
    assert reader.complaints() == []


def test_the_source_is_printed_behind_what_was_read(opens: Opens) -> None:
    reader = opens(CASES / PDF)
    pages = len(reader.all("figure.page"))
    with printed(reader) as document:
        pictured = [has_picture(document, number) for number in range(len(document))]
    assert sum(pictured) == pages
    assert pictured == sorted(pictured)


def has_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    page = document[number]
    found = any(each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=4))
    page.close()
    return found


def sealed() -> bytes:
    """Return a PDF with digits and a red seal over some of them."""
    data = BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.setFont("Helvetica", 24)
    canvas.drawString(100, 700, "1234567890")
    canvas.setFillColorRGB(0.85, 0.1, 0.1)
    canvas.circle(300, 450, 60, stroke=0, fill=1)
    canvas.save()
    return data.getvalue()


def test_page_images_are_dimmed_in_the_dark_and_their_digits_and_seals_seen(opens: Opens) -> None:
    reader = opens(Path("盖章.pdf"), data=sealed())
    shots = {}
    for theme in ("light", "dark"):
        reader.run("document.documentElement.dataset.theme = arguments[0]", theme)
        shots[theme] = Image.open(BytesIO(reader.one(".sheet").screenshot_as_png)).convert("RGB")
    assert lightest(shots["light"]) > 250
    assert lightest(shots["dark"]) < 200
    assert contrast(shots["dark"]) >= LEAST_CONTRAST
    red = [pixel for pixel in colours(shots["dark"]) if pixel[0] > 2 * max(pixel[1:]) and pixel[0] > 110]
    assert len(red) > 1000


def colours(shot: Image.Image) -> list[tuple[int, int, int]]:
    data = shot.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def lightest(shot: Image.Image) -> int:
    return max(shot.convert("L").tobytes())


def contrast(shot: Image.Image) -> float:
    """Return the contrast of the darkest to the lightest grey, as WCAG reckons it."""
    grey = shot.convert("L").tobytes()
    dark, light = (
        part / 12.92 if (part := value / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for value in (min(grey), max(grey))
    )
    return (light + 0.05) / (dark + 0.05)


def chosen(report: Report) -> dict[str, CellValue]:
    """Return two hundred cells with characters at random."""
    told = {cell_id: cell for cell_id, cell in report.cells.items() if cell.raw}
    assert len(told) >= MANY
    return {cell_id: told[cell_id] for cell_id in random.Random(11).sample(sorted(told), MANY)}


@pytest.mark.parametrize("name", DRAWN)
def test_two_hundred_cells_light_up_their_own_characters(opens: Opens, name: str) -> None:
    reader = opens(CASES / name)
    cells = chosen(reader.report)
    shown = reader.sees("wordsByCell")
    assert {cell_id: shown[cell_id] for cell_id in cells} == {
        cell_id: "".join(cell.raw.split()) for cell_id, cell in cells.items()
    }


def test_two_hundred_cells_of_a_pdf_are_framed_on_their_own_characters(opens: Opens) -> None:
    reader = opens(CASES / PDF)
    cells = chosen(reader.report)
    framed = reader.sees("boxesByCell")
    with pypdfium2.PdfDocument(CASES / PDF) as document:
        pages = [document[number] for number in range(len(document))]
        for cell_id, cell in cells.items():
            ((name, left, top, right, bottom),) = framed[cell_id]
            number = cell.locator.page or 0
            assert name == f"第{number}页"
            page = pages[number - 1]
            width, height = page.get_size()
            inner = (left * width + 1.5, top * height + 1.5, right * width - 1.5, bottom * height - 1.5)
            assert "".join(characters_under(page, view_of(page), inner)) == "".join(cell.raw.split())
        for page in pages:
            page.close()
