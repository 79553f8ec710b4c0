"""Damages a document: its bytes, its markup, or the parts inside its container.

The same format, seed and number give the same input on every machine.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from random import Random

from scripts.fuzzing.seeds import seed_for

Mutation = Callable[[bytes, Random], bytes]

_NUMBERS = (
    b"0", b"-1", b"1", b"65535", b"65536", b"99999999", b"2147483648", b"1e308", b"0.0", b"NaN", b"9" * 400,
)  # fmt: skip
_MARKUP = (
    *(b"<td colspan=9>", b"<td rowspan=9>", b"<?php ?>", b"<!DOCTYPE x>", b"<img src=x>", b"<input value=7>"),
    b'<w:gridSpan w:val="99"/>',
    *b"""<table> </table> <tr> <td> </td> </tr> <th> <div> </div> <p><?h>
    <!-- --> <![CDATA[ ]]> <svg> <math> <template> <select> <frameset> <plaintext>
    <textarea> <script> <style> <style>td{display:none}</style> <del> <sup> <ruby> <br>
    &#xD800; &#0; &#x110000; &nbsp; &amp;nbsp; <w:tbl> </w:tbl> <w:tr> <w:tc> <w:del>
    <w:t>1</w:t> <w:vMerge/>""".split(),
)
_TEXTS = (
    *(b"\x00", b"\x1b[31m", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x0c", b"\t", b" " * 50),
    *(b"\r\n\r\n", b"|", b"--edge", b"Content-Length: 9", b"Content-Encoding: br", b"%s%n", b"1,234"),
    *"二〇二三 一百五十 亿 ① 总计 本年度办理结果 — 😀 −5 ² ٣".encode().split(),
    *("\u202e".encode(), "\u0301".encode()),
)
_TAG = re.compile(rb"<[^<>]{1,200}>")
_DIGITS = re.compile(rb"\d+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def make_input(kind: str, seed: int, number: int) -> bytes:
    """Return the input of this number: a seed of the format with one to six mutations."""
    rng = Random(f"{kind}/{seed}/{number}")
    return _mutated(kind, seed_for(kind, rng), rng)


def _mutated(kind: str, data: bytes, rng: Random) -> bytes:
    if kind in ("docx", "ofd") and rng.random() < 0.85:
        return _in_a_part(data, rng)
    if kind == "zip" and rng.random() < 0.5:
        return _in_a_part(data, rng)
    if kind == "pdf" and rng.random() < 0.7:
        return _in_a_stream(data, rng)
    choices = _OF_BYTES if kind in ("tar", "docx", "ofd", "zip", "gz", "7z") else (*_OF_BYTES, *_OF_TEXT)
    return _several(data, rng, choices)


def _several(data: bytes, rng: Random, choices: tuple[Mutation, ...]) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        data = rng.choice(choices)(data, rng)
    return data


def _place(data: bytes, rng: Random) -> int:
    return rng.randrange(len(data) + 1)


def flip(data: bytes, rng: Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: Random) -> bytes:
    """Leave out a piece, or all behind a place."""
    start = _place(data, rng)
    return data[:start] + (b"" if rng.random() < 0.3 else data[start + rng.choice((1, 2, 9, 90, 900)) :])


def repeat(data: bytes, rng: Random) -> bytes:
    """Write a piece again, sometimes often."""
    start = _place(data, rng)
    piece = data[start : start + rng.choice((1, 4, 30, 300, 2000))]
    return data[:start] + piece * rng.choice((2, 2, 3, 10, 60)) + data[start + len(piece) :]


def move(data: bytes, rng: Random) -> bytes:
    """Put a piece somewhere else."""
    start, end = sorted((_place(data, rng), _place(data, rng)))
    end = min(end, start + 2000)
    rest = data[:start] + data[end:]
    at = _place(rest, rng)
    return rest[:at] + data[start:end] + rest[at:]


def put_text(data: bytes, rng: Random) -> bytes:
    """Put an odd text somewhere."""
    at = _place(data, rng)
    return data[:at] + rng.choice(_TEXTS) + data[at:]


def put_markup(data: bytes, rng: Random) -> bytes:
    """Put a tag before or in place of another one, sometimes nested many times."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return put_text(data, rng)
    tag = rng.choice(tags)
    new = rng.choice((*_MARKUP, rng.choice(tags).group())) * rng.choice((1, 1, 1, 1, 1, 3, 100))
    return data[: tag.start()] + new + data[rng.choice((tag.start(), tag.end())) :]


def drop_markup(data: bytes, rng: Random) -> bytes:
    """Leave a few tags out."""
    for _ in range(rng.choice((1, 1, 3))):
        if tags := list(_TAG.finditer(data)):
            tag = rng.choice(tags)
            data = data[: tag.start()] + data[tag.end() :]
    return data


def put_number(data: bytes, rng: Random) -> bytes:
    """Write another number in place of one."""
    numbers = list(_DIGITS.finditer(data))
    if not numbers:
        return flip(data, rng)
    old = rng.choice(numbers)
    new = rng.choice((*_NUMBERS, str(rng.randrange(2000)).encode()))
    return data[: old.start()] + new + data[old.end() :]


_OF_BYTES: tuple[Mutation, ...] = (flip, flip, cut, repeat, move, put_text)
_OF_TEXT: tuple[Mutation, ...] = (put_markup, put_markup, drop_markup, put_number, put_number)


def _in_a_part(data: bytes, rng: Random) -> bytes:
    """Mutate one member of a ZIP, or leave it out, and close the package again."""
    with suppress(zipfile.BadZipFile):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [(info.filename, package.read(info)) for info in package.infolist()]
        largest = max(range(len(parts)), key=lambda at: len(parts[at][1]))
        chosen = largest if rng.random() < 0.6 else rng.randrange(len(parts))
        name, body = parts[chosen]
        if rng.random() < 0.05:
            del parts[chosen]
        else:
            parts[chosen] = name, _several(body, rng, (*_OF_TEXT, *_OF_TEXT, *_OF_BYTES))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            for name, body in parts:
                package.writestr(zipfile.ZipInfo(name), body)
        return file.getvalue()
    return flip(data, rng)


def _in_a_stream(data: bytes, rng: Random) -> bytes:
    """Mutate a packed stream of a PDF. Its new length disagrees with what the PDF says, as often happens."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return _several(data, rng, _OF_BYTES)
    stream = rng.choice(streams)
    body = stream[1]
    with suppress(zlib.error):
        body = zlib.compress(_several(zlib.decompress(body), rng, (put_number, *_OF_BYTES)))
    if body == stream[1]:
        body = _several(body, rng, (put_number, *_OF_BYTES))
    return data[: stream.start(1)] + body + data[stream.end(1) :]
