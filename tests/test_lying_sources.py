"""Sources that say other than they show: nothing wrong is given with confidence, nobody is accused."""

import pytest

import extractor
from scripts.corpus.lying_sources import KINDS
from scripts.corpus.printing import Style
from scripts.corpus.prose import Manner, write
from scripts.corpus.truth import draw

SURE = ("verified", "inconsistent")


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_source_says_and_does_not_show_is_never_given_with_confidence(kind):
    rendered = KINDS[kind](write(draw(904, "2021", "medium", Style()), Manner()))
    report = extractor.parse(rendered.data, name=f"样本.{kind.split('-')[0]}", prose=False)
    differing = [
        cell_id
        for cell_id, right in rendered.expected.cells.items()
        if report.cells[cell_id].state in ("read", "blank", "decoded")
        and report.cells[cell_id].value != right.value
    ]
    assert not (differing and report.verdict in SURE), differing
    assert report.verdict in (*rendered.expected.verdicts, "doubtful")
