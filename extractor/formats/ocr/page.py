"""Reads one page from its picture: rules, the text of each cell and line, and the certainty of values.

Each cell within the rules is read by itself. A value is read a second time with another margin; its readings
are those that both views make likely.
"""

from collections.abc import Iterator
from unicodedata import normalize

import cv2
import numpy as np
from msgspec import Struct

from extractor.formats.layout.lines import box_of
from extractor.formats.layout.model import Box, Glyph
from extractor.formats.layout.rules import RuledFrame, frames_of, regions_of
from extractor.formats.ocr.decode import Letter, letters_of, readings_of, sense_of
from extractor.formats.ocr.effort import MOST_WIDTH, SAMPLE_WIDTH, affordable, sampled
from extractor.formats.ocr.engine import OcrModel, Steps
from extractor.formats.ocr.lines import (
    Strip,
    StripWindow,
    apart,
    em_of,
    picture_of,
    runs_of,
    strips_of,
    window_of,
    without_crumbs,
    without_specks,
)
from extractor.formats.ocr.picture import Affine, Grey, Lifted, dark, upright, without_red
from extractor.formats.ocr.rules import painted_out, rules_of, without_rules
from extractor.formats.ocr.surround import without_surround
from extractor.formats.ocr.text import PageText, Reading, ScannedInk
from extractor.numerals import MARKS as NOTHING_MARKS
from extractor.numerals import UNIT_CHARACTERS
from extractor.patterns import kept_pattern

_POINTS = 72.0
_WORKING = 300.0  # dpi: higher resolutions are reduced
_COARSE = 140.0  # dpi: lower resolutions are doubled
_SQUEEZE = 0.7  # horizontal scale for running text: saves time without losing characters
_VIEWS = (0.18, 0.42)  # margins of the two windows of a value
_UNDER_SEAL = 0.15 * 255  # share of ink under a seal that makes a cell without other ink uncertain
_TOUCHED = 0.02 * 255  # the same for a value and its surroundings
_DOUBT = 0.6  # factor for the scores of a value under a seal, so that equations must confirm it
_FLOOR = 1e-6
_LEAST = 1e-3  # probability of a reading that is kept
_SENSE = 0.95  # share of plain words; with less, other ways up are tried: some faces are read on their side
_ROUND = str.maketrans("OoＯｏ○〇０", "0000000")
_AMONG_DIGITS = kept_pattern(r"[\dOoＯｏ○〇.,-]+")
# Marks for nothing, or for something that could still be a digit.
_MARKS = rf"[\s.,，．:{NOTHING_MARKS}|一+]*[无OoＯｏ○〇Il?]?"
_NUMBER = rf"[\s.,，．/+-]*(?:\d+笔[,，;；]?\s*)?[\dOo][\d\s.,，．OoIl-]*[{UNIT_CHARACTERS}]*(?:[(（].*)?"
_VALUE = kept_pattern(f"{_MARKS}|{_NUMBER}")
_BLANK_INSIDE = kept_pattern(r"(?<=[+-])\s+(?=\d)|(?<=\d)\s+(?=[.,])|(?<=\d[.,])\s+(?=\d)")


class _LineImage(Struct):
    """A line to recognize."""

    strip: Strip
    window: StripWindow
    em: float
    in_cell: bool


class _LiftedPage(Struct):
    """A page to read, with red ink removed."""

    lifted: Lifted
    dpi: float
    page: int
    unit: float  # units of its locators per pixel


def read_picture(
    engine: OcrModel, picture: Grey, dpi: float, page: int, unit: float = 1.0, *, head_up: bool = False
) -> PageText:
    """Read one picture of a page.

    Args:
        engine: The recognizer.
        picture: Grey, or blue, green and red.
        dpi: Pixels per inch.
        page: Its number, from 1.
        unit: Units of its locators to one pixel.
        head_up: This is known; else it may lie on its side.
    """
    lifted = without_red(picture)
    scale = 2.0 if dpi < _COARSE else min(1.0, _WORKING / dpi)
    if scale != 1.0:
        lifted = _scale(lifted, scale)
    lifted = without_surround(lifted, dpi * scale)
    sheet = _LiftedPage(lifted, dpi * scale, page, unit / scale)
    read, most = _read_turned(engine, sheet, 0)
    best = 0
    for quarter in () if head_up else (270, 90, 180):
        if most >= _SENSE:
            break
        _, sense = _read_turned(engine, sheet, quarter, sample=True)
        if sense > most:
            best, most = quarter, sense
    return _read_turned(engine, sheet, best)[0] if best else read


def _scale(page: Lifted, scale: float) -> Lifted:
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC

    def sized(picture: Grey) -> Grey:
        return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=method), np.uint8)

    grey = sized(page.grey)
    return Lifted(
        grey,
        grey if page.faint is page.grey else sized(page.faint),
        None if page.stamped is None else sized(page.stamped),
    )


def _read_turned(
    engine: OcrModel, sheet: _LiftedPage, quarter: int, *, sample: bool = False
) -> tuple[PageText, float]:
    """Read a page, or a sample of it, rotated clockwise; also return the share of sensible text."""
    dpi = sheet.dpi
    level = upright(sheet.lifted, quarter)
    block = round(dpi * 0.15)
    mask = dark(level.grey, block)
    rules = rules_of(mask if level.stamped is None else dark(level.faint, block), dpi)
    ink = _empty_ink(level.grey, level.to_source, rules, dpi, sheet.page, sheet.unit)
    clean = without_specks(without_rules(mask, rules), dpi)
    bare = painted_out(level.grey, rules)
    lines = list(_lines(clean, level.stamped, frames_of(ink.rules), dpi))
    result = PageText(ink)
    widths = [line.window.width * line.window.scale * line.window.squeeze for line in lines]
    taken = sampled(widths, SAMPLE_WIDTH) if sample else affordable(widths, MOST_WIDTH)
    first = dict(zip(taken, engine.read([picture_of(bare, lines[i].window) for i in taken]), strict=True))
    letters = [letters_of(engine, first[i]) if i in first else [] for i in range(len(lines))]
    result.passed_over = len(lines) - len(taken)
    if sample:
        return result, sense_of([letters[i] for i in taken])
    values = [i for i in taken if lines[i].in_cell and _is_value(letters[i])]
    views = _second_views(engine, bare, [lines[i] for i in values])
    readings = {i: _combine_views(engine, first[i], view) for i, view in zip(values, views, strict=True)}
    for i in readings:
        if _is_stamped(lines[i], level.stamped):
            readings[i] = tuple((text, round(score * _DOUBT, 4)) for text, score in readings[i])
    scores = [letter.score for found in letters for letter in found]
    result.score = sum(scores) / len(scores) if scores else 1.0
    for index, line in enumerate(lines):
        unread = () if line.in_cell and index not in first else None
        _write(result, line, letters[index], readings.get(index, unread))
    return result, sense_of([letters[i] for i in taken])


def _empty_ink(
    grey: Grey, to_source: Affine, rules: list[Box], dpi: float, page: int, unit: float
) -> ScannedInk:
    points = _POINTS / dpi
    boxes = [(x0 * points, y0 * points, x1 * points, y1 * points) for x0, y0, x1, y1 in rules]
    height, width = grey.shape
    (a, c, e), (b, d, f) = (to_source * unit).tolist()
    back = (a, b, c, d, e, f)
    return ScannedInk(page, width * points, height * points, [], boxes, to_source=back, dpi=dpi)


def _lines(mask: Grey, stamped: Grey | None, frames: list[RuledFrame], dpi: float) -> Iterator[_LineImage]:
    """Yield the lines of the cells, then those outside the tables."""
    pixels = dpi / _POINTS
    free = mask.copy()
    cells: list[tuple[int, int, Grey]] = []
    for frame in sorted(frames, key=lambda frame: _area(frame.box)):
        for row, column, row_span, column_span in regions_of(frame):
            left, right = frame.xs[column] * pixels, frame.xs[column + column_span] * pixels
            top, bottom = frame.ys[row] * pixels, frame.ys[row + row_span] * pixels
            area = (slice(int(top) + 1, int(bottom)), slice(int(left) + 1, int(right)))
            part = free[area].copy()
            if not part.any() and stamped is not None and stamped[area].mean() > _UNDER_SEAL:
                # A seal hides what may be under it.
                part[part.shape[0] // 2, part.shape[1] // 2] = 255
            if part.any():
                cells.append((int(left) + 1, int(top) + 1, part))
        x0, y0, x1, y1 = (round(side * pixels) for side in frame.box)
        free[y0:y1, x0:x1] = 0
    em = em_of([b - a for _, _, part in cells for a, b in runs_of(part)])
    for left, top, part in cells:
        for strip in without_crumbs(strips_of(part, left, top, em), em):
            yield _LineImage(strip, window_of(strip, em), em, in_cell=True)
    em = em_of([b - a for a, b in runs_of(free)])
    for line in strips_of(free, 0, 0, em):
        for strip in apart(line, free, 3 * em):
            yield _LineImage(strip, window_of(strip, em, _SQUEEZE), em, in_cell=False)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _is_value(letters: list[Letter]) -> bool:
    return _VALUE.fullmatch("".join(letter.text for letter in letters)) is not None


def _second_views(engine: OcrModel, grey: Grey, lines: list[_LineImage]) -> list[Steps]:
    pictures = []
    for line in lines:
        picture = picture_of(grey, window_of(line.strip, line.em, margin=_VIEWS[1]))
        pictures.append(np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), np.uint8))
    return engine.read(pictures)


def _combine_views(engine: OcrModel, first: Steps, second: Steps) -> Reading:
    """Return the readings of a value, combined from both views."""
    one, other = _fold_digits(readings_of(engine, first)), _fold_digits(readings_of(engine, second))
    scores = {
        text: (max(one.get(text, 0.0), _FLOOR) * max(other.get(text, 0.0), _FLOOR)) ** 0.5
        for text in {*one, *other}
    }
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return tuple((text, round(score, 4)) for text, score in ordered[:6] if score >= _LEAST)


def _fold_digits(readings: dict[str, float]) -> dict[str, float]:
    """Return readings with round letters among digits replaced by digits.

    Blanks beside a sign or point, and full-width characters, are normalized too.
    """
    folded: dict[str, float] = {}
    for printed, score in readings.items():
        text = _BLANK_INSIDE.sub("", normalize("NFKC", printed))
        digits = text.translate(_ROUND) if _AMONG_DIGITS.fullmatch(text) else text
        folded[digits] = folded.get(digits, 0.0) + score
    return folded


def _is_stamped(line: _LineImage, stamped: Grey | None) -> bool:
    """Return whether a seal is over a value, or so near that it may hide a sign or digit."""
    if stamped is None:
        return False
    reach = round(line.em)
    rows = slice(max(0, line.strip.y0), line.strip.y1)
    around = stamped[rows, max(0, line.strip.x0 - reach) : line.strip.x1 + reach]
    return bool(around.mean() > _TOUCHED)


def _write(result: PageText, line: _LineImage, letters: list[Letter], reading: Reading | None) -> None:
    """Add the characters of a line to the page, and store the readings of a value."""
    if reading is not None and reading and reading[0][0] != _text(letters):
        letters = _spread(reading[0][0], line)
    if not _text(letters).strip() and reading is None:
        return
    if not _text(letters).strip():
        letters = [Letter("?", line.window.width * line.window.scale * line.window.squeeze / 2, 0.0)]
    glyphs = _glyphs(result.ink, line, letters)
    result.ink.glyphs.extend(glyphs)
    if reading:
        x0, y0, x1, y1 = result.ink.as_displayed(box_of(glyphs))
        key = (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        result.readings[key] = reading


def _text(letters: list[Letter]) -> str:
    return "".join(each.text for each in letters)


def _spread(text: str, line: _LineImage) -> list[Letter]:
    """Return the characters of a text, spaced evenly along its line."""
    window = line.window
    width = window.width * window.scale * window.squeeze
    step = width / max(len(text), 1)
    return [Letter(character, (index + 0.5) * step, 0.0) for index, character in enumerate(text)]


def _glyphs(ink: ScannedInk, line: _LineImage, letters: list[Letter]) -> list[Glyph]:
    """Return boxes for the characters of a line; they touch unless there is a wide gap."""
    points = _POINTS / ink.dpi
    em = max(line.em, line.strip.height) * points
    middle = (line.strip.y0 + line.strip.y1) / 2 * points
    xs = [line.window.x_of(letter.middle) * points for letter in letters]
    glyphs = []
    for index, (letter, x) in enumerate(zip(letters, xs, strict=True)):
        most = em * (0.35 if letter.text.isascii() else 0.6)
        before = (x - xs[index - 1]) / 2 if index else most
        after = (xs[index + 1] - x) / 2 if index + 1 < len(xs) else most
        left, right = x - min(before, most), x + min(after, most)
        order = len(ink.glyphs) + index
        glyphs.append(
            Glyph(left, middle - em / 2, max(right, left + 0.1), middle + em / 2, letter.text, order)
        )
    return glyphs
