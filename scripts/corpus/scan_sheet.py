"""Draws a report as pictures of its pages, and spoils them the way scanners and copiers do."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .draft import Draft, TableHere
from .grid import grid_of
from .pdf_sheet import PdfManner, Sheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, set_out

_FONTS = Path("/usr/share/fonts/truetype")
# Faces of Chinese text and of the digits beside it, as office programs pair them.
FACES = {
    "song": (_FONTS / "arphic/uming.ttc", _FONTS / "liberation/LiberationSerif-Regular.ttf"),
    "kai": (_FONTS / "arphic/ukai.ttc", _FONTS / "liberation/LiberationSerif-Regular.ttf"),
    "hei": (_FONTS / "wqy/wqy-microhei.ttc", _FONTS / "liberation/LiberationSans-Regular.ttf"),
    "song-only": (_FONTS / "arphic/uming.ttc", _FONTS / "arphic/uming.ttc"),
    "dejavu": (_FONTS / "wqy/wqy-microhei.ttc", _FONTS / "dejavu/DejaVuSerif.ttf"),
}
_SIZE = (595.0, 842.0)  # points
_RED = (205, 40, 45)


class ScanManner(Struct, frozen=True):
    """How a report was printed and scanned."""

    dpi: int = 300
    face: str = "song"
    skew: float = 0.0  # degrees, counterclockwise
    quality: int = 75  # of JPEG
    noise: float = 0.0  # standard deviation, of 255 shades
    blur: float = 0.0  # radius in pixels
    paper: int = 255  # shade of the paper
    ink: int = 0  # shade of the ink
    seal: bool = False  # a red seal over figures of a table
    colour: bool = False


def has_fonts(face: str) -> bool:
    """Say whether the fonts of a face are installed."""
    return all(path.is_file() for path in FACES[face])


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


class ScanSheet(Sheet):
    """Pages as pictures, with the interface of the PDF's: lengths in points, y downwards."""

    def __init__(self, manner: ScanManner) -> None:
        """Begin with an empty page."""
        self.scan = manner
        self.manner = PdfManner()
        self.width, self.height = _SIZE
        self.pages: list[Image.Image] = []
        self.tables: list[tuple[int, float]] = []  # page and y where a table begins
        self.break_page()

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        scale = self.scan.dpi / 72
        size = (round(_SIZE[0] * scale), round(_SIZE[1] * scale))
        self.pages.append(Image.new("RGB", size, (self.scan.paper,) * 3))
        self.pen = ImageDraw.Draw(self.pages[-1])
        self.page = len(self.pages)
        self.y = 56.0

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line whose top is at y, each character where the PDF has it."""
        scale = self.scan.dpi / 72
        wide, narrow = FACES[self.scan.face]
        left, baseline = x * scale, (y + size * 0.88) * scale
        for character in text:
            font = _font(narrow if character.isascii() else wide, round(size * scale))
            ink = (self.scan.ink,) * 3
            self.pen.text((left, baseline), character, font=font, fill=ink, anchor="ls")
            left += (size * scale) * (1.0 if ord(character) > 0x2000 else 0.5)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line."""
        scale = self.scan.dpi / 72
        width = max(1, round(0.6 * scale))
        box = (x0 * scale, y0 * scale, x1 * scale, y1 * scale)
        self.pen.line(box, fill=(self.scan.ink,) * 3, width=width)


def scanned_pages(draft: Draft, manner: ScanManner, seed: int = 0) -> list[Image.Image]:
    """Return the pages of a report as a scanner sees them."""
    sheet = ScanSheet(manner)

    def draw(block: TableHere) -> None:
        sheet.tables.append((sheet.page, sheet.y))
        draw_table(sheet, grid_of(draft.truth, block.code), WIDTHS[block.code])

    set_out(sheet, draft, draw)
    rng = Random(f"scan/{seed}")
    if manner.seal:
        _stamp(sheet, rng)
    return [_spoiled(page, manner, rng) for page in sheet.pages]


def _stamp(sheet: ScanSheet, rng: Random) -> None:
    """Print a red seal over some figures of the longest table."""
    scale = sheet.scan.dpi / 72
    page, y = sheet.tables[min(1, len(sheet.tables) - 1)]
    x, y = rng.uniform(280, 440), min(y + rng.uniform(80, 300), 700)
    radius = 58 * scale
    centre = (x * scale, y * scale)
    seal = Image.new("L", sheet.pages[page - 1].size, 0)
    pen = ImageDraw.Draw(seal)
    around = (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
    pen.ellipse(around, outline=235, width=round(3 * scale))
    font = _font(FACES[sheet.scan.face][0], round(14 * scale))
    pen.text(centre, "云岭县档案局", font=font, fill=235, anchor="mm")
    pen.text((centre[0], centre[1] - 0.5 * radius), "★", font=font, fill=235, anchor="mm")
    # Stamping ink darkens what is below it and leaves the print visible.
    red = Image.new("RGB", seal.size, _RED)
    from PIL import ImageChops

    stamped = ImageChops.multiply(sheet.pages[page - 1], red)
    sheet.pages[page - 1].paste(stamped, mask=seal)


def _spoiled(page: Image.Image, manner: ScanManner, rng: Random) -> Image.Image:
    fill = (manner.paper,) * 3
    if manner.skew:
        page = page.rotate(manner.skew, Image.Resampling.BICUBIC, fillcolor=fill)
    if manner.blur:
        page = page.filter(ImageFilter.GaussianBlur(manner.blur))
    if manner.noise:
        grain = Image.effect_noise(page.size, manner.noise).convert("RGB")
        page = Image.blend(page, grain, 0.0) if not manner.noise else _with_grain(page, grain)
    if not manner.colour and not manner.seal:
        page = page.convert("L")
    out = io.BytesIO()
    page.save(out, "JPEG", quality=manner.quality)
    return Image.open(io.BytesIO(out.getvalue()))


def _with_grain(page: Image.Image, grain: Image.Image) -> Image.Image:
    from PIL import ImageChops

    return ImageChops.add(page, grain, scale=1, offset=-128)


def as_pdf(pages: Sequence[Image.Image], manner: ScanManner) -> bytes:
    """Return pages as a PDF of pictures alone."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=manner.dpi, quality=manner.quality)
    return out.getvalue()


def draw_manner(dpi: int, seed: int) -> ScanManner:
    """Return a manner drawn from a seed: skew up to 2°, JPEG quality 40 to 80, noise, faces, seals."""
    rng = Random(f"manner/{dpi}/{seed}")
    seal = rng.random() < 0.3
    return ScanManner(
        dpi=dpi,
        face=rng.choice(sorted(FACES)),
        skew=rng.choice((0.0, rng.uniform(-2, 2), rng.uniform(-1, 1))),
        quality=rng.randint(40, 80),
        noise=rng.choice((0.0, rng.uniform(2, 12))),
        blur=rng.choice((0.0, 0.0, rng.uniform(0.3, 0.6) * dpi / 200)),
        paper=rng.choice((255, rng.randint(225, 255))),
        ink=rng.choice((0, rng.randint(0, 70))),
        seal=seal,
        colour=seal or rng.random() < 0.2,
    )
