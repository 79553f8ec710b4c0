"""Tests whether a font's digits look like their codes, by comparing outlines with known fonts.

The mapping from codes to characters in a PDF is what a program wrote; people see the outline. The ten digits
are distinguishable in any text font, so a font that draws 7 for the code of 1 is detected without OCR.
"""

from ctypes import c_uint8
from functools import cache
from operator import mul

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address
from extractor.pdfium import one_thread_at_a_time

_DIGITS = "0123456789"
_KNOWN = (b"Times-Roman", b"Helvetica", b"Courier", b"Times-Bold", b"Helvetica-Bold", b"Times-Italic")
_SLANTED = (
    b"Helvetica-Oblique",
    b"Helvetica-BoldOblique",
    b"Courier-Oblique",
    b"Courier-Bold",
    b"Times-BoldItalic",
)
_EM = 1.0
_WIDE, _HIGH = 10, 14  # grid of cells in which ink is measured
_FINE = 6  # pixels per cell
_STEPS = 4  # line segments that approximate a curve
_BETTER = 0.05  # by how much another digit must fit better to count as swapped
_MUCH_BETTER = 0.3  # the same, if only one digit is swapped
_FITS = 0.6  # lowest fit at which a comparison counts
_CLEAR = 0.74  # the same, of a digit that nothing but its picture tells
_CLEARER = 0.04  # by how much it must fit better than the next digit with as many holes
_HOLES = dict(zip(_DIGITS, ((1,), (0,), (0,), (0,), (0, 1), (0,), (1,), (0,), (2,), (1,)), strict=True))
_MOST_HOLES = 4
_HOLE = 0.008  # share of a digit's picture; smaller gaps in its ink are no holes
_FILLED = 128  # of 255: the value that marks a hole while it is measured
_PLAINLY = 0.82  # if every digit fits its code this well, the font is accepted at once
_MOST_JUDGED = 5000  # fonts kept in the cache
_FEWEST = 3  # a font with fewer digits is not tested

Shape = tuple[float, ...]
Signature = tuple[tuple[int, float, float], ...]
_JUDGED: dict[Signature, bool] = {}  # cache: the same few fonts occur again and again


def lying_digits(font: Address) -> bool:
    """Return whether a font draws other digits than its codes say; fonts not embedded never do."""
    if not calls.is_embedded(font):
        return False
    key = _signature(font)
    if key not in _JUDGED:
        if len(_JUDGED) >= _MOST_JUDGED:
            _JUDGED.clear()
        _JUDGED[key] = _lies(font)
    return _JUDGED[key]


@one_thread_at_a_time
def digits_in_font(program: bytes) -> dict[str, str] | None:
    """Return the digit that a font file draws for each digit that it has; None if it cannot be loaded.

    A digit is drawn as itself unless its outline is clearly that of another one.
    """
    pdf = pypdfium2.PdfDocument.new()
    try:
        held = (c_uint8 * len(program)).from_buffer_copy(program)
        font = raw.FPDFText_LoadFont(pdf.raw, held, len(program), raw.FPDF_FONT_TRUETYPE, False)
        if not font:
            return None
        address = calls.address_of(font)
        shapes = {digit: shape for digit in _DIGITS if (shape := _shape(address, digit))}
        lies = bool(shapes) and _lies(address)
        raw.FPDFFont_Close(font)
    finally:
        pdf.close()
    if not lies:
        return {digit: digit for digit in shapes}
    shown = {digit: digit_shown(shape) for digit, shape in shapes.items()}
    return {digit: str(other) for digit, other in shown.items() if other is not None}


def _signature(font: Address) -> Signature:
    """Return a cheap cache key for the outlines of a font's digits."""
    paths = [calls.glyph_path(font, ord(digit), _EM) for digit in _DIGITS]
    counts = [calls.count_of_glyph_segments(path) if path else 0 for path in paths]
    drawn = [(path, count) for path, count in zip(paths, counts, strict=True) if count > 0]
    middles = iter(calls.points_of([calls.glyph_segment(path, count // 2) for path, count in drawn]))
    found: list[tuple[int, float, float]] = []
    x = y = 0.0
    for count in counts:
        if count > 0:
            x, y = next(middles)
        found.append((count, x, y))
    return tuple(found)


def _lies(font: Address) -> bool:
    shapes = {digit: shape for digit in _DIGITS if (shape := _shape(font, digit))}
    if len(shapes) < _FEWEST:
        return False
    if all(_fit(shape, digit) > _PLAINLY for digit, shape in shapes.items()):
        return False
    fits = {said: {digit: _fit(shape, digit) for digit in _DIGITS} for said, shape in shapes.items()}
    drawn = {said: max(_DIGITS, key=lambda digit: fit[digit]) for said, fit in fits.items()}
    wrong = {said: digit for said, digit in drawn.items() if digit != said and fits[said][digit] > _FITS}
    gains = {said: fits[said][digit] - fits[said][said] for said, digit in wrong.items()}
    if any(gain > _MUCH_BETTER for gain in gains.values()):
        return True
    # If a font draws a digit for another code, that digit's own code must be drawn differently or not at all.
    return any(
        gain > _BETTER and (digit not in shapes or gains.get(digit, 0.0) > _BETTER)
        for said, gain in gains.items()
        for digit in [wrong[said]]
    )


def _fit(shape: Shape, digit: str, *, slanted: bool = False) -> float:
    """Return how well a shape fits a digit; 1 if they are equal. `slanted`: or one of oblique type."""
    known = _references(_KNOWN)[digit] + (_references(_SLANTED)[digit] if slanted else [])
    return float(max(sum(map(mul, shape, each)) for each in known))


@cache
def _references(fonts: tuple[bytes, ...]) -> dict[str, list[Shape]]:
    """Return the shapes of each digit in the fonts built into pdfium."""
    found: dict[str, list[Shape]] = {digit: [] for digit in _DIGITS}
    pdf = pypdfium2.PdfDocument.new()
    try:
        for name in fonts:
            font = raw.FPDFText_LoadStandardFont(pdf.raw, name)
            for digit in _DIGITS:
                if shape := _shape(calls.address_of(font), digit):
                    found[digit].append(shape)
            raw.FPDFFont_Close(font)
    finally:
        pdf.close()
    return found


def _shape(font: Address, digit: str) -> Shape | None:
    """Return the distribution of a digit's ink as a vector of length 1; None if the font draws nothing."""
    contours = _contours(calls.glyph_path(font, ord(digit), _EM))
    points = [point for contour in contours for point in contour]
    if not points:
        return None
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    if top - bottom < 0.1 * _EM:
        return None
    scale = (_HIGH - 2) * _FINE / (top - bottom)
    middle = _WIDE * _FINE / 2 - scale * (left + right) / 2
    picture = Image.new("1", (_WIDE * _FINE, _HIGH * _FINE))
    for contour in contours:
        if len(contour) > 2:
            layer = Image.new("1", picture.size)
            placed = [(middle + scale * x, _FINE + scale * (top - y)) for x, y in contour]
            ImageDraw.Draw(layer).polygon(placed, fill=1)
            picture = ImageChops.logical_xor(picture, layer)  # a contour inside another one is a hole
    small = picture.convert("L").resize((_WIDE, _HIGH), Image.Resampling.BOX)
    return _normalized(list(small.tobytes()))


def _normalized(values: list[int]) -> Shape | None:
    mean = sum(values) / len(values)
    centred = [value - mean for value in values]
    length = sum(value * value for value in centred) ** 0.5
    return tuple(value / length for value in centred) if length else None


def picture_shape(picture: Image.Image) -> Shape | None:
    """Return the shape of a digit that fills a picture, light on dark; None if it is not a digit."""
    wide, high = picture.size
    width = max(1, round(wide * (_HIGH - 2) * _FINE / high))
    if width > _WIDE * _FINE:
        return None
    digit = picture.resize((width, (_HIGH - 2) * _FINE), Image.Resampling.BOX)
    ground = Image.new("L", (_WIDE * _FINE, _HIGH * _FINE))
    ground.paste(digit, ((_WIDE * _FINE - width) // 2, _FINE))
    return _normalized(list(ground.resize((_WIDE, _HIGH), Image.Resampling.BOX).tobytes()))


def digit_shown(shape: Shape) -> int | None:
    """Return the digit that a shape resembles most; None if none, or two about equally."""
    best, second = sorted(((_fit(shape, digit), digit) for digit in _DIGITS), reverse=True)[:2]
    return int(best[1]) if best[0] > _FITS and best[0] - second[0] > _BETTER else None


def clear_digit(picture: Image.Image) -> int | None:
    """Return the digit that fills a picture, light on dark; None if it is not plainly one."""
    shape = picture_shape(picture)
    if shape is None:
        return None
    holes = _holes_in(picture)
    fits = sorted(((_fit(shape, digit, slanted=True), digit) for digit in _DIGITS), reverse=True)
    (best, digit), second = fits[0], next((fit for fit in fits[1:] if holes in _HOLES[fit[1]]), (0.0, ""))
    if best < _CLEAR or holes not in _HOLES[digit]:
        return None
    return int(digit) if best - second[0] > _CLEARER else None


def _holes_in(picture: Image.Image) -> int:
    """Return how many areas a picture's ink encloses."""
    ground = Image.new("L", (picture.width + 2, picture.height + 2))
    ground.paste(picture.point(lambda value: 255 if value >= 128 else 0), (1, 1))
    ImageDraw.floodfill(ground, (0, 0), 255)
    holes = 0
    while holes < _MOST_HOLES and (around := ImageChops.invert(ground).getbbox()) is not None:
        row = ground.crop((around[0], around[1], around[2], around[1] + 1)).tobytes()
        ImageDraw.floodfill(ground, (around[0] + row.index(0), around[1]), _FILLED)
        holes += ground.histogram()[_FILLED] >= _HOLE * ground.width * ground.height
        ground = ground.point(lambda value: 255 if value else 0)
    return holes


def _contours(path: Address | None) -> list[list[tuple[float, float]]]:
    """Return the closed contours of an outline, with curves as a few line segments."""
    contours: list[list[tuple[float, float]]] = []
    curve: list[tuple[float, float]] = []
    segments = calls.segments_of_glyph(path) if path else []
    for kind, point in zip(map(calls.segment_kind, segments), calls.points_of(segments), strict=True):
        if kind == raw.FPDF_SEGMENT_MOVETO or not contours:
            contours.append([point])
        elif kind == raw.FPDF_SEGMENT_LINETO:
            contours[-1].append(point)
        else:
            curve.append(point)
            if len(curve) == 3:
                contours[-1] += _straightened(contours[-1][-1], *curve)
                curve = []
    return contours


def _straightened(
    start: tuple[float, float], one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return points along a cubic curve."""
    points = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append(
            (
                a * start[0] + b * one[0] + c * two[0] + d * end[0],
                a * start[1] + b * one[1] + c * two[1] + d * end[1],
            )
        )
    return points
