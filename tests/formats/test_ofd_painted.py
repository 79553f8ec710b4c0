"""What a person sees in a cell of an OFD page is read; what is seen and not read leaves the cell open."""

import io

import pytest
from PIL import Image
from test_ofd import codes, line, read, ruled

from extractor.document import Cell, Document, Table
from scripts.corpus.ofd_file import Page, annotation, text_object

OLD, NEW = line(62, 46, "94"), line(62, 46, "17")
CELL = (60.5, 40.5, 29.0, 9.0)


def area(colour: str = "255 255 255", box: tuple[float, ...] = CELL, attributes: str = "") -> str:
    x, y, width, height = box
    return (
        f'<ofd:PathObject ID="9" Boundary="{x} {y} {width} {height}" Fill="true" Stroke="false"{attributes}>'
        f'<ofd:FillColor Value="{colour}"/>'
        f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )


def text(characters: str, x: float, boundary: str, inside: str = "", attributes: str = "") -> str:
    """Return a text object at height 46 with a boundary of its own; x counts from the boundary."""
    steps = " ".join(["2"] * (len(characters) - 1))
    return (
        f'<ofd:TextObject ID="8" Boundary="{boundary}" Font="3" Size="4"{attributes}>{inside}'
        f'<ofd:TextCode X="{x}" Y="4" DeltaX="{steps}">{characters}</ofd:TextCode></ofd:TextObject>'
    )


def cell_of(*objects: str, annotations: tuple[str, ...] = ()) -> Cell:
    return cell_in(page_of(*objects, annotations=annotations))


def page_of(*objects: str, annotations: tuple[str, ...] = ()) -> Document:
    grid = ruled([["云岭县", "", "0"], ["青石镇", "3", "488.78"]])
    return read(Page([*grid, *objects], annotations=list(annotations)))


def cell_in(document: Document) -> Cell:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    (cell,) = [cell for cell in table.cells if (cell.row, cell.column) == (0, 1)]
    return cell


WHITE, BLUE = (f'<ofd:FillColor Value="{colour}"/>' for colour in ("255 255 255", "10 90 160"))
CLIP = (
    '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path ID="5" Boundary="2 0 20 8">'
    "<ofd:AbbreviatedData>M 0 0 L 20 0 L 20 8 L 0 8 C</ofd:AbbreviatedData>"
    "</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
)
HIDDEN = {
    "under a white area": [OLD, area(), NEW],
    "under an area of a colour": [OLD, area("200 230 255"), NEW],
    "clipped": [text("817", 0, "62 42 8 5", CLIP)],
    "the colour of its ground": [
        area("10 90 160"),
        text("8", 0, "61 42 2 5", BLUE),
    ],
    "in white": [NEW, text("8", 0, "60 42 2 5", WHITE)],
    "nearly transparent": [NEW, text("8", 0, "60 42 2 5", attributes=' Alpha="5"')],
    "beside the page": [NEW, text("8", 0, "-30 42 2 5")],
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_number_that_is_not_painted_is_not_read(name: str) -> None:
    cell = cell_of(*HIDDEN[name])
    assert cell.text == ("" if "ground" in name else "17")
    # Where nothing else stands, the cell is not blank: a number lies in it.
    assert [each.kind for each in cell.unread] == (["covered"] if "ground" in name else [])


def test_what_lay_under_a_cover_is_told_and_doubted() -> None:
    document = page_of(*HIDDEN["under a white area"])
    assert "hidden-text" in codes(document)
    assert cell_in(document).doubt is None  # the area lies over all of the old number
    assert cell_of(line(60.9, 46, "8"), area(box=(60.5, 40.5, 1.95, 9)), NEW).doubt == "overlay"


PAINTED = {
    "plain": [NEW],
    "white on a dark ground": [
        area("0 0 120"),
        text("17", 0, "62 42 8 5", WHITE),
    ],
    "on a ground drawn before": [area("230 230 230"), NEW],
    "under a veil": [NEW, area("200 200 200", attributes=' Alpha="60"')],
    "beside an area": [NEW, area(box=(75, 41, 10, 8))],
}


@pytest.mark.parametrize("name", PAINTED)
def test_what_is_painted_is_read_without_doubt(name: str) -> None:
    cell = cell_of(*PAINTED[name])
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), None)


def ring(x: float, y: float) -> str:
    return (
        f'<ofd:PathObject ID="9" Boundary="{x} {y} 3 4" Fill="true" Stroke="false">'
        "<ofd:AbbreviatedData>M 0 0 B 0 4 3 4 3 0 B 3 -1 0 -1 0 0 C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def test_an_outline_leaves_its_cell_open() -> None:
    assert [unread.kind for unread in cell_of(ring(64, 43)).unread] == ["drawing"]
    assert [unread.kind for unread in cell_of(NEW, ring(70, 43)).unread] == ["drawing"]


def test_a_picture_leaves_its_cell_open() -> None:
    image = '<ofd:ImageObject ID="9" Boundary="62 42 10 6" CTM="10 0 0 6 0 0" ResourceID="77"/>'
    assert [unread.kind for unread in cell_of(image).unread] == ["picture"]


def test_a_number_cut_in_half_leaves_its_cell_open() -> None:
    cut = text("17", 0, "62 44.6 8 5").replace('Y="4"', 'Y="1.4"')
    assert [unread.kind for unread in cell_of(cut).unread] == ["drawing"]


def test_a_raised_digit_is_a_note_mark() -> None:
    cell = cell_of(NEW, text_object(8, (66.2, 44.2), "3", 2.2, []))
    assert (cell.text, cell.printed) == ("17", "173")


def test_a_struck_number_gives_way_to_the_one_beside_it() -> None:
    strike = area("0 0 0", (61.8, 44.4, 4.4, 0.25))
    assert cell_of(OLD, strike, line(70, 46, "17")).text == "17"
    assert [unread.kind for unread in cell_of(OLD, strike).unread] == ["struck"]


def test_digits_cut_by_a_boundary_alone_leave_their_cell_open() -> None:
    cell = cell_of(text("817", -2, "62 42 8 5"))  # not all programs clip there
    assert ([unread.kind for unread in cell.unread], cell.doubt) == (["cut"], "hidden-text")


@pytest.mark.parametrize("kind", ["Stamp", "Watermark"])
def test_a_number_that_a_stamp_writes_into_a_cell_is_read_and_doubted(kind: str) -> None:
    cell = cell_of(OLD, annotations=(annotation(90, kind, area() + NEW),))
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), "annotation")


def test_words_that_a_stamp_writes_into_a_cell_leave_it_open() -> None:
    cell = cell_of(annotations=(annotation(90, "Stamp", line(62, 46, "17 已核")),))
    assert (cell.text, {unread.kind for unread in cell.unread}) == ("", {"annotation"})
    large = NEW.replace('Size="4.000"', 'Size="9.000"')
    assert cell_of(annotations=(annotation(90, "Watermark", large),)).text == ""


def test_what_another_annotation_writes_is_read_and_doubted() -> None:
    cell = cell_of(annotations=(annotation(90, "Path", NEW),))
    assert (cell.text, cell.doubt) == ("17", "annotation")


def test_boundaries_that_a_producer_states_wrongly_are_no_clips() -> None:
    rules = [item for item in ruled() if "PathObject" in item]
    below = [text(each, 0, f"{x} 50 8 5").replace('Y="4"', 'Y="-4"') for each, x in (("14", 22), ("17", 62))]
    (table,) = [block for block in read(Page([*rules, *below])).blocks if isinstance(block, Table)]
    assert [cell.text for cell in table.cells][:2] == ["14", "17"]


def test_a_damaged_picture_over_text_hides_nothing() -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, "PNG")
    image = '<ofd:ImageObject ID="9" Boundary="60 40 30 10" CTM="30 0 0 10 0 0" ResourceID="78"/>'
    assert cell_of(NEW, image).text == "17"


@pytest.mark.parametrize("colour", ["0 0 0", "255 255 255"])
def test_a_cell_whose_number_lies_under_an_area_and_shows_no_other_is_open(colour: str) -> None:
    cell = cell_of(OLD, area(colour))
    assert (cell.text, [each.kind for each in cell.unread]) == ("", ["covered"])
