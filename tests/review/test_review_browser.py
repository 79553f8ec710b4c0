"""The review page under a reader's hands: mouse, keyboard, light and dark, in a real Chromium."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from extractor.document import Source
from extractor.pipeline import parse
from extractor.report import Report
from extractor.review import review_page

webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here (the extra dev has it)")

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
HONGZE = CASES.parent.parent.parent / "shared" / "corpus" / "hongze_2023.pdf"
CELL = "requests.new.total"
DRAWN = ("html-plain-2021/source.html", "docx-same-report/source.docx", "text-same-report/source.txt")
PDFS = ("pdf-same-report/source.pdf", "pdf-rotated/source.pdf")
WRONG = "fault-zero-total/source.html"
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1400,900",
)  # fmt: skip
# What stands in a report that wants to be more than text; every piece would leave a mark if it ran.
HOSTILE = (
    "<p><script>window.ran = 1</script></p>"
    "<p onclick='window.ran = 2' onmouseover='window.ran = 3'>点这里</p>"
    "<p><img src='x' onerror='window.ran = 4'><a href='javascript:window.ran = 5'>附件下载</a></p>"
    "<p>&lt;script&gt;window.ran = 6&lt;/script&gt;&lt;img src=x onerror='window.ran = 7'&gt;</p>"
    "<svg onload='window.ran = 8'></svg><iframe srcdoc='<script>top.ran = 9</script>'></iframe>"
)
SEEN = (Path(__file__).parent / "seen.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no chromium or no chromedriver on this machine (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield running
    running.quit()


class Reader:
    """Who sits before the page."""

    def __init__(self, browser: Any, report: Report, address: str) -> None:  # noqa: D107
        self.browser, self.report, self.address = browser, report, address
        browser.get_log("browser")  # what pages before this one complained of
        browser.get("about:blank")
        browser.get(address)

    def one(self, selector: str) -> Any:
        return self.browser.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", selector))

    def press(self, key: str) -> None:
        self.browser.switch_to.active_element.send_keys(key)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def sees(self, what: str) -> Any:
        return self.run(f"{SEEN}\nreturn {what}();")

    def cells(self, selector: str) -> list[str]:
        return [each.get_attribute("data-c") for each in self.all(f"#reading td{selector}")]

    def click_the_place_of(self, cell: str) -> None:
        key = self.one(f'[data-c="{cell}"]').get_attribute("data-k").split()[0]
        place = self.one(f'#source [data-k~="{key}"]')
        self.run("arguments[0].scrollIntoView({block: 'center'})", place)
        webdriver.ActionChains(self.browser).move_to_element(place).click().perform()

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


Opens = Callable[..., Reader]


@pytest.fixture
def opens(browser: Any, tmp_path: Path) -> Opens:
    def open_page(path: Path, data: bytes | None = None) -> Reader:
        source = Source(path.name, path.read_bytes() if data is None else data)
        report = parse(source)
        page = tmp_path / "review.html"
        page.write_bytes(review_page(source, report))
        return Reader(browser, report, page.as_uri())

    return open_page


@pytest.mark.parametrize("name", DRAWN)
def test_a_click_on_a_cell_shows_its_characters_in_the_source(opens: Opens, name: str) -> None:
    reader = opens(CASES / name)
    for cell in (CELL, "disputes.review.total", "requests.carried_in.natural_person"):
        reader.one(f'[data-c="{cell}"]').click()
        (lit,) = reader.sees("lit")
        assert lit["words"].strip() == reader.report.cells[cell].raw.strip() != ""
        assert lit["seen"]
        assert reader.cells(".pinned") == reader.cells(".lit") == [cell]
    assert reader.complaints() == []


@pytest.mark.parametrize("name", [*DRAWN, "pdf-same-report/source.pdf"])
def test_a_click_on_the_source_shows_the_cell_that_was_read_there(opens: Opens, name: str) -> None:
    reader = opens(CASES / name)
    for cell in ("requests.granted.total", "disputes.review.total"):
        reader.click_the_place_of(cell)
        assert reader.cells(".lit") == [cell]
        assert reader.run(f"{SEEN}\nreturn paneHolds('reading', document.getElementById(arguments[0]))", cell)
    assert reader.complaints() == []


@pytest.mark.parametrize("path", [*(CASES / name for name in PDFS), HONGZE], ids=lambda path: path.name)
def test_a_click_on_a_cell_frames_it_on_the_image_of_its_page(opens: Opens, path: Path) -> None:
    if not path.exists():
        pytest.skip("no ../shared/corpus beside this checkout")
    reader = opens(path)
    for cell in (CELL, "disputes.review.total"):
        reader.one(f'[data-c="{cell}"]').click()
        ((page, *box),) = reader.sees("boxes")
        place = reader.report.cells[cell].locator
        assert place.bbox is not None
        assert page == f"第{place.page}页"
        if "rotated" not in str(path):
            assert characters_at(path, place.page, box) == reader.report.cells[cell].raw.strip()
        (lit,) = reader.sees("lit")
        assert lit["seen"]
    assert reader.complaints() == []


def characters_at(path: Path, number: int | None, box: list[float]) -> str:
    """Return what the PDF itself has under a box given in parts of an upright page."""
    assert number is not None
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number - 1]
        (width, height), words = page.get_size(), page.get_textpage()
        left, top, right, bottom = box
        found: str = words.get_text_bounded(
            left * width, (1 - bottom) * height, right * width, (1 - top) * height
        )
        words.close()
        page.close()
    return found.strip()


def test_n_goes_to_the_broken_sum_and_lights_up_its_five_cells(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    reader.press("n")
    assert len(reader.all("#broken li.pinned.lit")) == 1
    assert len(reader.cells(".lit")) == 5
    assert set(reader.cells(".bad")) == set(reader.cells(".lit"))
    shown = reader.sees("lit")
    assert len(shown) == 5
    assert all(each["seen"] for each in shown)
    reader.press("n")  # there is but one, so round to it again
    assert len(reader.all("#broken li.pinned.lit")) == 1


def test_d_goes_from_one_doubtful_cell_to_the_next_and_shift_d_back(opens: Opens) -> None:
    reader = opens(CASES / "html-row-lost/source.html")
    doubtful = reader.cells(".doubt")
    assert len(doubtful) > 1
    for key, expected in (("d", 0), ("d", 1), ("D", 0), ("D", -1), ("d", 0)):
        reader.press(key)
        assert reader.cells(".pinned") == [doubtful[expected]]
        assert reader.browser.switch_to.active_element.get_attribute("data-c") == doubtful[expected]


def test_slash_searches_and_letters_typed_there_are_no_commands(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    theme = reader.one("html").get_attribute("data-theme")
    reader.press("/")
    assert reader.browser.switch_to.active_element.get_attribute("id") == "search"
    reader.press("tnd")
    assert reader.one("#search").get_attribute("value") == "tnd"
    assert reader.one("html").get_attribute("data-theme") == theme
    assert reader.all(".pinned") == []
    reader.press("\ue009a\ue009")  # Control and a: what is typed next replaces all
    reader.press(CELL)
    assert reader.cells(".match") == [CELL]
    assert reader.one("#found").text == "1 处"
    reader.press("\ue007")  # Enter
    assert reader.cells(".lit") == [CELL]
    assert [each["words"].strip() for each in reader.sees("lit")] == [reader.report.cells[CELL].raw]
    reader.press("\ue00c")  # Escape
    assert reader.all(".match") == []


@pytest.mark.parametrize("name", [WRONG, "html-row-lost/source.html"])
def test_all_words_can_be_read_in_light_and_dark_pointed_at_or_not(opens: Opens, name: str) -> None:
    reader = opens(CASES / name)
    backs = set()
    for _ in ("as the system has it", "the other"):
        for key in ("\ue00c", "n", "d"):
            reader.press(key)
            contrast, words = reader.sees("faintest")
            assert contrast >= 4.5, words
        backs.add(reader.run("return getComputedStyle(document.body).backgroundColor"))
        reader.press("t")
    assert len(backs) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_in_the_scheme_of_the_system(opens: Opens, browser: Any, scheme: str) -> None:
    wish = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [wish]})
    try:
        reader = opens(CASES / WRONG)
        assert reader.one("html").get_attribute("data-theme") == scheme
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("width", [1400, 760])
def test_no_words_are_cut_and_the_panes_do_not_overlap(opens: Opens, browser: Any, width: int) -> None:
    browser.set_window_size(width, 900)
    try:
        reader = opens(CASES / WRONG)
        assert reader.sees("cut") == reader.sees("chartWordsOutside") == []
        assert "2.其他法律行政法规禁止公开" in [each.text for each in reader.all(".chart text")]
        left, right = reader.one("#source").rect, reader.one("#reading").rect
        beside = left["x"] + left["width"] <= right["x"] + 1
        above = left["y"] + left["height"] <= right["y"] + 1
        assert (beside, above) == (width == 1400, width != 1400)
        assert reader.one("header").rect["height"] <= left["y"] + 1
    finally:
        browser.set_window_size(1400, 900)


def test_nothing_of_a_hostile_source_runs(opens: Opens) -> None:
    path = CASES / "html-plain-2021/source.html"
    markup = path.read_bytes().decode("utf-8")
    assert "</table>" in markup
    hostile = re.sub(r"(</table>)", lambda end: f"{end[0]}{HOSTILE}", markup)
    reader = opens(path.with_name('"><img src=x onerror=ran=1>.html'), hostile.encode("utf-8"))
    assert "点这里" in reader.one("#source").text
    for place in reader.all("#source [data-k]")[-12:]:
        webdriver.ActionChains(reader.browser).move_to_element(place).click().perform()
    assert reader.run("return [window.ran === undefined, document.scripts.length]") == [True, 1]
    assert reader.all("a, iframe, object, embed, form, svg:not(.sheet svg, .chart svg), img") == []
    assert reader.sees("handlers") == []
    assert reader.complaints() == []


def test_the_page_forbids_what_would_run_even_if_it_got_in(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    reader.run(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
        "document.body.append(script); document.getElementById('source').innerHTML ="
        """ '<b id="bait" onclick="window.ran = 2">x</b><img src="https://example.invalid/x.png">';"""
    )
    reader.one("#bait").click()
    assert reader.run("return window.ran === undefined")
    assert any("Content Security Policy" in line for line in reader.complaints())


def test_a_malformed_address_opens_the_page_all_the_same(opens: Opens) -> None:
    reader = opens(CASES / WRONG)
    again = Reader(reader.browser, reader.report, f"{reader.address}#%E0%")
    again.press("n")
    assert len(again.all("#broken li.pinned")) == 1
    assert again.complaints() == []


@pytest.mark.parametrize("path", [CASES / WRONG, HONGZE], ids=lambda path: path.name)
def test_the_page_opens_while_the_reader_waits(opens: Opens, path: Path) -> None:
    if not path.exists():
        pytest.skip("no ../shared/corpus beside this checkout")
    reader = opens(path)
    loaded = reader.run("return performance.getEntriesByType('navigation')[0].loadEventEnd")
    print(f"{path.name}: open after {loaded:.0f} ms")
    assert 0 < loaded < 10_000  # a second is the aim; ten are no machine's excuse
