"""The documents that mutations begin with: fixtures by format, small ones, and containers made of them."""

import gzip
import io
import os
import tarfile
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import py7zr

from scripts.fuzzing.pieces import pieces_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FORMATS = ("html", "docx", "text", "pdf", "ofd", "mhtml", "zip", "tar", "gz", "7z", "warc")
_SUFFIXES = {"html": ("html",), "docx": ("docx",), "text": ("txt", "md"), "pdf": ("pdf",), "ofd": ("ofd",)}
_LARGEST = 16_000  # bytes: small seeds make many runs
_MEMBERS = 3  # of a container
_WHOLE = 0.04  # so many of the inputs are made of whole reports, ten times as dear as small documents
_AMONG = 4  # a small document is the smallest of so many: those of the wordy editors come up less often


def seed_for(kind: str, rng: Random) -> bytes:
    """Return a document of the format to begin with: a whole report at times, else a small one."""
    if rng.random() < _WHOLE:
        return rng.choice(seeds_of(kind))
    return min((rng.choice(small_seeds_of(kind)) for _ in range(_AMONG)), key=len)


@cache
def small_seeds_of(kind: str) -> tuple[bytes, ...]:
    """Return the small documents of a format, or containers with two of them."""
    if kind in _SUFFIXES:
        return pieces_of(kind)
    pages = sorted(pieces_of("html"), key=len)[:80]
    return tuple(_CONTAINERS[kind](tuple(pages[at : at + 2])) for at in range(0, len(pages), 2))


@cache
def seeds_of(kind: str) -> tuple[bytes, ...]:
    """Return the seeds of a format, the same on every machine."""
    if kind in _SUFFIXES:
        paths = sorted(
            path
            for folder in ("cases", "refusals")
            for suffix in _SUFFIXES[kind]
            for path in (FIXTURES / folder).glob(f"*/source.{suffix}")
        )
        return tuple(data for path in paths if 0 < len(data := path.read_bytes()) <= _LARGEST)
    pages = seeds_of("html")
    groups = [pages[at : at + _MEMBERS] for at in range(0, len(pages), _MEMBERS)]
    return tuple(_CONTAINERS[kind](group) for group in groups)


def _mhtml(pages: tuple[bytes, ...]) -> bytes:
    parts = b"".join(
        b"--edge\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%b\r\n" % page
        for page in pages
    )
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="edge"'
    return b"%b\r\n\r\n%b--edge--\r\n" % (head, parts)


def _zip(pages: tuple[bytes, ...]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(zipfile.ZipInfo(f"年报/{number}.html"), page)
    return file.getvalue()


def _tar(pages: tuple[bytes, ...]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for number, page in enumerate(pages):
            info = tarfile.TarInfo(f"年报/{number}.html")
            info.size = len(page)
            archive.addfile(info, io.BytesIO(page))
    return file.getvalue()


def _gz(pages: tuple[bytes, ...]) -> bytes:
    return gzip.compress(_tar(pages), mtime=0)


def _seven(pages: tuple[bytes, ...]) -> bytes:
    file = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, py7zr.SevenZipFile(file, "w") as archive:
        for number, page in enumerate(pages):
            path = Path(folder) / f"{number}.html"
            path.write_bytes(page)
            os.utime(path, (0, 0))  # else the archive would hold the time of today
            archive.write(path, f"年报/{number}.html")
    return file.getvalue()


def _warc(pages: tuple[bytes, ...]) -> bytes:
    return b"".join(_record(number, page) for number, page in enumerate(pages))


def _record(number: int, page: bytes) -> bytes:
    packed = number % 2 == 1
    body = gzip.compress(page, mtime=0) if packed else b"%x\r\n%b\r\n0\r\n\r\n" % (len(page), page)
    told = b"Content-Encoding: gzip" if packed else b"Transfer-Encoding: chunked"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n%b\r\n\r\n%b" % (told, body)
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\n"
        b"WARC-Target-URI: http://a.example/%d.html\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    )
    return head % (number, number, len(answer)) + answer + b"\r\n\r\n"


_CONTAINERS = {"mhtml": _mhtml, "zip": _zip, "tar": _tar, "gz": _gz, "7z": _seven, "warc": _warc}
