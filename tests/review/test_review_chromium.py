"""The review page in a real browser: it opens without a complaint and shows the place it is asked for."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from extractor.document import Source
from extractor.pipeline import parse
from extractor.review import review_page

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
CELL = "requests.new.total"
SECONDS = 60


@pytest.fixture
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium on this machine (Debian's package of that name)")
    return found


@pytest.mark.parametrize("name", ["pdf-same-report/source.pdf", "html-plain-2021/source.html"])
def test_the_page_opens_at_a_cell_and_lights_up_its_place(chromium: str, name: str, tmp_path: Path) -> None:
    path = CASES / name
    source = Source(path.name, path.read_bytes())
    page = tmp_path / "review.html"
    page.write_bytes(review_page(source, parse(source)))
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=3000", "--dump-dom"]
    ran = subprocess.run(
        [*command, f"{page.as_uri()}#{CELL}"], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert re.findall(r"CONSOLE.*", ran.stderr) == []
    tree = LexborHTMLParser(ran.stdout)
    cell = tree.css_first(f'[data-c="{CELL}"]')
    assert "pinned" in (cell.attributes["class"] or "")
    lit = [node.attributes["data-k"] for node in tree.css("#source .lit")]
    assert lit == [cell.attributes["data-k"]]
    rules = [node.css_first("small").text() for node in tree.css(".findings li.lit")]
    assert any(rule.startswith("requests/balance") for rule in rules)
