"""Word tables whose style, direction or boxes change which number a person sees in a cell."""

import pytest
from docx_paper import p, paper, run, tables, tbl, tr
from test_docx_painted import cell_of, value

from extractor.formats import docx


def conditional(kind: str, properties: str) -> str:
    """Return a table style with properties for some of its cells."""
    condition = f'<w:tblStylePr w:type="{kind}">{properties}</w:tblStylePr>'
    return f'<w:style w:type="table" w:styleId="x">{condition}</w:style>'


@pytest.mark.parametrize(
    ("kind", "look", "is_hidden"),
    [
        ("lastCol", 'w:lastColumn="1"', True), ("lastCol", 'w:lastColumn="0"', False),
        ("firstRow", 'w:firstRow="1"', True), ("lastRow", 'w:lastRow="1"', False),
        ("firstCol", 'w:firstColumn="1"', False), ("band1Horz", 'w:noHBand="0"', True),
        ("neCell", 'w:firstRow="1" w:lastColumn="1"', True), ("lastCol", 'w:val="0100"', True),
        ("lastCol", 'w:val="04A0"', False),
    ],
)  # fmt: skip
def test_a_condition_of_a_table_style_hides_text_only_where_it_holds(
    kind: str, look: str, is_hidden: bool
) -> None:
    white = conditional(kind, f"<w:rPr>{value('color', 'FFFFFF')}</w:rPr>")
    table = value("tblStyle", "x") + f"<w:tblLook {look}/>"
    cell = cell_of(p(run("1") + run("17", value("color", "000000"))), white, table=table)
    assert cell.text == ("17" if is_hidden else "117")


def test_a_condition_of_a_table_style_may_fill_a_cell() -> None:
    dark = conditional("lastCol", '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>')
    table = value("tblStyle", "x") + '<w:tblLook w:lastColumn="1"/>'
    white = p(run("17", value("color", "FFFFFF")))
    assert cell_of(white, dark, table=table).text == "17"
    assert cell_of(white, dark, table=table.replace("1", "0")).text == ""


def test_columns_that_run_from_right_to_left_are_read_as_they_are_seen() -> None:
    rows = tr("行政处罚", "17", "6")
    style = '<w:style w:type="table" w:styleId="x"><w:tblPr><w:bidiVisual/></w:tblPr></w:style>'
    for said in ("<w:bidiVisual/>", value("tblStyle", "x")):
        grid = tbl(rows).replace("<w:tblPr/>", f"<w:tblPr>{said}</w:tblPr>")
        for reader in (docx.read, docx.reread):
            document = reader(paper(grid, styles=style))
            assert document is not None
            assert [cell.text for cell in tables(document)[0].cells] == ["6", "17", "行政处罚"]


@pytest.mark.parametrize(("down", "kinds"), [(6000, []), (140000, ["order"])])
def test_a_text_box_that_is_moved_over_another_cell_leaves_its_cell_open(down: int, kinds: list[str]) -> None:
    spaces = (
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = (
        f"<w:r><w:drawing><wp:anchor {spaces}><wp:positionV relativeFrom='paragraph'><wp:posOffset>{down}"
        f"</wp:posOffset></wp:positionV><wps:wsp><wps:txbx><w:txbxContent>{p('17')}</w:txbxContent></wps:txbx>"
        "</wps:wsp></wp:anchor></w:drawing></w:r>"
    )
    assert [each.kind for each in cell_of(p(box)).unread] == kinds
