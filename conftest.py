"""The examples in docstrings are run where the files that they speak of lie."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
# What the docstrings call a report → the sample that stands for it.
FILES = {"年报.docx": "docx-plain-2019", "2023.html": "fault-zero-total"}


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports of FILES, and with what a batch of the first has written."""
    folder = tmp_path_factory.mktemp("desk")
    for name, case in FILES.items():
        source = ROOT / "fixtures" / "cases" / case / f"source{Path(name).suffix}"
        shutil.copy(source, folder / name)
    batch = [sys.executable, "-m", "extractor", "batch", "年报.docx", "-o", "结果", "--to", "parquet"]
    subprocess.run([*batch, "--workers", "1", "--quiet"], cwd=folder, check=True)
    return folder


@pytest.fixture(autouse=True)
def at_the_desk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the examples of docstrings that name one of the files in their folder."""
    if isinstance(request.node, pytest.DoctestItem):
        told = request.node.dtest.docstring if request.node.dtest else ""
        if any(name in (told or "") for name in FILES):
            monkeypatch.chdir(request.getfixturevalue("desk"))
