"""The evidence for the genre of a document: headlines, opening, sections, numbers."""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from extractor.document import Document, Paragraph, Table
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.title import Head, read_head
from extractor.recognize.issuer.words import fold
from extractor.report import Section, walk_sections

_LINES = 16  # lines at the beginning, among which a headline is
_LONG = 90  # characters; a headline is shorter
_OPENING = 1500  # characters of the body that may name its genre
_TABLES, _CELLS = 2, 8  # tables and cells examined for the period
_TITLE_ROWS = 3  # of a sheet
_QUOTED = kept_pattern("《[^《》]*》")
_WAY = kept_pattern("[>＞»]|当前位置|您的位置|首页")
_NUMBER = late_pattern(r"\d\s*余?万?[条件份次篇项宗起例个部期]")
_YEAR = kept_pattern(r"20\d\d|二[〇○零]")
_NUMBERED = kept_pattern("^(?:[一二三四五六七八九十—]{1,3}、|（[一二三四五六七八九十]{1,3}）|\\d{1,2}[.、])")
_SENTENCE = kept_pattern("[。；]|，.*，|[：，、]$|^(?:现|特|为|根据|按照|依据|本报告|我|编制)")
_RANKS = ("overview", "proactive", "requests", "disputes", "problems", "other")


class Signs(Struct, frozen=True):
    """The evidence for the genre of a document; texts are folded and without blanks."""

    headlines: tuple[str, ...]  # lines that may be the headline; those of the page's metadata first
    lines: tuple[str, ...]  # the same without the words in 《》
    opening: str  # its first paragraphs, one per line, without the words in 《》
    whole: str  # all its paragraphs
    mains: frozenset[str]  # codes of its sections
    parts: frozenset[str]  # codes of the subsections of its overview
    tables: bool  # whether it has standard tables
    numbers: bool  # whether these contain a number
    attached: bool = False  # whether the page has no text of its own, and a file is attached
    head: Head | None = None  # the text above its sections; None if it was not needed

    @property
    def has_sections_of_report(self) -> bool:
        """Whether it has sections that only a report has together."""
        if "overview" in self.mains and self.parts:
            return True
        return len(self.mains) >= 4 or (len(self.mains) >= 3 and bool(self.mains & {"requests", "disputes"}))

    @property
    def tells_numbers(self) -> bool:
        """Whether it gives any number, in tables or in prose."""
        return self.numbers or _NUMBER.search(self.whole) is not None


def read_signs(
    document: Document,
    sections: Iterable[Section],
    *,
    tables: bool,
    numbers: bool,
    head: Head | None = None,
) -> Signs:
    """Collect the evidence from a document whose sections, tables and perhaps head are known."""
    head = head or read_head(document)
    codes = {section.code for _, section, _ in walk_sections(sections) if section.code}
    headlines = tuple(dict.fromkeys(filter(_is_headline, _headlines(document, head))))
    packed = [_without_blanks(each) for each in _texts(document)]
    return Signs(
        headlines=headlines,
        lines=tuple(without_quoted(line) for line in headlines),
        opening=_QUOTED.sub(
            "《》", "\n".join(packed)[: _OPENING + sum(map(len, headlines))] + _heads(document)
        ),
        whole="".join(packed),
        mains=frozenset(code for code in codes if code in _RANKS),
        parts=frozenset(code for code in codes if code.startswith("overview.")),
        tables=tables,
        numbers=numbers,
        attached=any(notice.code == "attachment-only" for notice in document.notices),
        head=head,
    )


def without_quoted(line: str) -> str:
    """Return a line without the titles that it quotes; unchanged if it is only a quoted title.

    >>> without_quoted("《云岭县档案局2022年年度报告》解读"), without_quoted("《云岭县年报》")
    ('《》解读', '云岭县年报')
    """
    bare = _QUOTED.sub("《》", line)
    return line.strip("《》") if bare == "《》" else bare


def names_something(line: str) -> bool:
    """Return whether a line names a year or quotes a title: a menu item does neither."""
    return _YEAR.search(line) is not None or "《》" in line


def _headlines(document: Document, head: Head) -> Iterator[str]:
    yield _without_blanks(document.metadata.get("articletitle", ""))
    yield from islice(_first_lines(document, head), _LINES)
    yield from _titles_of_sheet(document)
    for piece in kept_pattern(r"[_|]|\s[-–—]\s").split(document.metadata.get("title", "")):
        yield _without_blanks(piece)


def _first_lines(document: Document, head: Head) -> Iterator[str]:
    """Yield the lines above the first section, breadcrumb navigation left out."""
    paragraphs = (
        block.text for block in document.blocks[: max(head.body, 1)] if isinstance(block, Paragraph)
    )
    for line in (line for text in paragraphs for line in text[:2000].splitlines()):
        packed = _without_blanks(line)
        if len(packed) > _LONG:
            packed = _without_blanks(line.split()[0])
        if _NUMBERED.match(packed):
            return
        if not _WAY.search(packed):
            yield packed


def _titles_of_sheet(document: Document) -> Iterator[str]:
    """Yield the lines above the heads of a table with which a document begins, as sheets have them."""
    first = document.blocks[0] if document.blocks else None
    if not isinstance(first, Table):
        return
    rows = first.rows()
    for row in sorted(rows)[:_TITLE_ROWS]:
        texts = {cell.text for cell in rows[row] if cell.speaks}
        if len(texts) > 1:
            return
        yield from map(_without_blanks, texts)


def _is_headline(line: str) -> bool:
    return 4 <= len(line) <= _LONG and _SENTENCE.search(line) is None


def _without_blanks(line: str) -> str:
    return fold("".join(line.split()))


def _heads(document: Document) -> str:
    """Return the first cells of the first tables, one per line: they may name the period."""
    tables = [block for block in document.blocks if isinstance(block, Table)][:_TABLES]
    cells = (cell.text for table in tables for cell in table.cells[:_CELLS])
    return "".join("\n" + _without_blanks(text) for text in cells if len(text) <= _LONG)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
