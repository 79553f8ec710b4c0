"""Old Word, WPS and RTF files and spreadsheets say what the files say that they were saved from."""

import os
import struct
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xmlrpc.client import Binary, Fault
from xmlrpc.server import SimpleXMLRPCServer

import pytest

import extractor
from extractor.document import Document, Paragraph, Source
from extractor.errors import Encrypted, MissingDependency, Unreadable, UnsupportedFormat
from extractor.formats import docx, office
from extractor.formats.office import program as office_program
from extractor.formats.sniff import sniff
from scripts.corpus.cases import CASES, draft_of
from scripts.corpus.grid import grid_of
from scripts.corpus.xlsx_file import spreadsheet

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
TEXTS = ("docx-same-report", "docx-plain-2019", "docx-plain-2014", "docx-blanks")
PROGRAM = office_program.find_program()
needs_writer = pytest.mark.skipif(
    PROGRAM is None or not office_program.has_module(PROGRAM, "writer"),
    reason="LibreOffice Writer is not installed",
)
needs_calc = pytest.mark.skipif(
    PROGRAM is None or not office_program.has_module(PROGRAM, "calc"),
    reason="LibreOffice Calc is not installed",
)


def converted(folder: Path, target: str, *sources: Path) -> None:
    """Save files in another format, all in one run of LibreOffice."""
    assert PROGRAM is not None
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command = [PROGRAM, *options, "--convert-to", target, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the Word fixtures saved as .doc and .rtf."""
    folder = tmp_path_factory.mktemp("saved")
    sources = []
    for name in TEXTS:
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes((FIXTURES / name / "source.docx").read_bytes())
    converted(folder, "doc", *sources)
    converted(folder, "rtf", *sources[:3])
    return folder


@needs_writer
@pytest.mark.parametrize("name", TEXTS)
def test_an_old_word_file_has_the_tables_of_the_word_file_it_was_saved_from(saved: Path, name: str) -> None:
    report = extractor.parse(saved / f"{name}.doc")
    original = extractor.parse(saved / f"{name}.docx")
    assert report.source.format == "doc"
    place = next(iter(report.cells.values())).locator
    assert (place.table, place.column) == (1, 3 if "2014" in name else 2)
    assert (report.verdict, report.tables) == (original.verdict, original.tables)
    assert [s.heading for s in report.sections] == [s.heading for s in original.sections]


@needs_writer
@pytest.mark.parametrize("name", TEXTS[:3])
def test_a_rich_text_file_has_the_tables_of_the_word_file_it_was_saved_from(saved: Path, name: str) -> None:
    report = extractor.parse(saved / f"{name}.rtf")
    assert report.tables == extractor.parse(saved / f"{name}.docx").tables


@needs_writer
def test_a_wps_file_is_told_by_its_streams_whatever_its_name(saved: Path) -> None:
    report = extractor.parse((saved / "docx-same-report.doc").read_bytes(), name="年报.wps")
    assert report.verdict == "verified"


@needs_writer
@pytest.mark.parametrize("rest", [0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused(saved: Path, rest: float) -> None:
    data = (saved / "docx-same-report.doc").read_bytes()
    with pytest.raises(Unreadable, match="不完整"):
        office.read(Source("年报.doc", data[: int(len(data) * rest)]))


@needs_calc
@pytest.mark.parametrize(("case", "extension"), [("html-plain-2021", "xlsx"), ("html-plain-2019", "xls")])
def test_the_tables_of_a_spreadsheet_are_read_sheet_by_sheet(
    case: str, extension: str, tmp_path: Path
) -> None:
    truth = draft_of(next(c for c in CASES if c.name == case)).truth
    path = tmp_path / "附表.xlsx"
    path.write_bytes(spreadsheet([grid_of(truth, table) for table in truth.tables]))
    if extension == "xls":
        converted(tmp_path, extension, path)
    report = extractor.parse(tmp_path / f"附表.{extension}")
    assert {i: cell.value for i, cell in report.cells.items()} == truth.values
    sheets = {cell.locator.table for cell in report.cells.values()}
    assert sheets == set(range(1, len(truth.tables) + 1))


# What follows needs no LibreOffice.


def ole(*streams: str, first: bytes = b"") -> bytes:
    """Return a small OLE container with these streams, each one sector long."""
    free, end, table_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    used = [table_sector, end] + [end] * len(streams)
    table = struct.pack("<128I", *used, *[free] * (128 - len(used)))
    entries = [entry("Root Entry", 5, end)]
    entries += [entry(name, 2, 2 + n) for n, name in enumerate(streams)]
    directory = b"".join(entries).ljust(512, b"\0")
    bodies = b"".join((first if n == 0 else b"").ljust(512, b"\0") for n, _ in enumerate(streams))
    return header[:512] + table + directory + bodies


def entry(name: str, kind: int, sector: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return (head + bytes(48)).ljust(116, b"\0") + struct.pack("<IQ", sector, 512)


def test_a_container_is_told_by_its_bytes() -> None:
    assert sniff(ole("WordDocument")) == "ole"


def test_a_word_file_with_a_password_is_refused_before_anything_is_run(monkeypatch) -> None:
    monkeypatch.setattr(office_program, "find_program", lambda: None)
    locked = b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01"
    with pytest.raises(Encrypted, match="密码"):
        office.read(Source("年报.doc", ole("WordDocument", first=locked)))
    with pytest.raises(Encrypted, match="密码"):
        office.read(Source("年报.docx", ole("EncryptedPackage")))


@pytest.mark.parametrize(
    ("data", "error", "message"),
    [
        (ole("PowerPoint Document"), UnsupportedFormat, "不是文字或表格文件"),
        (ole("WordDocument")[:1100], Unreadable, "结尾的部分缺失"),
        (ole("WordDocument")[:300], Unreadable, "只剩下开头"),
        (b"{\\rtf1 {\\b text", Unreadable, "RTF 文件不完整"),
    ],
)
def test_what_is_no_whole_text_is_refused(data: bytes, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        office.read(Source("年报.doc", data))


def test_a_container_whose_table_is_listed_in_a_circle_takes_no_memory() -> None:
    """Sector 1 lists sector 0 a hundred times, and says that the list goes on in sector 1."""
    circle = bytearray(ole("WordDocument"))
    struct.pack_into("<II", circle, 68, 1, 10_000)
    circle[1024:1536] = struct.pack("<128I", *[0] * 127, 1)
    tracemalloc.start()
    with pytest.raises(Unreadable):
        office.read(Source("年报.doc", bytes(circle[:-512])))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 20


@pytest.mark.parametrize(
    ("data", "package"),
    [
        (ole("WordDocument"), "libreoffice-writer-nogui"),
        (b"{\\rtf1 text}", "libreoffice-writer-nogui"),
        (ole("Workbook"), "libreoffice-calc-nogui"),
    ],
)
def test_without_libreoffice_one_sentence_says_how_to_install_it(
    data: bytes, package: str, monkeypatch
) -> None:
    monkeypatch.setattr(office_program, "find_program", lambda: None)
    with pytest.raises(MissingDependency) as caught:
        office.read(Source("年报.doc", data))
    assert str(caught.value) == (
        f"年报.doc: 读这种文件需要 LibreOffice，请先安装：sudo apt-get install {package}"
    )


@pytest.fixture
def program(tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """Stand a script in for LibreOffice; a test writes what it does."""
    path = tmp_path / "soffice"
    monkeypatch.setattr(office_program, "find_program", lambda: str(path))
    monkeypatch.delenv("EXTRACTOR_UNOSERVER", raising=False)
    yield path
    office._converted.cache_clear()


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_a_conversion_that_takes_too_long_is_ended_with_its_children(
    program: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(office_program, "LONGEST", 0.5)
    script(program, f"sleep 30 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(Unreadable, match="已中止"):
        office.read(Source("年报.rtf", b"{\\rtf1 slow}"))
    assert is_gone(int((tmp_path / "child").read_text()))


def is_gone(process: int) -> bool:
    for _ in range(50):
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().split()[2] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_file_that_does_not_come_out_is_unreadable(program: Path) -> None:
    script(program, "exit 0")
    with pytest.raises(Unreadable, match="打不开"):
        office.read(Source("年报.rtf", b"{\\rtf1 strange}"))


def test_every_process_has_a_profile_of_its_own_in_which_nothing_is_run_or_fetched(
    program: Path, tmp_path: Path
) -> None:
    script(program, f'echo "$1" >> {tmp_path}/profiles')
    for text in (b"{\\rtf1 a}", b"{\\rtf1 b}"):
        with pytest.raises(Unreadable):
            office.read(Source("年报.rtf", text))
    first, second = (tmp_path / "profiles").read_text().splitlines()
    assert first == second
    profile = Path(first.partition("file://")[2])
    assert office_program._profiles[os.getpid()] == profile
    assert profile != Path.home() / ".config"
    settings = (profile / "user" / "registrymodifications.xcu").read_text()
    assert "DisableMacrosExecution" in settings
    assert "BlockUntrustedRefererLinks" in settings


@pytest.fixture
def server(monkeypatch) -> Iterator[SimpleXMLRPCServer]:
    """Stand in for a running unoserver that turns everything into one Word file."""
    answer = (FIXTURES / "docx-same-report" / "source.docx").read_bytes()

    def convert(path, data, out, kind, filter_name, options, update):
        if b"broken" in data.data:
            raise Fault(1, "Could not load document")
        assert (path, out, kind, filter_name) == (None, None, "docx", "MS Word 2007 XML")
        return Binary(answer)

    running = SimpleXMLRPCServer(("127.0.0.1", 0), allow_none=True, logRequests=False)
    running.register_function(convert, "convert")
    monkeypatch.setenv("EXTRACTOR_UNOSERVER", f"127.0.0.1:{running.server_address[1]}")
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()
    office._converted.cache_clear()


def text_of(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_a_warm_server_is_asked_where_the_environment_names_one(server: SimpleXMLRPCServer) -> None:
    word = (FIXTURES / "docx-same-report" / "source.docx").read_bytes()
    read = office.read(Source("年报.rtf", b"{\\rtf1 text}"))
    assert text_of(read) == text_of(docx.read(Source("年报.docx", word)))
    with pytest.raises(Unreadable, match="打不开"):
        office.read(Source("年报.rtf", b"{\\rtf1 broken}"))


def test_a_server_that_does_not_answer_is_named(monkeypatch) -> None:
    monkeypatch.setenv("EXTRACTOR_UNOSERVER", "127.0.0.1:9")
    with pytest.raises(MissingDependency, match="unoserver --port"):
        office.read(Source("年报.rtf", b"{\\rtf1 nobody}"))
