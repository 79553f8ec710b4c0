"""Parts of recognition that can be told without a model: readings, skew, seals, rules, lines."""

import pytest

from extractor.formats import ocr

if not ocr.is_installed():
    pytest.skip("the extra `ocr` is not installed", allow_module_level=True)

import numpy as np

from extractor.formats.ocr.decode import letters_of, readings_of
from extractor.formats.ocr.engine import OcrModel
from extractor.formats.ocr.lines import Strip, joined_runs, runs_of, without_crumbs
from extractor.formats.ocr.page import _VALUE, _fold_digits
from extractor.formats.ocr.picture import Lifted, dark, skew_of, upright, without_red
from extractor.formats.ocr.rules import rules_of

ENGINE = OcrModel(None, ["", "0", "1", "7", "2", "3", "4", "5"])


def steps(*rows: tuple[float, ...]) -> np.ndarray:
    return np.array([(*row, *[0.0] * (8 - len(row))) for row in rows], np.float32)


def test_a_character_over_several_steps_is_one_and_a_gap_makes_two() -> None:
    sure = {"_": (1.0, 0, 0, 0), "0": (0, 1.0, 0, 0), "1": (0, 0, 1.0, 0)}
    line = steps(*(sure[key] for key in "_00_0_11"))
    assert "".join(letter.text for letter in letters_of(ENGINE, line)) == "001"
    assert readings_of(ENGINE, line) == {"001": pytest.approx(1.0)}


def test_every_alignment_of_a_text_counts_towards_it() -> None:
    line = steps((0.5, 0, 0.5, 0), (0.5, 0, 0.5, 0))
    assert readings_of(ENGINE, line) == {"1": pytest.approx(0.75), "": pytest.approx(0.25)}


def test_readings_come_with_their_rivals() -> None:
    found = readings_of(ENGINE, steps((0, 0, 0.6, 0.4)))
    assert found == {"1": pytest.approx(0.6), "7": pytest.approx(0.4)}


@pytest.mark.parametrize(
    "text", ["0", "-168", "42. 946330", "0件", "2笔 984361元", "/", "无", "", "22（其中修订16件）"]
)
def test_a_value_is_told_by_its_characters(text: str) -> None:
    assert _VALUE.fullmatch(text)


@pytest.mark.parametrize("text", ["（一）予以公开", "1.属于国家秘密", "总计", "规章"])
def test_a_label_is_no_value(text: str) -> None:
    assert not _VALUE.fullmatch(text)


def test_round_letters_and_blanks_beside_signs_and_points_are_no_difference_among_digits() -> None:
    assert _fold_digits({"1O": 0.5, "10": 0.25}) == {"10": 0.75}
    assert _fold_digits({"- 8": 0.5, "-8": 0.25, "4. 5": 0.125}) == {"-8": 0.75, "4.5": 0.125}
    assert _fold_digits({"1 2": 0.5, "Il": 0.25}) == {"1 2": 0.5, "Il": 0.25}


def lined(height: int = 600, width: int = 800) -> np.ndarray:
    """Return a page of level rows of dashes."""
    page = np.full((height, width), 255, np.uint8)
    for y in range(60, height - 60, 30):
        for x in range(80, width - 80, 24):
            page[y : y + 10, x : x + 16] = 0
    return page


@pytest.mark.parametrize("angle", [-2.0, -0.65, 0.0, 0.3, 1.7])
def test_the_skew_of_a_page_is_measured(angle: float) -> None:
    from PIL import Image

    turned = np.asarray(Image.fromarray(lined()).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255))
    assert skew_of(turned) == pytest.approx(-angle, abs=0.06)


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_the_way_back_from_a_turned_page_leads_to_the_same_pixel(quarter: int) -> None:
    page = np.full((200, 300), 255, np.uint8)
    page[40:44, 250:254] = 0
    level = upright(Lifted(page, page), quarter)
    y, x = (int(v) for v in np.argwhere(level.grey < 128).mean(axis=0))
    back = level.to_source @ np.array([x + 0.5, y + 0.5, 1.0])
    assert back == pytest.approx((252, 42), abs=2)


def test_red_ink_fades_and_black_ink_under_it_stays() -> None:
    page = np.full((120, 120, 3), 255, np.uint8)
    page[:, 20:100] = (45, 40, 205)  # blue, green, red
    page[50:60, 40:80] = (8, 6, 30)
    lifted = without_red(page)
    assert lifted.stamped is not None
    assert lifted.stamped[30, 30] == 255
    assert lifted.grey[20:40, 30:90].min() > 230
    assert lifted.grey[55, 60] < 60


def test_a_page_without_red_is_left_as_it_is() -> None:
    page = np.full((50, 50, 3), 200, np.uint8)
    lifted = without_red(page)
    assert lifted.stamped is None
    assert (lifted.grey == 200).all()


def test_rules_meet_others_or_are_long_and_strokes_of_characters_are_none() -> None:
    page = np.full((400, 600), 255, np.uint8)
    for y in (50, 150, 250):
        page[y : y + 2, 50:550] = 0
    for x in (50, 300, 548):
        page[50:252, x : x + 2] = 0
    page[100, 100:170] = 0  # a long stroke inside a cell
    found = rules_of(dark(page, 25), 150)
    assert len(found) == 6


def test_strokes_of_one_character_are_one_line_and_lines_are_apart() -> None:
    mask = np.zeros((100, 20), np.uint8)
    for y in (10, 18, 26, 60, 68):
        mask[y : y + 3] = 255
    assert joined_runs(runs_of(mask), 20) == [(10, 29), (60, 71)]


def test_flat_marks_beside_lines_of_text_are_crumbs_and_alone_are_text() -> None:
    text, flat = Strip(0, 0, 30, 20), Strip(0, 30, 20, 33)
    assert without_crumbs([text, flat], 20) == [text]
    assert without_crumbs([flat], 20) == [flat]
