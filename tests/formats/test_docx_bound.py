"""Content controls bound to an XML part of the package: what the part holds is what Word shows."""

import zipfile
from io import BytesIO

import pytest
from docx_paper import p, paper, run, tables, tbl, tc, tr

from extractor.document import Cell, Source
from extractor.formats import docx

STORE = '<n:r xmlns:n="urn:n"><n:v>17</n:v><n:v at="18">5</n:v></n:r>'


def cell_bound(path: str, stored: str, store: str = STORE) -> Cell:
    binding = f'<w:dataBinding w:prefixMappings="xmlns:n=\'urn:n\'" w:xpath="{path}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{run(stored)}</w:sdtContent></w:sdt>"
    out = BytesIO(paper(tbl(tr("甲", tc(p(control))))).data)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("customXml/item1.xml", store)
        package.writestr("customXml/itemProps1.xml", "<n:r xmlns:n='urn:n'><n:v>99</n:v></n:r>")
    (table,) = tables(docx.read(Source("样本.docx", out.getvalue())))
    return table.cells[1]


@pytest.mark.parametrize(
    ("path", "stored"), [("/n:r[1]/n:v[1]", "12"), ("/n:r/n:v[2]", "17"), ("/n:r/n:v[2]/@at", "17")]
)
def test_a_control_that_stores_another_value_than_it_is_bound_to_is_open(path: str, stored: str) -> None:
    cell = cell_bound(path, stored)
    assert [(each.kind, each.guess) for each in cell.unread] == [("field", stored)]


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("/n:r[1]/n:v[1]", "17"),  # the same value
        ("/n:r[1]/n:v[1]", " 17 "),
        ("/n:r[1]/n:w[1]", "12"),  # nothing there
        ("/n:r[1]/n:v[3]", "12"),
        ("/n:q[1]/n:v[1]", "12"),
        ("//n:v[contains(.,'7')]", "12"),  # no plain path
        ("/n:r" + "/n:r" * 99, "12"),
    ],
)
def test_a_control_whose_value_is_the_same_or_not_found_is_read_as_stored(path: str, stored: str) -> None:
    cell = cell_bound(path, stored)
    assert (cell.text.strip(), cell.unread, cell.doubt) == (stored.strip(), (), None)


def test_a_damaged_store_binds_nothing() -> None:
    assert cell_bound("/n:r[1]/n:v[1]", "12", "<n:r").text == "12"
