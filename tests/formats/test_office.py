"""Old Word, WPS and RTF files: told apart, refused in a sentence, converted by a program that is watched."""

import os
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xmlrpc.client import Binary, Fault
from xmlrpc.server import SimpleXMLRPCServer

import pytest

from extractor.document import Document, Paragraph, Source
from extractor.errors import Encrypted, MissingDependency, Unreadable, UnsupportedFormat
from extractor.formats import docx, office
from extractor.formats.office import program as office_program
from extractor.formats.sniff import sniff

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"


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
    office._convert_once.cache_clear()


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
    office._convert_once.cache_clear()


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
