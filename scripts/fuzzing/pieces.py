"""Small documents of every layout: a title, some lines and one table. Most mutations begin with these.

They are read several times as fast as whole reports, so that as many more mutations are tried in the same
time; and of a small document, more mutations hit what matters. Each stands here whole and with a few of its
rows only.
"""

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random

from msgspec import structs

from scripts.corpus.draft import Draft, TableHere
from scripts.corpus.layouts import Layout
from scripts.corpus.layouts_text import UNSOLVED
from scripts.corpus.registry import LAYOUTS
from scripts.corpus.samples import draft_of, sample_of

_KEPT = 0.4  # of the rows
_BODY = "word/document.xml"
_PAGE_ROW = re.compile(rb"<tr\b.*?(?:</tr>|(?=<tr\b))", re.DOTALL | re.IGNORECASE)
_WORD_ROW = re.compile(rb"<w:tr\b(?:(?!<w:tr\b).)*?</w:tr>", re.DOTALL)  # with no row inside
_LINE = re.compile(rb"(?<=\n)[^\n]*\n")  # but the first, the title


@cache
def pieces_of(kind: str) -> tuple[bytes, ...]:
    """Return the small documents of a format: each layout with each table of each edition."""
    return tuple(
        piece
        for layout in LAYOUTS.values()
        if layout.format == kind
        for edition in layout.editions
        for draft in _one_table_each(layout, edition)
        if (data := _printed(layout, draft))
        for piece in _whole_and_thin(kind, data, Random(f"rows/{layout.name}/{edition}"))
    )


def _whole_and_thin(kind: str, data: bytes, rng: Random) -> tuple[bytes, ...]:
    """Return a document, and the same without most of its rows or lines; of other formats the document."""

    def thinned(pattern: re.Pattern[bytes], body: bytes) -> bytes:
        return pattern.sub(lambda row: row.group() if rng.random() < _KEPT else b"", body)

    if kind == "docx":  # both unpacked, for the smaller to be the smaller
        return _repacked(data, bytes), _repacked(data, lambda body: thinned(_WORD_ROW, body))
    if kind == "html":
        return data, thinned(_PAGE_ROW, data)
    return (data, thinned(_LINE, data)) if kind == "text" else (data,)


def _repacked(data: bytes, thin: Callable[[bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        for info in old.infolist():
            part = old.read(info)
            new.writestr(zipfile.ZipInfo(info.filename), thin(part) if info.filename == _BODY else part)
    return file.getvalue()


def _one_table_each(layout: Layout, edition: str) -> tuple[Draft, ...]:
    whole = draft_of(structs.replace(sample_of(layout, edition, 1), fault=None, size="small"))
    rng = Random(f"piece/{layout.name}/{edition}")
    places = [at for at, block in enumerate(whole.blocks) if isinstance(block, TableHere)]
    drafts = []
    for at in places:
        told = rng.choice([block for block in whole.blocks if not isinstance(block, TableHere)])
        blocks = (told, whole.blocks[at - 1], whole.blocks[at])
        drafts.append(structs.replace(whole, blocks=blocks))
    return tuple(drafts)


def _printed(layout: Layout, draft: Draft) -> bytes:
    if layout.name in UNSOLVED:
        return UNSOLVED[layout.name](draft)
    return layout.render(draft).data
