"""Layouts of the sixth and seventh sets, drawn anew: every printed number is read, nothing else is."""

import json

import pytest

import extractor
from scripts.corpus.compare import differences
from scripts.corpus.first_sight_sixth import ROUND_6
from scripts.corpus.layouts import Layout
from scripts.corpus.prose import write
from scripts.corpus.truth import draw


@pytest.mark.parametrize("layout", ROUND_6, ids=[layout.name for layout in ROUND_6])
def test_every_number_of_the_layout_is_read(layout: Layout) -> None:
    for number, edition in ((11, "2021"), (12, "2019")):
        rendered = layout.render(write(draw(number, edition, "small")))
        report = extractor.parse(rendered.data, name=f"a.{layout.format}", prose=False)
        told = differences(rendered.expected, json.loads(report.to_json()))
        assert [str(each) for each in told] == []
