"""PDF pages and pictures, rendered as images with a box over every place in a report."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageDraw

from extractor.document import Locator, Source
from extractor.errors import Unreadable
from extractor.formats.pdf.view import PageTurn, view_of
from extractor.magic import magic_of
from extractor.pdfium import one_thread_at_a_time
from extractor.report import CellValue, Report
from extractor.review.drawn import Drawn
from extractor.review.page_space import characters_under

_SCALE = 1.6  # pixels per point
_CROP_SCALE = 2.0  # pixels per point for the picture of one cell
_MOST_PIXELS = 2400  # of the longer side
_QUALITY = 68
_MARGIN = 1.5  # points, or pixels of a picture, around the characters
_TURNS = (0, 90, 180, 270)
_TRUSTED = 0.8  # share of cells found under their boxes from which no other rotation is tried


class PagePicture(Struct, frozen=True):
    """A page as an image, and its size in the units of the boxes."""

    width: float
    height: float
    data: bytes
    media: str = "image/jpeg"


@one_thread_at_a_time
def draw_pdf(name: str, data: bytes, cells: Mapping[str, CellValue], locators: Iterable[Locator]) -> Drawn:
    """Draw every page of a PDF.

    Args:
        name: Name of the file in errors.
        data: Its bytes.
        cells: The cells of the report; they show how a page was rotated for reading.
        locators: The places that get boxes.

    Raises:
        Unreadable: A page cannot be drawn.
    """
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = {number: _page(pdf, number, cells) for number in range(1, len(pdf) + 1)}
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{name}: 画不出页面（{error}）") from error
    return _with_boxes(pages, locators)


def draw_picture(name: str, data: bytes, locators: Iterable[Locator]) -> Drawn:
    """Draw the frames of a picture; boxes are in its pixels.

    Raises:
        Unreadable: The picture cannot be drawn.
    """
    pages = {}
    try:
        with Image.open(BytesIO(data)) as image:
            for number in range(1, getattr(image, "n_frames", 1) + 1):
                image.seek(number - 1)
                pages[number] = PagePicture(image.width, image.height, _jpeg(image))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name}: 画不出图像（{error}）") from error
    return _with_boxes(pages, locators)


@one_thread_at_a_time
def pictures_of_places(source: Source, report: Report, places: Mapping[str, Locator]) -> dict[str, bytes]:
    """Return a PNG of each place and its surroundings; places that are not on a page are omitted.

    Args:
        source: A PDF or a picture; in other formats no place is on a page.
        report: The report read from it.
        places: The places, by any key.

    Raises:
        Unreadable: A page cannot be drawn.
    """
    wanted = sorted({place.page for place in places.values() if place.page is not None})
    if report.source.format == "image":
        sheets = _frames(source, wanted)
    elif magic_of(source.data) == "pdf":
        sheets = _sheets(source, report, wanted)
    else:
        return {}
    return {
        name: _crop(*sheets[place.page], place.bbox)
        for name, place in places.items()
        if place.page in sheets and place.bbox is not None
    }


def _frames(source: Source, wanted: Sequence[int]) -> dict[int, tuple[Image.Image, float]]:
    """Return the frames of a picture; its boxes are in pixels."""
    frames = {}
    try:
        with Image.open(BytesIO(source.data)) as image:
            for number in wanted:
                image.seek(number - 1)
                frames[number] = (image.convert("RGB"), 1.0)
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(f"{source.name}: 画不出图像（{error}）") from error
    return frames


def _sheets(source: Source, report: Report, wanted: Sequence[int]) -> dict[int, tuple[Image.Image, float]]:
    """Return pages of a PDF as images, with the number of pixels per point."""
    sheets = {}
    try:
        with pypdfium2.PdfDocument(source.data) as pdf:
            for number in wanted:
                if number > len(pdf):
                    continue
                page = pdf[number - 1]
                sheet = _upright(page, number, report.cells)
                scale = min(_CROP_SCALE, _MOST_PIXELS * 2 / max(sheet.width, sheet.height, 1.0))
                sheets[number] = (page.render(scale=scale, rotation=sheet.turn).to_pil(), scale)
                page.close()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"{source.name}: 画不出页面（{error}）") from error
    return sheets


def _crop(image: Image.Image, scale: float, box: tuple[float, float, float, float]) -> bytes:
    """Cut out a box with its surroundings, as a box may not cover all characters."""
    left, top, right, bottom = (side * scale for side in box)
    high = bottom - top
    aside, above = max(5 * high, 60 * scale), max(high, 8 * scale)
    area = (left - aside, top - above, right + aside, bottom + above)
    inside = (max(0, area[0]), max(0, area[1]), min(image.width, area[2]), min(image.height, area[3]))
    x0, y0, x1, y1 = map(round, inside)
    cut = image.crop((x0, y0, x1, y1))
    pen = ImageDraw.Draw(cut)
    pen.rectangle(
        (left - inside[0] - 2, top - inside[1] - 2, right - inside[0] + 2, bottom - inside[1] + 2),
        outline="#b26a00",
    )
    data = BytesIO()
    cut.save(data, "PNG")
    return data.getvalue()


def _page(pdf: pypdfium2.PdfDocument, number: int, cells: Mapping[str, CellValue]) -> PagePicture:
    page = pdf[number - 1]
    try:
        sheet = _upright(page, number, cells)
        scale = min(_SCALE, _MOST_PIXELS / max(sheet.width, sheet.height, 1.0))
        image = page.render(scale=scale, rotation=sheet.turn).to_pil()
        return PagePicture(sheet.width, sheet.height, _jpeg(image))
    finally:
        page.close()


def _upright(page: pypdfium2.PdfPage, number: int, cells: Mapping[str, CellValue]) -> PageTurn:
    """Return the page's rotation with which its cells are where their locators say."""
    wanted = [
        (place.bbox, cell.raw)
        for cell in cells.values()
        for place in (cell.locator, *cell.locator.more)
        if place.page == number and place.bbox and cell.raw.strip() and not cell.locator.more
    ]
    displayed = view_of(page)
    best, most = displayed, -1.0
    for turn in _TURNS if wanted else ():
        view = displayed.turned(turn)
        hits = sum(characters_under(page, view, box) == raw.split() for box, raw in wanted)
        if hits > most:
            best, most = view, hits
        if hits >= _TRUSTED * len(wanted):
            break
    return best


def _jpeg(image: Image.Image) -> bytes:
    longest = max(image.size)
    if longest > _MOST_PIXELS:
        width, height = (max(1, round(side * _MOST_PIXELS / longest)) for side in image.size)
        image = image.convert("RGB").resize((width, height))
    data = BytesIO()
    image.convert("RGB").save(data, "JPEG", quality=_QUALITY)
    return data.getvalue()


def _with_boxes(pages: Mapping[int, PagePicture], locators: Iterable[Locator]) -> Drawn:
    boxes: dict[int, dict[tuple[float, ...], str]] = {number: {} for number in pages}
    keys: dict[Locator, tuple[str, ...]] = {}
    count = 0
    for locator in locators:
        own = []
        for place in (locator, *locator.more):
            if place.page in boxes and place.bbox is not None:
                known = boxes[place.page]
                if place.bbox not in known:
                    known[place.bbox], count = f"p{count}", count + 1
                own.append(known[place.bbox])
        keys[locator] = tuple(own)
    drawn = [_figure(number, picture, boxes[number]) for number, picture in pages.items()]
    return Drawn("".join(drawn), keys)


def _figure(number: int, picture: PagePicture, boxes: Mapping[tuple[float, ...], str]) -> str:
    size = f"{picture.width:.2f} {picture.height:.2f}"
    uri = f"data:{picture.media};base64,{b64encode(picture.data).decode('ascii')}"
    rects = "".join(_rect(box, key) for box, key in _largest_first(boxes))
    return (
        f'<figure class="page"><div class="sheet"><img alt="第{number}页" src="{uri}">'
        f'<svg viewBox="0 0 {size}" preserveAspectRatio="none">{rects}</svg></div>'
        f"<figcaption>第 {number} 页</figcaption></figure>"
    )


def _largest_first(boxes: Mapping[tuple[float, ...], str]) -> Sequence[tuple[tuple[float, ...], str]]:
    """Order boxes so that small ones are on top of large ones and can be clicked."""
    return sorted(boxes.items(), key=lambda item: -(item[0][2] - item[0][0]) * (item[0][3] - item[0][1]))


def _rect(box: tuple[float, ...], key: str) -> str:
    left, top, right, bottom = box
    x, y = left - _MARGIN, top - _MARGIN
    width, height = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    return f'<rect data-k="{key}" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"/>'
