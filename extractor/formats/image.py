"""Pictures of reports: PNG, JPEG, TIFF with one or more pages, BMP, GIF, WebP; read by OCR.

Locators give the page (from 1, of a TIFF with several) and the box in pixels of the picture.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from PIL import Image, ImageSequence, UnidentifiedImageError

from extractor.document import Block, Document, Locator, Notice, Source, Table
from extractor.errors import Unreadable
from extractor.formats.ocr import is_installed, recognizer
from extractor.formats.ocr.text import compose_pages

_MOST_PIXELS = 120_000_000  # per page; A3 at 600 dpi has 70 million
_MOST_PAGES = 300
_SMALLEST = 200  # pixels of width and height: smaller pictures cannot contain a readable table
_LONG_SIDE = 11.69  # inches: the long side of A4, assumed for pictures without resolution
_SCREEN = 96.0  # dpi: pictures of text are never coarser
_DAMAGE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def read(source: Source) -> Document:
    """Read the pages of a picture.

    Raises:
        Unreadable: damaged, too small to hold a text, or too large.
        MissingDependency: the extra `ocr` is not installed.
    """
    frames = list(_frames(source))
    read_picture = recognizer(source.name)
    pages = [read_picture(picture, dpi, number) for number, (picture, dpi) in enumerate(frames, 1)]
    blocks, notices = compose_pages(pages)
    return Document("image", blocks, {}, tuple(notices))


def tables_in(pictures: Iterable[Source]) -> tuple[tuple[Block, ...], list[Notice]]:
    """Return the tables recognized in the pictures of a page, and notices; pictures are numbered from 1.

    A picture without a readable table is ignored: it may be a photograph.
    """
    blocks: list[Block] = []
    notices: list[Notice] = []
    if not is_installed():
        return (), []
    for number, source in enumerate(pictures, 1):
        try:
            (picture, dpi), *_ = _frames(source)
        except Unreadable:
            continue
        page = recognizer(source.name)(picture, dpi, number)
        if not page.speaks:
            continue
        tables = [block for block in compose_pages([page])[0] if isinstance(block, Table)]
        if tables:
            blocks += tables
            message = f"网页里第{number}张图片是表格，由图像识别读出"
            notices.append(Notice("table-in-picture", message, Locator(page=number)))
    return tuple(blocks), notices


def _frames(source: Source) -> Iterator[tuple[Any, float]]:
    """Yield each page as an array (grey or three colours), and its resolution."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # serious damage raises exceptions as well
            with Image.open(io.BytesIO(source.data)) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                    _refuse_odd(frame, number, source.name)
                    yield array_of(frame), _resolution(frame)
    except _DAMAGE as error:
        raise Unreadable(f"{source.name}: 图片已损坏或不完整") from error


def _refuse_odd(frame: Image.Image, number: int, name: str) -> None:
    width, height = frame.size
    if min(width, height) < _SMALLEST:
        raise Unreadable(f"{name}: 图片只有 {width}×{height} 像素，容不下一份报告")
    if width * height > _MOST_PIXELS or number > _MOST_PAGES:
        raise Unreadable(f"{name}: 图片太大（{width}×{height} 像素，第{number}页），未读取")


def array_of(frame: Image.Image) -> Any:
    """Return a picture as an array, transparent parts white: grey, or blue, green and red."""
    import numpy as np  # installed with the extra

    if frame.mode in ("1", "L", "I;16"):
        return np.asarray(frame.convert("L"))
    if frame.mode in ("RGBA", "LA", "PA", "P"):
        over = frame.convert("RGBA")
        frame = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return np.asarray(frame.convert("RGB"))[:, :, ::-1].copy()


def _resolution(frame: Image.Image) -> float:
    """Return the dots per inch: as stated if that gives a sheet of paper, else as for A4."""
    stated = frame.info.get("dpi", (0, 0))
    long = max(frame.size)
    dpi = float(stated[0] or 0)
    if dpi and 4.0 <= long / dpi <= 24.0:
        return dpi
    return max(_SCREEN, long / _LONG_SIDE)
