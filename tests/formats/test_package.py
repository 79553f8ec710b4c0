"""The bounds of ZIP packages and packed files hold for every reader that opens one."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable
from extractor.formats import docx, ofd, office, read_document
from extractor.formats.package import Package, resolve_target
from extractor.rules.answers import read_answers

PARTS = {
    "docx": {"word/document.xml": "<x/>", "_rels/.rels": "<x/>"},
    "ofd": {"OFD.xml": "<x/>"},
    "xlsx": {"xl/workbook.xml": "<x/>"},
    "ods": {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
}
READERS = {
    "docx": [docx.read, docx.reread], "ofd": [ofd.read],
    "xlsx": [office.read, office.reread], "ods": [office.read, office.reread],
}  # fmt: skip
CASES = [
    pytest.param(kind, reader, id=f"{kind}-{reader.__name__}") for kind in PARTS for reader in READERS[kind]
]


def packed(kind: str, **more: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (PARTS[kind] | more).items():
            archive.writestr(name, text)
    return stream.getvalue()


def bomb(kind: str) -> bytes:
    return packed(kind, **{"more.xml": b" " * (11 << 20)})


def locked(kind: str) -> bytes:
    """Return a package whose members all say that they need a password."""
    data = bytearray(packed(kind))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(signature, start)) >= 0:
            data[start + offset] |= 1
            start += 4
    return bytes(data)


def swollen(kind: str, count: int, size: int) -> bytes:
    """Return a package whose directory declares so many members of this size besides."""
    stream = io.BytesIO(packed(kind))
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(count):
            archive.writestr(f"media/{number}.png", b"")
            archive.filelist[-1].file_size = size
    return stream.getvalue()


@pytest.mark.parametrize(("kind", "reader"), CASES)
def test_a_part_that_inflates_beyond_measure_is_refused(
    kind: str, reader: Callable[[Source], object]
) -> None:
    with pytest.raises(Unreadable, match=r"大得异常（more\.xml）"):
        reader(Source("a", bomb(kind)))


@pytest.mark.parametrize(("kind", "reader"), CASES)
def test_parts_that_are_too_large_together_are_refused(kind: str, reader: Callable[[Source], object]) -> None:
    with pytest.raises(Unreadable, match=r"大得异常（media/5\.png）"):
        reader(Source("a", swollen(kind, 6, 199 << 20)))
    with pytest.raises(Unreadable, match=r"大得异常（media/0\.png）"):
        reader(Source("a", swollen(kind, 1, 201 << 20)))


@pytest.mark.parametrize(("kind", "reader"), CASES)
def test_a_package_with_a_password_is_refused(kind: str, reader: Callable[[Source], object]) -> None:
    with pytest.raises(Encrypted, match="密码"):
        reader(Source("a", locked(kind)))


def test_a_sheet_of_answers_has_the_same_bounds(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb("xlsx"))
    with pytest.raises(Unreadable, match="不是 Excel 工作簿"):
        read_answers(path)


def test_a_regular_picture_or_a_small_part_may_shrink_as_it_likes() -> None:
    data = packed("ofd", **{"more.xml": b" " * (9 << 20), "white.bmp": bytes(11 << 20)})
    package = Package(Source("a", data), "文件")
    assert len(package.bytes_of("more.xml") or b"") == 9 << 20
    assert len(package.bytes_of("WHITE.bmp") or b"") == 11 << 20


def test_a_part_whose_bytes_are_damaged_is_named() -> None:
    data = packed("ofd", **{"more.xml": "<x>" + "报告" * 50 + "</x>"})
    at = data.index(b"more.xml") + 12
    package = Package(Source("a", data[:at] + b"\xff\xff\xff" + data[at + 3 :]), "文件")
    with pytest.raises(Unreadable, match=r"部件已损坏（more\.xml）"):
        package.bytes_of("more.xml")


def test_names_of_parts_are_the_same_with_either_slash_and_in_capitals() -> None:
    package = Package(Source("a", packed("ofd", **{"Doc_0\\Pages\\A.xml": "<y/>"})), "文件")
    assert "/doc_0/pages/a.XML" in package
    assert package.tree_of("Doc_0/./Pages/a.xml").tag == "y"
    assert package.tree_of("Doc_0/b.xml") is None
    assert resolve_target("Doc_0", " Pages\\A.xml ") == "Doc_0/Pages/A.xml"


def test_a_file_of_gzip_that_is_cut_short_is_not_read_in_part() -> None:
    whole = gzip.compress("<html><body>云岭县档案局2023年度报告</body></html>".encode() * 50)
    assert read_document(Source("a", whole)).format == "html"
    with pytest.raises(Unreadable, match="gzip 压缩的内容已损坏或不完整"):
        read_document(Source("a", whole[:-20]))


def test_a_part_with_entities_is_refused() -> None:
    with pytest.raises(Unreadable, match="DTD"):
        Package(Source("a", packed("ofd")), "文件").parsed("x", b'<!DOCTYPE x [<!ENTITY e "y">]><x>&e;</x>')
