"""The pages of the server under a person's hands: a folder dropped, a cell corrected by keyboard."""

import io
import json
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from headless_browser import headless_chromium
from started_server import Server

pytest.importorskip("starlette", reason="needs the extra serve")
webdriver = pytest.importorskip("selenium.webdriver", reason="no selenium here (the extra dev has it)")

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
SECONDS = 120
FAULTS = [path.name for path in sorted(CASES.glob("fault-*"))]
OTHERS = [
    *("docx-blanks", "docx-nested", "docx-numbered", "docx-same-report", "docx-split-2019", "docx-tracked"),
    *("pdf-blanks", "pdf-label-cut", "pdf-ruled-2019", "pdf-unruled", "html-gbk", "html-row-lost"),
    *("html-thousands", "text-scraped", "ofd-watermark", "text-pipes", "html-wps", "html-slashes"),
]
# Sample → what its one row of the sheet shows as printed.
PLANTED = {
    "fault-swapped": ["2\n33"],
    "fault-wrong-carry": ["5\n6"],
    "fault-wrong-part": [3],
    "fault-wrong-total": [123],
    "fault-zero-total": [0],
    "fault-staff-2014": ["339；119；218"],
}
OPEN_CELL = "proactive.normative_documents.issued"  # of text-scraped
ENTER = "\ue007"


def scanned() -> bytes:
    """Return a page of a report as a picture in a PDF."""
    data = io.BytesIO()
    with pypdfium2.PdfDocument(CASES / "pdf-ruled-2019/source.pdf") as pdf:
        pages = [pdf[number].render(scale=1.5).to_pil().convert("L") for number in range(len(pdf))]
    pages[0].save(data, "PDF", save_all=True, append_images=pages[1:], resolution=108)
    return data.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of thirty files as an office hands them in."""
    made = tmp_path_factory.mktemp("desk") / "年报"
    (made / "2023").mkdir(parents=True)
    for number, name in enumerate((*FAULTS, *OTHERS)):
        (source,) = (CASES / name).glob("source.*")
        shutil.copy(source, made / ("2023" if number % 2 else "") / f"{name}{source.suffix}")
    with zipfile.ZipFile(made / "报来的.zip", "w") as archive:
        for name in ("html-dashes", "docx-split"):
            (source,) = (CASES / name).glob("source.*")
            archive.write(source, f"乡镇/{name}{source.suffix}")
    (made / "扫描件.pdf").write_bytes(scanned())
    (made / "坏的.docx").write_bytes(b"PK\x03\x04 broken")
    (made / "坏的.pdf").write_bytes(b"%PDF-1.7 broken")
    (made / "说明.txt").write_text("请各单位于月底前报送。", encoding="utf-8")
    (made / "~$锁.docx").write_bytes(b"lock")
    assert sum(path.is_file() for path in made.rglob("*")) == 30
    return made


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with headless_chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def server(data: Path, browser: Any) -> Iterator[Server]:
    running = Server(data)
    yield running
    if running.process.poll() is None:
        running.stop()


def comes(what: Callable[[], Any]) -> Any:
    """Wait until something is there; return it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come")


@pytest.fixture(scope="module")
def job(server: Server, browser: Any, folder: Path) -> str:
    """Drop the folder on the page, wait until it is read, and return the job."""
    browser.get(server.address)
    box = browser.find_element("id", "drop").rect
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    dragged = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, **at, "data": dragged})
    comes(lambda: "/jobs/" in browser.current_url)
    comes(lambda: browser.execute_script("return document.getElementById('job')?.dataset.state") == "done")
    return str(browser.current_url).rpartition("/")[2]


def shown(browser: Any) -> list[list[str]]:
    script = (
        "return [...document.querySelectorAll('#rows tbody tr')].map(r => [...r.cells].map(c => c.innerText))"
    )
    rows: list[list[str]] = browser.execute_script(script)
    return rows


def test_a_dropped_folder_is_listed_with_what_to_do(server: Server, browser: Any, job: str) -> None:
    browser.get(f"{server.address}/jobs/{job}")
    comes(lambda: shown(browser))
    listed = {row[1]: row for row in shown(browser)}
    assert len(listed) == 30  # the lock is none, the archive holds two
    assert browser.find_element("tag name", "h1").text == "年报"
    assert [row[0] for name, row in listed.items() if "坏的" in name] == ["读不了", "读不了"]
    assert listed["说明.txt"][0] == "不是年报"
    assert listed["扫描件.pdf"][2] == "桐丘县交通运输局"
    assert listed["fault-wrong-total.html"][0] == "须退回"
    assert browser.get_log("browser") == []


def test_the_list_is_filtered_and_sorted(server: Server, browser: Any, job: str) -> None:
    browser.get(f"{server.address}/jobs/{job}")
    comes(lambda: shown(browser))
    browser.find_element("css selector", "[data-standing='send_back']").click()
    assert {row[0].split("\n")[0] for row in shown(browser)} == {"须退回"}
    browser.find_element("css selector", "[data-standing='']").click()
    browser.find_element("tag name", "body").send_keys("/")
    browser.switch_to.active_element.send_keys("档案局 2021")
    assert [row[2] for row in shown(browser)] == ["临苍市档案局"]
    browser.find_element("id", "filter").clear()
    browser.find_element("id", "filter").send_keys(" ")
    head = browser.find_element("css selector", "[data-sort='errors']")
    head.send_keys(ENTER)
    errors = [int(row[5]) for row in shown(browser) if row[5]]
    assert errors == sorted(errors, reverse=True)
    assert head.find_element("xpath", "..").get_attribute("aria-sort") == "descending"
    assert browser.get_log("browser") == []


def test_the_workbook_has_every_planted_fault_in_one_row(server: Server, job: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(server.get(f"/v1/jobs/{job}/downloads/sheet")))
    sheets = [book[name] for name in book.sheetnames[1:]]
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=4, values_only=True)]
    for name, printed in PLANTED.items():
        own = [row[8] for row in rows if str(row[2]).startswith(name) and row[3].startswith("差错")]
        assert own == printed, name
    listed = {row[0] for row in book["总览"].iter_rows(min_row=2, values_only=True)}
    assert listed == set(server.rows(job))


def test_a_cell_is_corrected_by_keyboard_and_kept_after_a_new_start(
    server: Server, browser: Any, job: str, data: Path
) -> None:
    document = server.rows(job)["text-scraped.txt"]["document"]
    browser.get(f"{server.address}/jobs/{job}/documents/{document}#{OPEN_CELL}")
    cell = browser.find_element("id", OPEN_CELL)
    assert cell.text.startswith("?")
    assert browser.switch_to.active_element == cell
    assert "种读法" in browser.find_element("id", "panel-facts").text
    cell.send_keys("e")
    assert browser.switch_to.active_element.get_attribute("id") == "panel-value"
    browser.switch_to.active_element.send_keys("２４")  # a Chinese keyboard types these
    browser.switch_to.active_element.send_keys(ENTER)
    comes(lambda: "已存下" in (text_of(browser, "panel-told") or ""))
    assert browser.find_element("id", OPEN_CELL).text == "24"
    assert browser.find_element("css selector", "td.pinned").get_attribute("id") != OPEN_CELL  # the next
    assert browser.get_log("browser") == []
    (kept,) = (json.loads(line) for line in server.get("/v1/corrections").splitlines())
    assert (kept["document"], kept["cell"], kept["value"]) == (document, OPEN_CELL, 24)
    comes(lambda: server.rows(job)["text-scraped.txt"]["corrected"] == 1)
    panel = server.get(f"/v1/jobs/{job}/downloads/panel-csv").decode("utf-8-sig").splitlines()
    (line,) = [each for each in panel if document in each]
    column = panel[0].split(",").index("pa_norm_docs_issued")
    assert line.split(",")[column] == "24"
    assert server.stop() == 0
    again = Server(data)
    try:
        comes(lambda: again.rows(job).get("text-scraped.txt", {}).get("corrected") == 1)
        report = json.loads(again.get(f"/v1/jobs/{job}/documents/{document}"))
        assert report["cells"][OPEN_CELL]["value"] == 24
        assert report["cells"][OPEN_CELL]["raw"] == "24486"
    finally:
        again.stop()


def text_of(browser: Any, name: str) -> str | None:
    script = "return document.getElementById(arguments[0])?.textContent"
    found: str | None = browser.execute_script(script, name)
    return found
