"""The notebooks of the documentation run, and answer what is kept in them."""

import sys
from pathlib import Path

import pytest
from doc_pages import ROOT

sys.path.insert(0, str(ROOT))

nbformat = pytest.importorskip("nbformat")
for needed in ("nbclient", "ipykernel", "pandas"):
    pytest.importorskip(needed)

from scripts.write_notebook import PLACES, notebook  # noqa: E402  # where all of it is installed


# zmq and asyncio warn of their own ways, which differ from system to system.
@pytest.mark.filterwarnings("default")
def test_the_notebook_runs_and_answers_as_it_is_kept() -> None:
    made = nbformat.reads(nbformat.writes(notebook("en")), as_version=4)
    assert made == nbformat.read(PLACES["en"], as_version=4)


def test_both_languages_have_the_same_code_and_answers() -> None:
    zh, en = (
        [(cell.source, cell.outputs) for cell in read.cells if cell.cell_type == "code"]
        for read in (nbformat.read(place, as_version=4) for place in PLACES.values())
    )
    assert zh == en
    assert all(outputs for _, outputs in zh)


def test_nothing_of_this_machine_is_kept() -> None:
    for place in PLACES.values():
        assert str(Path.home()) not in place.read_text("utf-8")
        assert str(ROOT) not in place.read_text("utf-8")
