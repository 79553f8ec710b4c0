"""A number that a small picture shows is read by the shapes of its digits; anything else is not read."""

import base64
import io
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageDraw, ImageFont
from test_html_painted import cell_of

import extractor
from extractor.formats.picture_number import number_in, number_in_file

VERA = str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")


def picture(text: str, size: int = 24, colour: str = "black", ground: str = "white") -> Image.Image:
    font = ImageFont.truetype(VERA, size)
    drawn = Image.new("RGB", (round(font.getlength(text)) + 12, size + 12), ground)
    ImageDraw.Draw(drawn).text((6, 6), text, fill=colour, font=font)
    return drawn


def file_of(drawn: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("number", ["0", "1734", "259806", "488.78", "1,204", "12,345.67"])
@pytest.mark.parametrize("size", [14, 40])
def test_a_number_is_read(number: str, size: int) -> None:
    assert number_in(picture(number, size)) == number
    assert number_in(picture(number, size, "white", "navy")) == number
    if number.isdigit():
        assert number_in_file(file_of(picture(number, 24), "JPEG")) == number


@pytest.mark.parametrize("text", ["", "A7", "1/2", "17 件?", "-", "..", "1.2.3", "12,34", "7%", "#7", "y"])
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert number_in(picture(text)) is None


def test_what_is_not_plain_is_not_read() -> None:
    framed = picture("17")
    ImageDraw.Draw(framed).rectangle((0, 0, framed.width - 1, framed.height - 1), outline="black")
    assert number_in(framed) is None
    struck = picture("17")
    ImageDraw.Draw(struck).line((2, 18, struck.width - 3, 18), fill="black", width=2)
    assert number_in(struck) is None
    assert number_in(picture("17", 5)) is None
    assert number_in(picture("17", colour="#ddd")) is None
    assert number_in(Image.effect_noise((60, 30), 120).convert("RGB")) is None
    assert number_in_file(b"no picture") is None
    assert number_in_file(file_of(Image.new("RGB", (5000, 3), "white"))) is None
    clear = Image.new("RGBA", (60, 36))
    ImageDraw.Draw(clear).text((6, 6), "17", fill="black", font=ImageFont.truetype(VERA, 24))
    assert number_in_file(file_of(clear)) == "17"


def test_the_number_of_a_picture_is_what_a_cell_shows_and_its_alternative_text_is_not() -> None:
    address = "data:image/png;base64," + base64.b64encode(file_of(picture("17"))).decode()
    (unread,) = cell_of(f"<img src='{address}' alt=94>").unread
    assert (unread.kind, unread.guess, unread.shown) == ("picture", "17", True)
    (unread,) = cell_of("<img src='a.png' alt=94>").unread
    assert (unread.guess, unread.shown) == ("94", False)


FORM = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "html-plain-2021" / "source.html"


@pytest.mark.parametrize(
    ("cell_id", "verdict"),
    [("requests.granted.natural_person", "verified"), ("proactive.licensing.decisions", "doubtful")],
)
def test_a_number_in_a_picture_is_kept_where_an_equation_confirms_it(cell_id: str, verdict: str) -> None:
    page = FORM.read_bytes()
    cell = extractor.parse(page, name="样本.html").cells[cell_id]
    number = str(cell.value)
    image = f'<img alt="" src="data:image/png;base64,{base64.b64encode(file_of(picture(number))).decode()}">'
    path = cell.locator.path or ""
    changed = _with_cell(page.decode(), path, image)
    report = extractor.parse(changed.encode(), name="样本.html")
    assert (report.cells[cell_id].value, report.verdict) == (cell.value, verdict)


def _with_cell(page: str, path: str, content: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(page)
    steps = [step for step in path.split("/") if step not in ("", "html", "body")]
    selector = "body > " + " > ".join(
        f"{step.partition('[')[0]}:nth-of-type({step.partition('[')[2].rstrip(']') or 1})" for step in steps
    )
    (node,) = parser.css(selector)
    node.inner_html = content
    return parser.html or ""
