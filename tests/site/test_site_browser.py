"""The site under a reader's hands: from disk, from a plain web server, and under an automated checker."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("jinja2")

AXE = Path(__file__).parent.parent.parent / "scripts" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
SECONDS = 90
_CHECK = """
const done = arguments[arguments.length - 1];
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
axe.run({preload: false, runOnly: rules}).then((found) => done(
  found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)])));
"""


# Heads, labels, places and sentences of our own that are seen and Chinese; of reports only names are.
_CHINESE_LABELS = """
const own = "h2 .en, h2.form, nav a, table.form th, table.places td:nth-child(4), thead .en, dt .en, p .en";
return [...document.querySelectorAll(own)].filter((each) => each.offsetParent)
  .map((each) => each.innerText).filter((text) => /[\u3400-\u9fff]/.test(text)).slice(0, 5);
"""


def comes_to(ask: Callable[[], Any], is_there: Callable[[Any], bool]) -> Any:
    """Return what is asked for once it is there."""
    end = time.monotonic() + SECONDS
    while not is_there(told := ask()):
        assert time.monotonic() < end, told
        time.sleep(0.1)
    return told


def pages_of(site: Path) -> list[Path]:
    """Return one page of each kind, the bodies and reports with most to show."""
    largest = [
        max(folder.glob("*.html"), key=lambda path: (path.stat().st_size, path.name))
        for folder in (site / "agency", site / "report", site / "region", site / "doubts")
    ]
    return [*sorted(site.glob("*.html")), *largest]


def complaints(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.fixture
def emulates(chromium: Any) -> Iterator[Callable[[str, str], None]]:
    def set_to(scheme: str, media: str = "screen") -> None:
        told = {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]}
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", told)

    yield set_to
    set_to("light", "")


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_no_page_breaks_a_rule_of_wcag_aa(
    browsed: Path, chromium: Any, emulates: Callable[[str, str], None], scheme: str, language: str
) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core here (npm ci in scripts/npm)")
    emulates(scheme, "screen")
    broken = {}
    for path in pages_of(browsed):
        chromium.get(path.as_uri())
        chromium.execute_script("document.documentElement.lang = arguments[0]", language)
        chromium.execute_script(AXE.read_text(encoding="utf-8"))
        if found := chromium.execute_async_script(_CHECK):
            broken[path.relative_to(browsed).as_posix()] = found
    assert broken == {}


def test_no_page_is_wider_than_a_phone(browsed: Path, chromium: Any) -> None:
    wide = {}
    screen = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    for path in pages_of(browsed):
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        chromium.get(path.as_uri())
        width = chromium.execute_script("return document.documentElement.scrollWidth")
        if width > screen["width"]:
            wide[path.name] = width
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert wide == {}


def test_from_disk_a_reader_searches_and_comes_to_the_place_of_a_cell(browsed: Path, chromium: Any) -> None:
    complaints(chromium)  # what other tests have left
    chromium.get((browsed / "search.html").as_uri())
    chromium.find_element("id", "wanted").send_keys("渠县教育")
    comes_to(lambda: chromium.find_elements("css selector", "#found a"), bool)[0].click()
    assert "渠县教育局" in chromium.find_element("tag name", "h1").text
    cell = chromium.find_element("css selector", 'td a[href="#requests.new.total"]')
    cell.click()
    row = chromium.find_element("css selector", "tr:target")
    assert row.get_attribute("id") == "requests.new.total"
    assert cell.text in row.text
    assert complaints(chromium) == []


def test_from_disk_a_reader_goes_from_the_region_to_the_number_in_the_report(
    browsed: Path, chromium: Any
) -> None:
    chromium.get((browsed / "index.html").as_uri())
    chromium.find_element("link text", "四川省").click()
    chromium.find_element("link text", "大竹县教育局").click()
    assert len(chromium.find_elements("css selector", "tr.unknown")) == 2
    number = chromium.find_element("css selector", "tbody tr:not(.unknown) td a")
    printed = number.text
    number.click()
    cells = chromium.find_elements("css selector", "tr:target td")
    assert [cell.text for cell in cells[:2]] == ["requests.new.total", printed]


def test_the_language_that_was_chosen_stays(browsed: Path, chromium: Any) -> None:
    chromium.get((browsed / "index.html").as_uri())
    chromium.find_element("id", "language").click()
    chromium.get((browsed / "data.html").as_uri())
    assert chromium.find_element("tag name", "h1").text == "Data"
    chromium.find_element("id", "language").click()
    assert chromium.find_element("tag name", "h1").text == "数据"


def test_in_english_only_what_is_printed_is_chinese(browsed: Path, chromium: Any) -> None:
    chromium.get((browsed / "index.html").as_uri())
    chromium.execute_script("localStorage.setItem('language', 'en')")
    try:
        for path in pages_of(browsed):
            chromium.get(path.as_uri())
            comes_to(lambda: chromium.execute_script(_CHINESE_LABELS), lambda found: found == [])
        report = max((browsed / "report").glob("*.html"), key=lambda path: path.stat().st_size)
        chromium.get(report.as_uri())
        heads = [each.text for each in chromium.find_elements("css selector", "h2.form")]
        assert heads
        chromium.find_element("id", "language").click()
        assert [each.text for each in chromium.find_elements("css selector", "h2.form")] != heads
    finally:
        chromium.execute_script("localStorage.removeItem('language')")


def test_texts_of_hostile_reports_run_nothing(browsed: Path, chromium: Any) -> None:
    seen = 0
    for path in browsed.rglob("*.html"):
        if "onerror=" in path.read_text(encoding="utf-8"):
            chromium.get(path.as_uri())
            seen += 1
            assert chromium.title != "ran"
            assert chromium.find_elements("tag name", "img") == []
    assert seen >= 2
    # What stands in the page as a script all the same is not run: the policy of the page forbids it.
    chromium.execute_script(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"ran\"';"
        "document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=\"document.title=1\">b</b>');"
        "document.querySelector('b').click()"
    )
    assert chromium.title not in ("ran", "1")


def test_the_first_page_is_light(browsed: Path) -> None:
    first = ["index.html", *(f"static/{name}" for name in ("site.css", "site.js", "icon.svg"))]
    assert sum((browsed / name).stat().st_size for name in first) < 200_000


def ask(browser: Any, sql: str) -> str:
    browser.execute_script("document.getElementById('sql').value = arguments[0]", sql)
    browser.execute_script("document.getElementById('told').textContent = ''")
    browser.find_element("id", "run").click()
    told = browser.find_element("id", "told")
    return comes_to(lambda: told.text, lambda text: "行，" in text or "没有结果" in text)


@pytest.fixture
def questions(browsed: Path, chromium: Any, served: tuple[str, list[str]]) -> str:
    if not (browsed / "questions.html").is_file():
        pytest.skip("no DuckDB-WASM here (npm ci in scripts/npm)")
    address, _ = served
    chromium.get(f"{address}/questions.html")
    return address


def test_a_question_is_answered_from_ranges_of_the_parquet(
    chromium: Any, questions: str, served: tuple[str, list[str]]
) -> None:
    assert questions
    assert ask(chromium, "SELECT agency, received FROM requests WHERE agency = '渠县财政局'").startswith(
        "1 行，"
    )
    assert chromium.find_element("id", "answer").text.splitlines() == ["agency received", "渠县财政局 10"]
    assert chromium.find_elements("css selector", "#chart rect")
    assert chromium.find_element("id", "csv").is_enabled()
    assert any(line.startswith("127.0.0.1 GET /data/cells.parquet bytes=") for line in served[1])
    assert "127.0.0.1 GET /data/cells.parquet" not in served[1]  # never the whole file


def test_every_ready_question_has_an_answer(chromium: Any, questions: str) -> None:
    assert questions
    for sql in chromium.execute_script("return window.extractorQuestions.questions"):
        assert "行，" in ask(chromium, sql), sql


def test_numbers_are_shown_with_every_digit_and_nothing_is_not_zero(chromium: Any, questions: str) -> None:
    assert questions
    ask(
        chromium,
        "SELECT 488.780058::DECIMAL(38, 12) AS a, NULL AS b, 0 AS c, '1.50' AS d, 'x\"y,\nz' AS e -- so",
    )
    cells = [cell.text for cell in chromium.find_elements("css selector", "#answer td")]
    assert cells == ["488.780058", "", "0", "1.50", 'x"y, z']


def test_no_other_site_is_asked_even_if_the_question_names_one(
    chromium: Any, questions: str, served: tuple[str, list[str]]
) -> None:
    other = questions.replace("127.0.0.1", "localhost")  # answers, and is another origin
    assert "没有结果" in ask(chromium, f"SELECT * FROM '{other}/data/documents.parquet'")
    assert not any(line.startswith("localhost") for line in served[1])
    assert chromium.find_element("id", "answer").text == ""


def test_opened_from_disk_the_page_of_questions_says_what_it_needs(browsed: Path, chromium: Any) -> None:
    if not (browsed / "questions.html").is_file():
        pytest.skip("no DuckDB-WASM here (npm ci in scripts/npm)")
    chromium.get((browsed / "questions.html").as_uri())
    assert "http.server" in chromium.find_element("id", "from-disk").text
    assert not chromium.find_element("id", "run").is_enabled()
