"""Plain tables are read in one pass, and come out as the patient reading gives them."""

from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from docx_paper import CONTINUE, RESTART, p, paper, run, span, tbl, tc, tr
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Source, Table
from extractor.formats import docx
from extractor.formats.docx import body, plain

CASES = sorted((Path(__file__).parent.parent.parent / "fixtures" / "cases").glob("docx-*/source.docx"))
PLAIN_STYLE = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="表格"/></w:style>'
LIST_STYLE = (
    '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="序号"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
# What may stand inside a paragraph, and what no standard lets stand there.
INLINES = (
    *[run("12"), run("总计"), run(" ")] * 8,
    "<w:r><w:t>自然</w:t><w:br/><w:t>人</w:t></w:r>",
    '<w:r><w:br w:type="page"/><w:t>3</w:t><w:tab/></w:r>',
    '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    "<w:bookmarkStart/><w:proofErr/>",
    f"<w:ins>{run('7')}</w:ins>",
    f"<w:moveFrom>{run('7')}</w:moveFrom>",
    f"<w:hyperlink>{run('8')}</w:hyperlink>",
    f"<far:box>{run('9')}</far:box>",
    "<w:t>4</w:t>",
    run("5", "<w:vanish/>"),
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/><w:t>6</w:t></w:r>',
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    "<w:r><w:footnoteReference/></w:r>",
    "<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>",
    "<w:r><w:ruby><w:rt><w:r><w:t>注</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    "<w:r><w:rPr><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>2</w:t></w:r>",
)
PARAGRAPHS = (
    *["", '<w:pStyle w:val="S"/>', '<w:pStyle w:val="无"/>', '<w:outlineLvl w:val="0"/>'] * 6,
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
    "<w:rPr><w:del/></w:rPr>",
    '<w:pPrChange><w:pPr><w:pStyle w:val="S"/></w:pPr></w:pPrChange>',
)
CELLS = (
    *["", "", span(2), span(3), RESTART, CONTINUE, CONTINUE, RESTART + CONTINUE, span(2) + span(1)] * 4,
    span(2) + CONTINUE,
    "<w:cellDel/>",
    "<w:hMerge/>",
    f"<w:tcPrChange><w:tcPr>{span(4)}</w:tcPr></w:tcPrChange>",
)
ROWS = (*[""] * 20, '<w:gridBefore w:val="1"/>', "<w:del/>", "<w:ins/>", "<w:hidden/>")


_INLINES, _PARAGRAPHS, _CELLS, _ROWS = 28, 24, 36, 20  # so many are plain; the others follow
PLACES = ("wrapped cells", "loose run", "nested table", "wrapped paragraph")


def patient(source: Source) -> Document:
    with patch.object(body, "read_plain", lambda *_: None):
        return docx.read(source)


class Writer:
    """Writes tables by chance: plain ones, with one or two strange things here and there."""

    def __init__(self, chance: Random, strange: int) -> None:
        """Take the dice and how many kinds of strange things there are."""
        self._chance = chance
        kinds = [*INLINES[_INLINES:], *PARAGRAPHS[_PARAGRAPHS:], *CELLS[_CELLS:], *ROWS[_ROWS:], *PLACES]
        self._strange = chance.sample(kinds, strange)

    def _one(self, choices: tuple[str, ...], usual: int) -> str:
        strange = [each for each in choices[usual:] if each in self._strange]
        if strange and self._chance.random() < 0.3:
            return self._chance.choice(strange)
        return self._chance.choice(choices[:usual])

    def _is(self, place: str) -> bool:
        return place in self._strange and self._chance.random() < 0.3

    def table(self) -> str:
        return tbl(*(self._row() for _ in range(self._chance.randint(1, 4))))

    def _row(self) -> str:
        cells = "".join(self._cell() for _ in range(self._chance.randint(0, 4)))
        if self._is("wrapped cells"):
            cells = f"<far:box>{cells}</far:box>"
        return f"<w:tr><w:trPr>{self._one(ROWS, _ROWS)}</w:trPr>{cells}</w:tr>"

    def _cell(self) -> str:
        inside = "".join(self._paragraph() for _ in range(self._chance.randint(1, 2)))
        if self._is("loose run"):
            inside += run("散")
        if self._is("nested table"):
            inside += tbl(tr(tc("内")))
        if self._is("wrapped paragraph"):
            inside += f"<far:box>{p('远')}</far:box>"
        return tc(inside, self._one(CELLS, _CELLS))

    def _paragraph(self) -> str:
        content = "".join(self._one(INLINES, _INLINES) for _ in range(self._chance.randint(0, 3)))
        return p(content, self._one(PARAGRAPHS, _PARAGRAPHS))


@given(
    st.integers(0, 2**32),
    st.sampled_from([0, 1, 1, 1, 2]),
    st.sampled_from(["", PLAIN_STYLE, LIST_STYLE]),
)
@settings(max_examples=600, deadline=None)
def test_any_table_is_read_as_patiently_as_ever(seed: int, strange: int, styles: str) -> None:
    writer = Writer(Random(seed), strange)
    content = "".join(p("一、概述") + writer.table() for _ in range(2))
    source = paper(content, styles=styles, numbering=NUMBERING)
    assert docx.read(source) == patient(source)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_our_reports_are_read_as_patiently_as_ever(path: Path) -> None:
    source = Source(path.name, path.read_bytes())
    assert docx.read(source) == patient(source)


def test_a_plain_table_is_read_in_one_pass() -> None:
    source = paper(tbl(tr(tc("总计") + tc("12", span(2))), tr(tc("自然人") + tc() + tc("3"))))
    with patch.object(body, "lay_out", side_effect=AssertionError("read twice")):
        (table,) = docx.read(source).blocks
    assert isinstance(table, Table)
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "总计"), (0, 1, "12"), (1, 0, "自然人"), (1, 1, ""), (1, 2, "3"),
    ]  # fmt: skip


def test_a_field_left_open_before_a_table_makes_it_no_plain_one() -> None:
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>'
    source = paper(p(open_field) + tbl(tr(tc("总计") + tc("12"))))
    with patch.object(plain, "_PlainWordTable", side_effect=AssertionError("read in one pass")):
        assert docx.read(source) == patient(source)
