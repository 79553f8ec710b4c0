"""What the script of the review page does when a reader points, clicks and types."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from extractor.document import Source
from extractor.pipeline import parse
from extractor.review import review_page

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
CELL = "requests.new.total"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a reader saw of a report with a wrong total."""
    node = shutil.which("node")
    known = node and subprocess.run([node, "-e", "require('jsdom')"], capture_output=True, check=False)
    if not node or not known or known.returncode:
        pytest.skip("no node with jsdom on this machine (npm install jsdom; NODE_PATH)")
    (path,) = (CASES / "fault-wrong-total").glob("source.*")
    source = Source(path.name, path.read_bytes())
    page = tmp_path_factory.mktemp("review") / "review.html"
    page.write_bytes(review_page(source, parse(source)))
    driver = Path(__file__).parent / "drive.js"
    ran = subprocess.run([node, driver, page, CELL], capture_output=True, timeout=60, check=True)
    seen: dict[str, Any] = json.loads(ran.stdout)
    return seen


def test_nothing_is_complained_of(told: dict[str, Any]) -> None:
    assert told["complaints"] == []


def test_the_page_opens_at_the_cell_that_its_address_names(told: dict[str, Any]) -> None:
    assert told["opened"]["pinned"] == [CELL]
    assert told["opened"]["cells"] == [CELL]
    assert len(told["opened"]["places"]) == 1
    assert told["opened"]["findings"] >= 2


def test_escape_lets_go(told: dict[str, Any]) -> None:
    assert told["cleared"] == {"cells": [], "places": [], "findings": 0, "pinned": []}


def test_a_click_on_the_source_lights_up_the_cell_and_its_checks(told: dict[str, Any]) -> None:
    assert told["fromSource"]["cells"] == [CELL]
    assert told["fromSource"]["findings"] == told["opened"]["findings"]


def test_n_goes_to_the_finding_and_lights_up_all_its_cells(told: dict[str, Any]) -> None:
    assert len(told["finding"]["cells"]) >= 4
    assert len(told["finding"]["places"]) == len(told["finding"]["cells"])
    assert told["finding"]["pinned"][0].split() == told["finding"]["cells"]


def test_pointing_at_a_cell_lights_it_up_and_leaves_the_pin(told: dict[str, Any]) -> None:
    assert told["hovered"]["cells"] == [CELL]
    assert told["hovered"]["pinned"] == told["finding"]["pinned"]


def test_arrows_go_from_cell_to_cell(told: dict[str, Any]) -> None:
    assert told["left"]["pinned"] == ["requests.new.other_organization"]


def test_t_turns_light_to_dark(told: dict[str, Any]) -> None:
    assert told["turned"]


def test_a_search_finds_a_cell_by_its_code(told: dict[str, Any]) -> None:
    assert CELL in told["matches"]
