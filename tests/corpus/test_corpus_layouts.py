"""Every layout shows the report that it was given."""

import io
import zipfile
from itertools import islice

import docx
import pypdfium2
import pytest

from scripts.corpus.cases import CASES
from scripts.corpus.cases import render as render_case
from scripts.corpus.expected import from_plain
from scripts.corpus.grid import grid_of
from scripts.corpus.layouts import Layout
from scripts.corpus.printed_forms import cell_ids
from scripts.corpus.prose import Manner, write
from scripts.corpus.registry import LAYOUTS
from scripts.corpus.render_text import positions
from scripts.corpus.samples import draft_of, draw_samples
from scripts.corpus.truth import draw


def words_of(layout: Layout, data: bytes) -> str:
    """Return the characters of a document, in whatever order it holds them."""
    if layout.format == "docx":
        return str(docx.Document(io.BytesIO(data)).element.xml)
    if layout.format == "pdf":
        pdf = pypdfium2.PdfDocument(data)
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        return text
    if layout.format in ("ofd", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".xml"))
    for encoding in ("utf-8-sig", "utf-16", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("no encoding fits")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.name)
def test_a_layout_renders_the_same_bytes_twice(layout: Layout) -> None:
    draft = write(draw(2, layout.editions[0], "small"))
    assert layout.render(draft) == layout.render(draft)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.name)
def test_a_layout_shows_the_year_of_its_report(layout: Layout) -> None:
    draft = write(draw(2, layout.editions[0], "small"))
    assert str(draft.truth.year) in words_of(layout, layout.render(draft).data)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_answer_survives_being_written_down(case: object) -> None:
    expected = render_case(case).expected  # type: ignore[arg-type]
    assert from_plain(expected.to_plain()) == expected


def test_a_grid_covers_every_position_once() -> None:
    for edition, height in (("2021", 28), ("2019", 26)):
        filled = positions(grid_of(draw(1, edition), "requests"))
        assert [len(row) for row in filled] == [10] * height


def test_the_answer_of_a_whole_layout_names_every_cell() -> None:
    draft = write(draw(4, "2021"))
    cells = LAYOUTS["html-plain"].render(draft).expected.cells
    assert set(cells) == {c for t in ("proactive", "requests", "disputes") for c in cell_ids(t, "2021")}


def test_prose_and_tables_agree() -> None:
    draft = write(draw(9, "2021", "medium"), Manner())
    new = draft.truth.figures["requests.new.total"]
    assert any(f"新收政府信息公开申请{new}件" in getattr(b, "text", "") for b in draft.blocks)


def test_silent_prose_tells_no_total() -> None:
    draft = write(draw(9, "2021", "medium"), Manner(tells=False))
    assert not any("新收政府信息公开申请" in getattr(b, "text", "") for b in draft.blocks)


def test_samples_are_spread_over_all_layouts() -> None:
    pairs = sum(len(layout.editions) for layout in LAYOUTS.values())
    samples = draw_samples(pairs, 1)
    assert {s.layout for s in samples} == set(LAYOUTS)
    assert all(draft_of(s).title for s in islice(samples, 40))
