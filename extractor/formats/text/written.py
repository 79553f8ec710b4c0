r"""Tables written in a markup of their own: {| … |} of wikis, \begin{tabular} of TeX."""

from collections.abc import Iterator

from extractor.document import Table
from extractor.formats.text.lines import TextGrid, TextLine, trimmed
from extractor.formats.text.placing import MOST_SPANNED, WrittenCell, placed_cells
from extractor.patterns import kept_pattern

_WIKI_BEGIN = kept_pattern(r"\{\|")
_WIKI_END = kept_pattern(r"\|\}")
_WIKI_SPANS = kept_pattern(r'(?:\s*[\w-]+\s*=\s*(?:"[^"]*"|\w+))+\s*\|(?!\|)')
_TEX_BEGIN = kept_pattern(r"\\begin\{(?:tabular[xy*]?|longtable|array)\}")
_TEX_END = kept_pattern(r"\\end\{(?:tabular[xy*]?|longtable|array)\}")
_TEX_RULE = kept_pattern(r"\s*\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\}|endhead|endfoot)\s*")
_TEX_EDGE = kept_pattern(r"(?<!\\)&|\\\\(?:\[[^\]]*\])?")
_TEX_MERGED = kept_pattern(r"\s*\\(multicolumn|multirow)\{(\d+)\}\{[^{}]*\}\{")
_SPAN = kept_pattern(r'(row|col)span\s*=\s*"?(\d+)')
_FEWEST_ROWS = 2


_Rows = list[list[WrittenCell]]


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
        cells = list(placed_cells(text, rows, is_tex))
        if len(rows) >= _FEWEST_ROWS and cells:
            found.append(TextGrid(at, last + 1, Table(tuple(cells), cells[0].locator)))
        at = last + 1
    return found


def _is_wiki_line(line: TextLine) -> bool:
    return line.text[:1] in ("|", "!")


def _is_whole_tex_row(line: TextLine) -> bool:
    rest = _TEX_RULE.sub("", line.text).rstrip()
    return not rest or kept_pattern(r"\\\\(?:\[[^\]]*\])?$").search(rest) is not None


def _wiki_rows(text: str, lines: list[TextLine]) -> Iterator[list[WrittenCell]]:
    row: list[WrittenCell] = []
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


def _wiki_cell(text: str, line: TextLine, start: int, stop: int) -> WrittenCell:
    told = _WIKI_SPANS.match(text, start, stop)
    spans = {way: int(count) for way, count in _SPAN.findall(told.group())} if told else {}
    piece = trimmed(text, line, told.end() if told else start, stop)
    return WrittenCell(piece, min(spans.get("row", 1), MOST_SPANNED), min(spans.get("col", 1), MOST_SPANNED))


def _tex_rows(text: str, lines: list[TextLine]) -> Iterator[list[WrittenCell]]:
    row: list[WrittenCell] = []
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


def _tex_cell(text: str, line: TextLine, start: int, stop: int) -> WrittenCell:
    spans = {"multirow": 1, "multicolumn": 1}
    while merged := _TEX_MERGED.match(text, start, stop):
        spans[merged[1]] = min(max(int(merged[2]), 1), MOST_SPANNED)
        start = merged.end()
        stop = max(start, text.rfind("}", start, stop))
    return WrittenCell(trimmed(text, line, start, stop), spans["multirow"], spans["multicolumn"])
