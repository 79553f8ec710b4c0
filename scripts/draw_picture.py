"""Draws the pictures of the README: the review page of a report with a total printed as 0, and a site's page.

    python scripts/draw_picture.py docs/images/review.png
    python scripts/draw_picture.py docs/images/register.png build/register/agency/410300-民政.html

Needs Chromium and its driver. The report is a sample of fixtures/; the page is that of `extractor view`.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from extractor.cli.view import write_reviews

CASE = Path(__file__).resolve().parent.parent / "fixtures" / "cases" / "fault-zero-total" / "source.html"
CELL = "disputes.review.total"
SIZE = (1280, 900)
# The headings of the table stand above the cell, on both sides.
_SCROLL = "for (const pane of document.querySelectorAll('#source, #reading')) pane.scrollBy(0, -110)"


def picture_of(page: Path, cell: str, size: tuple[int, int] = SIZE) -> bytes:
    """Return a picture of a page, of a review page opened at a cell, as PNG."""
    options = webdriver.ChromeOptions()
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(switch)
    options.add_argument(f"--window-size={size[0]},{size[1]}")
    # Named, so that no driver is looked for on the network.
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        browser.get(f"{page.as_uri()}#{cell}" if cell else page.as_uri())
        loaded = "return document.readyState === 'complete'"
        WebDriverWait(browser, 10).until(lambda driver: driver.execute_script(loaded))
        browser.execute_script(_SCROLL)
        return browser.get_screenshot_as_png()
    finally:
        browser.quit()


def in_few_colours(png: bytes) -> bytes:
    """Return the picture with 64 colours: a third of the bytes, and no difference to see."""
    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(64).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> int:
    """Draw the picture and write it where the first argument says; the second is a page of a site."""
    target = Path(sys.argv[1])
    if len(sys.argv) > 2:
        target.write_bytes(in_few_colours(picture_of(Path(sys.argv[2]).resolve(), "", (1280, 1300))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "review.html"
        write_reviews([str(CASE)], str(page), beside=None, rules=None)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(in_few_colours(picture_of(page, CELL)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
