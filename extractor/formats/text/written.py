r"""Tables written in a markup of their own: {| … |} of wikis, \begin{tabular} of TeX."""

import re
from collections.abc import Iterator

from msgspec import Struct

from extractor.document import Cell, Table
from extractor.formats.text.lines import TextGrid, TextLine, TextPiece, trimmed

_WIKI_BEGIN = re.compile(r"\{\|")
_WIKI_END = re.compile(r"\|\}")
_WIKI_SPANS = re.compile(r'(?:\s*[\w-]+\s*=\s*(?:"[^"]*"|\w+))+\s*\|(?!\|)')
_TEX_BEGIN = re.compile(r"\\begin\{(?:tabular[xy*]?|longtable|array)\}")
_TEX_END = re.compile(r"\\end\{(?:tabular[xy*]?|longtable|array)\}")
_TEX_RULE = re.compile(r"\s*\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\}|endhead|endfoot)\s*")
_TEX_EDGE = re.compile(r"(?<!\\)&|\\\\(?:\[[^\]]*\])?")
_TEX_MERGED = re.compile(r"\s*\\(multicolumn|multirow)\{(\d+)\}\{[^{}]*\}\{")
_SPAN = re.compile(r'(row|col)span\s*=\s*"?(\d+)')
_FEWEST_ROWS = 2
_MOST = 200  # rows and columns that a cell may span


class _WrittenCell(Struct, frozen=True):
    piece: TextPiece
    row_span: int = 1
    column_span: int = 1


_Rows = list[list[_WrittenCell]]


def written_grids(text: str, lines: list[TextLine]) -> list[TextGrid]:
    """Find the tables between the marks of a wiki or of TeX, in reading order."""
    found: list[TextGrid] = []
    if "{|" not in text and "\\begin{" not in text:
        return found
    at = 0
    while at < len(lines):
        is_tex = _TEX_BEGIN.match(lines[at].text) is not None
        if not is_tex and not _WIKI_BEGIN.match(lines[at].text):
            at += 1
            continue
        end = _TEX_END if is_tex else _WIKI_END
        last = next((i for i in range(at + 1, len(lines)) if end.match(lines[i].text)), None)
        if last is None:
            at += 1
            continue
        body = lines[at + 1 : last]
        whole = all(map(_is_whole_tex_row if is_tex else _is_wiki_line, body))
        rows = list((_tex_rows if is_tex else _wiki_rows)(text, body)) if whole else []
        cells = list(_placed(text, rows, is_tex))
        if len(rows) >= _FEWEST_ROWS and cells:
            found.append(TextGrid(at, last + 1, Table(tuple(cells), cells[0].locator)))
        at = last + 1
    return found


def _is_wiki_line(line: TextLine) -> bool:
    return line.text[:1] in ("|", "!")


def _is_whole_tex_row(line: TextLine) -> bool:
    rest = _TEX_RULE.sub("", line.text).rstrip()
    return not rest or re.search(r"\\\\(?:\[[^\]]*\])?$", rest) is not None


def _wiki_rows(text: str, lines: list[TextLine]) -> Iterator[list[_WrittenCell]]:
    row: list[_WrittenCell] = []
    for line in lines:
        if line.text.startswith(("|-", "|+")):
            if row:
                yield row
            row = []
        else:
            double = "!!" if line.text[0] == "!" else "||"
            start = line.start + 1
            while start <= line.end:
                stop = text.find(double, start, line.end)
                stop = line.end if stop < 0 else stop
                row.append(_wiki_cell(text, line, start, stop))
                start = stop + 2 if stop < line.end else line.end + 1
    if row:
        yield row


def _wiki_cell(text: str, line: TextLine, start: int, stop: int) -> _WrittenCell:
    told = _WIKI_SPANS.match(text, start, stop)
    spans = {way: int(count) for way, count in _SPAN.findall(told.group())} if told else {}
    piece = trimmed(text, line, told.end() if told else start, stop)
    return _WrittenCell(piece, min(spans.get("row", 1), _MOST), min(spans.get("col", 1), _MOST))


def _tex_rows(text: str, lines: list[TextLine]) -> Iterator[list[_WrittenCell]]:
    row: list[_WrittenCell] = []
    for line in lines:
        start = _behind_rules(text, line, line.start)
        while start < line.end:
            edge = _TEX_EDGE.search(text, start, line.end)
            row.append(_tex_cell(text, line, start, edge.start() if edge else line.end))
            start = edge.end() if edge else line.end
            if edge is None or edge.group() != "&":
                yield row
                row = []
                start = _behind_rules(text, line, start)


def _behind_rules(text: str, line: TextLine, start: int) -> int:
    while rule := _TEX_RULE.match(text, start, line.end):
        start = rule.end()
    return start


def _tex_cell(text: str, line: TextLine, start: int, stop: int) -> _WrittenCell:
    spans = {"multirow": 1, "multicolumn": 1}
    while merged := _TEX_MERGED.match(text, start, stop):
        spans[merged[1]] = min(max(int(merged[2]), 1), _MOST)
        start = merged.end()
        stop = max(start, text.rfind("}", start, stop))
    return _WrittenCell(trimmed(text, line, start, stop), spans["multirow"], spans["multicolumn"])


def _placed(text: str, rows: _Rows, is_tex: bool) -> Iterator[Cell]:
    """Yield the cells at their places; TeX leaves an empty cell where one from above reaches down."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if is_tex and (number, column) in taken and cell.piece.start == cell.piece.end:
                column += cell.column_span
                continue
            while (number, column) in taken:
                column += 1
            taken.update(
                (number + down, column + across)
                for down in range(cell.row_span)
                for across in range(cell.column_span)
            )
            line, start, end = cell.piece
            place = line.place(start, end)
            yield Cell(number, column, text[start:end], place, cell.row_span, cell.column_span)
            column += cell.column_span
