"""Cells of a PDF that show more or less than their text: read as they are seen, left open or doubted."""

import gc
from pathlib import Path

import pytest
from PIL import Image

import extractor
from scripts.corpus.compare import differences
from scripts.corpus.printing import Style
from scripts.corpus.prose import Manner, write
from scripts.corpus.truth import draw
from scripts.corpus.unplain_cells import OPEN
from scripts.corpus.unplain_pdf import PDF_WAYS, unplain_pdf


@pytest.mark.parametrize("name", PDF_WAYS)
def test_what_a_person_sees_of_a_cell_is_read_or_left_open(name):
    data, expected = unplain_pdf(write(draw(902, "2021", "small", Style()), Manner()), {name: PDF_WAYS[name]})
    report = extractor.parse(data, name="样本.pdf", prose=False)
    for cell_id, right in expected.cells.items():
        cell = report.cells[cell_id]
        assert cell.value == right.value or cell.state in OPEN, cell_id
    assert report.verdict in expected.verdicts


@pytest.mark.parametrize(
    "name", [name for name, way in PDF_WAYS.items() if not (way.is_open or way.is_optional)]
)
def test_what_can_be_read_of_a_cell_is_read(name):
    data, expected = unplain_pdf(write(draw(903, "2021", "small", Style()), Manner()), {name: PDF_WAYS[name]})
    found = differences(expected, extractor.parse(data, name="样本.pdf", prose=False).to_dict())
    assert [each for each in found if each.kind in ("wrong", "given_up", "state")] == []


def test_pictures_of_pages_are_freed_with_their_document_and_not_when_garbage_is_looked_for():
    data = Path("fixtures/cases/pdf-unplain-cells-1/source.pdf").read_bytes()
    gc.collect()
    before = sum(isinstance(each, Image.Image) for each in gc.get_objects())
    gc.disable()
    try:
        extractor.parse(data, name="样本.pdf", prose=False)
        after = sum(isinstance(each, Image.Image) for each in gc.get_objects())
    finally:
        gc.enable()
    assert after == before
