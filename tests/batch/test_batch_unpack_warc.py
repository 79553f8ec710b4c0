"""Web archives give their documents with address and date; a damaged record loses itself alone."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import PAGE, found_in, zipped

from extractor.batch.found import Found, Skipped
from extractor.outcome import Sighting


def record(
    url: str, content_type: str, body: bytes, status: str = "200 OK", kind: str = "response", more: str = ""
) -> bytes:
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-31T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(body):08}-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = (
    record("http://yl.example/nb/2023.html", "text/html", PAGE),
    record("http://yl.example/logo.png", "image/png", b"\x89PNG"),
    record("http://yl.example/nb/%E5%B9%B4%E6%8A%A5.pdf", "application/octet-stream", b"%PDF-1.4 "),
    record("http://yl.example/gone.html", "text/html", PAGE, status="404 Not Found"),
    record("http://yl.example/asked", "text/html", PAGE, kind="request"),
)


@pytest.mark.parametrize("pack", ["plain", "a record a member", "whole"])
def test_a_web_archive_gives_its_documents_with_url_and_date(pack: str, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    packed = {"plain": bytes, "a record a member": gzip.compress, "whole": bytes}[pack]
    data = b"".join(packed(r) for r in RECORDS)
    (tmp_path / "网.warc").write_bytes(gzip.compress(data) if pack == "whole" else data)
    found = found_in(tmp_path / "网.warc")
    page, document = (f for f in found if isinstance(f, Found))
    assert page.data == PAGE
    assert (page.place.url, page.place.retrieved_at) == (
        "http://yl.example/nb/2023.html",
        "2024-01-31T08:00:00Z",
    )
    assert (page.place.name, document.place.name) == ("2023.html", "年报.pdf")
    assert sum(isinstance(f, Skipped) for f in found) == 2


def test_a_page_under_a_false_type_is_a_page_all_the_same(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    (tmp_path / "网.warc").write_bytes(record("http://yl.example/nb", "application/octet-stream", PAGE))
    (found,) = found_in(tmp_path / "网.warc")
    assert isinstance(found, Found)
    assert found.data == PAGE


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ("Content-Encoding: br\r\n", b"\x1b\x03\x00"),
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE)[:-9]),
        ("Transfer-Encoding: chunked\r\n", b"zz\r\n<p>\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"ff\r\n<p>\r\n"),
    ],
    ids=["brotli", "cut gzip", "chunk without a size", "cut chunk"],
)
def test_a_damaged_record_loses_itself_alone(more: str, body: bytes, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    bad = record("http://yl.example/bad.html", "text/html", body, more=more)
    (tmp_path / "网.warc").write_bytes(bad + RECORDS[0])
    damaged, whole = found_in(tmp_path / "网.warc")
    assert isinstance(damaged, Sighting)
    assert (damaged.code, damaged.place.url) == ("bad-archive", "http://yl.example/bad.html")
    assert isinstance(whole, Found)
    assert whole.data == PAGE


def test_a_record_that_says_gzip_and_is_not_is_read_as_browsers_do(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    false = record("http://yl.example/1", "text/html", PAGE, more="Content-Encoding: gzip\r\n")
    (tmp_path / "网.warc").write_bytes(false)
    (found,) = found_in(tmp_path / "网.warc")
    assert isinstance(found, Found)
    assert found.data == PAGE


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "compressed"])
def test_a_record_cut_short_is_damage_and_no_document(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    cut = pack(RECORDS[0] + RECORDS[0][:-20])
    (tmp_path / "网.warc").write_bytes(cut)
    whole, damaged = found_in(tmp_path / "网.warc")
    assert isinstance(whole, Found)
    assert isinstance(damaged, Sighting)
    assert damaged.code == "bad-archive"


def test_a_web_archive_inside_a_zip_keeps_its_provenance(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    (tmp_path / "网.zip").write_bytes(zipped(("网.warc", RECORDS[0])))
    (found,) = found_in(tmp_path / "网.zip")
    assert found.place.url == "http://yl.example/nb/2023.html"
    assert (found.place.member or "").startswith("网.warc!/")


def test_records_without_an_id_or_with_an_address_that_is_none_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    heads = (b"WARC-Target-URI: http://[\r\n", b"WARC-Record-ID: <urn:uuid:7>\r\n", b"")
    record = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    path.write_bytes(
        b"".join(
            b"%b%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (record, head, len(answer), answer)
            for head in heads
        )
    )
    found = found_in(path)
    assert [finding.place.member for finding in found] == [
        "无编号/index.html", "7/index.html", "无编号/index.html#2",
    ]  # fmt: skip
    assert all(isinstance(finding, Found) for finding in found)
