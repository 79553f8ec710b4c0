"""What is painted in the cells of a Word file: runs, styles, fields, drawings and files taken in."""

import zipfile
from io import BytesIO

import pytest
from docx_paper import p, pack, paper, parts, run, span, tables, tbl, tc, texts, tr

from extractor.document import Cell, Source
from extractor.formats import docx, read_document


def value(name: str, of: str) -> str:
    return f'<w:{name} w:val="{of}"/>'


def cell_of(content: str, styles: str = "", cell: str = "", row: str = "", table: str = "") -> Cell:
    """Return the cell of a table that holds this."""
    rows = tr(tc("行政处罚"), tc(content, cell), properties=row) + tr("行政强制", "5")
    grid = tbl(rows).replace("<w:tblPr/>", f"<w:tblPr>{table}</w:tblPr>")
    return tables(docx.read(paper(grid, styles=styles)))[0].cells[1]


HIDDEN = [
    "<w:vanish/>", value("color", "FFFFFF"), value("color", "fefefe"), value("sz", "2"), value("sz", "8"),
    value("w", "1"), '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    "<w14:noFill/></w14:textFill>", value("color", "0000FF") + value("highlight", "blue"),
    '<w:color w:val="C0C0C0"/><w:shd w:val="clear" w:fill="C0C0C0"/>',
]  # fmt: skip


UNSURE = ("fefefe", '"8"', "<w:w ", "noFill")  # light, small, narrow or without a fill


@pytest.mark.parametrize("properties", HIDDEN)
def test_what_is_not_painted_is_not_read(properties: str) -> None:
    style = f'<w:style w:type="character" w:styleId="x"><w:rPr>{properties}</w:rPr></w:style>'
    based = style + '<w:style w:type="character" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    for cell in (
        cell_of(p(run("8", properties) + run("17"))),
        cell_of(p(run("8", value("rStyle", "x")) + run("17")), style),
        cell_of(p(run("8", value("rStyle", "y")) + run("17")), based),
    ):
        assert (cell.text, cell.printed, cell.unread) == ("17", None, ())
        sure = not any(told in properties for told in UNSURE)
        assert (cell.left_out, cell.doubt) == ((True, None) if sure else (False, "hidden-text"))


def test_of_two_styles_that_hide_one_may_cancel_the_other() -> None:
    hiding = "<w:rPr><w:vanish/></w:rPr></w:style>"
    kinds = {"x": "character", "y": "paragraph"}
    styles = "".join(f'<w:style w:type="{kinds[name]}" w:styleId="{name}">{hiding}' for name in kinds)
    runs = run("8", value("rStyle", "x")) + run("17", '<w:vanish w:val="0"/>')
    cell = cell_of(p(runs, value("pStyle", "y")), styles)
    assert (cell.text, cell.doubt, cell.left_out) == ("17", "hidden-text", False)


@pytest.mark.parametrize("ground", ['<w:background w:color="1F4E79"/>', '<wp:anchor behindDoc="1"/>'])
def test_white_text_may_be_seen_on_what_lies_behind_the_page(ground: str) -> None:
    content = p(run("8", value("color", "FFFFFF")) + run("17"))
    assert cell_of(content + f"<!--{ground}-->").doubt == "hidden-text"


@pytest.mark.parametrize(
    "properties",
    [
        value("color", "333333"), value("color", "auto"), value("sz", "16"), value("vanish", "0"),
        value("color", "FFFFFF") + '<w:shd w:val="clear" w:fill="0066CC"/>', value("strike", "0"),
        value("vertAlign", "baseline"), value("w", "90"),
        value("color", "FFFFFF") + value("highlight", "black"),
    ],
)  # fmt: skip
def test_what_only_looks_otherwise_is_read(properties: str) -> None:
    cell = cell_of(p(run("1", properties) + run("7")))
    assert (cell.text, cell.printed, cell.unread, cell.doubt) == ("17", None, (), None)


def test_white_text_on_a_shaded_cell_or_in_a_styled_table_is_read() -> None:
    white = p(run("17", value("color", "FFFFFF")))
    assert cell_of(white, cell='<w:shd w:val="clear" w:fill="1F4E79"/>').doubt is None
    assert cell_of(white, table=value("tblStyle", "Grid")).text == "17"
    assert (cell_of(white).text, cell_of(white).unread, cell_of(white).left_out) == ("", (), True)


@pytest.mark.parametrize(
    ("content", "cell", "doubt"),
    [
        (p(run("8"), '<w:spacing w:line="20" w:lineRule="exact"/>') + p("17"), "", "hidden-text"),
        (p(run("8", value("color", "C00000"))) + p("17"), '<w:shd w:val="clear" w:fill="C00000"/>', None),
    ],
)
def test_lines_that_show_nothing_are_not_read(content: str, cell: str, doubt: str | None) -> None:
    found = cell_of(content, cell=cell)
    assert (found.text, found.doubt, found.left_out) == ("17", doubt, doubt is None)


def test_a_row_too_low_to_show_text_shows_none() -> None:
    found = cell_of("8", row='<w:trHeight w:val="10" w:hRule="exact"/>')
    assert (found.text, found.doubt, [each.kind for each in found.unread]) == ("", "hidden-text", ["covered"])


@pytest.mark.parametrize("name", ["strike", "dstrike"])
def test_what_replaces_struck_text_is_read(name: str) -> None:
    cell = cell_of(p(run("12", f"<w:{name}/>") + run("17")))
    assert (cell.text, cell.printed, cell.unread, cell.doubt) == ("17", None, (), None)
    (unread,) = cell_of(p(run("12", f"<w:{name}/>"))).unread
    assert (unread.kind, unread.guess) == ("struck", "12")


@pytest.mark.parametrize(
    "properties",
    [
        value("vertAlign", "superscript"), value("vertAlign", "subscript"), value("position", "12"),
        value("position", "-8"),
    ],
)  # fmt: skip
def test_a_note_mark_is_printed_and_no_part_of_the_number(properties: str) -> None:
    cell = cell_of(p(run("17") + run("1", properties)))
    assert (cell.text, cell.printed, cell.unread) == ("17", "171", ())
    cell = cell_of(p(run("1", properties) + run("17")))
    assert (cell.text, cell.printed) == ("17", "117")


def test_deleted_text_is_not_there() -> None:
    deleted = f"<w:del>{run('12').replace('w:t', 'w:delText')}</w:del>"
    assert cell_of(p(deleted + run("17"))) == cell_of(p(run("17")))


PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
PICTURE = '<w:drawing><a:graphic><pic:pic><a:blip r:embed="rId9"/></pic:pic></a:graphic></w:drawing>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f"<w:r>{PICTURE}</w:r>", "picture"), ("<w:r><w:object><v:shape/></w:object></w:r>", "object"),
        ('<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>', "picture"),
        ("<w:r><w:pict><v:line/></w:pict></w:r>", "drawing"),
        (f'<w:dir w:val="rtl">{run("71")}</w:dir>', "order"),
        (f"<w:sdt>{PLACEHOLDER}<w:sdtContent>{run('0')}</w:sdtContent></w:sdt>", "field"),
        ("<w:r><w:drawing><c:chart r:id='rId9'/></w:drawing></w:r>", "picture"),
    ],
)  # fmt: skip
def test_what_is_no_text_leaves_the_cell_open(content: str, kind: str) -> None:
    (unread,) = cell_of(p(content)).unread
    assert unread.kind == kind
    assert [each.kind for each in cell_of(p(content + run("17"))).unread] == [kind]


def form(data: str, result: str = "") -> str:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>'
    marks = (begin, "<w:instrText> FORM </w:instrText>", '<w:fldChar w:fldCharType="separate"/>')
    return (
        "".join(f"<w:r>{each}</w:r>" for each in marks)
        + result
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_old_form_fields_give_what_they_show() -> None:
    entries = value("listEntry", "9") + value("listEntry", "17")
    chosen = cell_of(p(form(f"<w:ddList>{value('result', '1')}{entries}</w:ddList>")))
    assert (chosen.text, chosen.doubt) == ("17", None)
    first = cell_of(p(form(f"<w:ddList>{entries}</w:ddList>")))
    assert (first.text, first.doubt) == ("9", None)
    assert cell_of(p(form("<w:textInput/>", run("17")))).text == "17"
    assert [u.kind for u in cell_of(p(form("<w:checkBox/>"))).unread] == ["field"]


def test_a_nested_table_is_the_cell_or_the_cells_that_it_stands_in() -> None:
    one = tables(docx.read(paper(tbl(tr("甲", tc(tbl(tr("17")) + p())), tr("乙", "5")))))
    assert [[cell.text for cell in table.cells] for table in one] == [["甲", "17", "乙", "5"]]
    rows = tr("甲", tc(tbl(tr("1", "7")) + p(), span(2))), tr("乙", "5", "6")
    (spread,) = tables(docx.read(paper(tbl(*rows))))
    assert [(cell.column, cell.text) for cell in spread.cells[:3]] == [(0, "甲"), (1, "1"), (2, "7")]
    unlike = tr("甲", tc(tbl(tr("1", "7", "3")) + p(), span(2))), tr("乙", "5", "6")
    (open_,) = tables(docx.read(paper(tbl(*unlike))))
    assert [unread.kind for unread in open_.cells[1].unread] == ["nested"]


def test_struck_and_hidden_prose_is_not_read() -> None:
    body = p(run("受理") + run("12", "<w:strike/>") + run("8", value("color", "FFFFFF")) + run("17件"))
    assert texts(docx.read(paper(body))) == ["受理17件"]


def test_the_second_reader_is_silent_where_text_is_not_plain() -> None:
    plain = tbl(tr("甲", "17"), tr("乙", "5"))
    marked = tbl(tr("甲", tc(p(run("17") + run("1", value("vertAlign", "superscript"))))), tr("乙", "5"))
    assert docx.reread(paper(plain)) is not None
    assert docx.reread(paper(marked)) is None


def test_hidden_text_is_said_once_a_document() -> None:
    hidden = tc(p(run("8", "<w:vanish/>") + run("17")))
    document = docx.read(paper(tbl(tr("甲", hidden), tr("乙", hidden))))
    assert [notice.code for notice in document.notices].count("not-painted") == 1


CHUNK = "<table><tr><td>甲<td>17<sup>1</sup></tr><tr><td>乙<td>5</table><p>附注</p>"


def test_a_page_that_is_taken_in_is_read_where_it_stands() -> None:
    members = parts(p("前") + '<w:altChunk r:id="rId9"/>' + p("后") + tbl(tr("末", "3")))
    relation = '<Relationship Id="rId9" Type="aFChunk" Target="c0.html"/></Relationships>'
    rels = members["word/_rels/document.xml.rels"].replace("</Relationships>", relation)
    document = docx.read(pack({**members, "word/_rels/document.xml.rels": rels, "word/c0.html": CHUNK}))
    assert texts(document) == ["前", "附注", "后"]
    assert [table.locator.table for table in tables(document)] == [1, 2]
    assert tables(document)[0].cells[1].printed == "171"
    assert "embedded-document" not in [notice.code for notice in document.notices]


def test_what_is_taken_in_and_not_there_is_said() -> None:
    document = docx.read(paper(p("前") + '<w:altChunk r:id="rId9"/>'))
    assert [notice.code for notice in document.notices] == ["embedded-document"]


def test_a_table_that_is_all_a_text_box_holds_is_plain() -> None:
    content = f"<w:txbxContent>{tbl(tr('甲', '17'))}</w:txbxContent>"
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r></w:p>"
    cells = tables(docx.read(paper(p("前") + box)))[0].cells
    assert [(cell.text, cell.unread, cell.doubt) for cell in cells] == [("甲", (), None), ("17", (), None)]


def test_a_package_in_one_xml_file_is_read() -> None:
    source = paper(p("前") + tbl(tr("甲", "17"), tr("乙", "5")))
    with zipfile.ZipFile(BytesIO(source.data)) as archive:
        inside = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>'
            f"{archive.read(name).decode()}</pkg:xmlData></pkg:part>"
            for name in archive.namelist()
            if name != "[Content_Types].xml"
        )
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    flat = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{inside}</pkg:package>'
    document = read_document(Source("a.doc", flat.encode()))
    assert (document.format, document.blocks) == ("docx", docx.read(source).blocks)


def field(instruction: str) -> str:
    marks = ('<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{instruction}</w:instrText>")
    return "".join(f"<w:r>{each}</w:r>" for each in (*marks, '<w:fldChar w:fldCharType="end"/>'))


def test_a_field_without_a_result_leaves_the_cell_open() -> None:
    assert [unread.kind for unread in cell_of(p(field("=SUM(LEFT)"))).unread] == ["field"]
    assert not cell_of(p(field("XE 目录"))).speaks


def test_a_placeholder_around_paragraphs_is_not_what_was_filled_in() -> None:
    control = f"<w:sdt>{PLACEHOLDER}<w:sdtContent>{p('0')}</w:sdtContent></w:sdt>"
    assert [(unread.kind, unread.guess) for unread in cell_of(control).unread] == [("field", "0")]


def test_a_text_box_in_a_cell_may_stand_elsewhere() -> None:
    content = f"<w:txbxContent>{p('17')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    cell = cell_of(p(box))
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), "overlay")


@pytest.mark.parametrize(
    ("properties", "kinds", "doubt"),
    [
        ('<w:rFonts w:ascii="Wingdings"/>', [], "text-layer"),
        (value("spacing", "-200"), ["order"], None),
        ('<w:color w:val="auto" w:themeColor="background1"/>', ["covered"], "hidden-text"),
    ],
)
def test_characters_that_are_drawn_as_others_are_not_trusted(
    properties: str, kinds: list[str], doubt: str | None
) -> None:
    cell = cell_of(p(run("17", properties)))
    assert ([unread.kind for unread in cell.unread], cell.doubt) == (kinds, doubt)


def test_a_file_taken_in_inside_a_cell_leaves_it_open() -> None:
    cell = cell_of(p() + '<w:altChunk r:id="rId99"/>')
    assert [unread.kind for unread in cell.unread] == ["object"]
