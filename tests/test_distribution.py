"""Wheel and source distribution: the same bytes from the same files, with all that the package needs."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from doc_pages import ROOT

import extractor

# What no distribution is made of: .gitignore names it, and copying it takes time.
LEFT = shutil.ignore_patterns(
    *(".git", ".venv", "build", "dist", "mutants", "demo-out", "fuzz-out", "*.egg-info"),
    *("__pycache__", ".*_cache", ".hypothesis"),
)


def left_out(folder: str, names: list[str]) -> set[str]:
    """Return what is not copied; `site` is what make docs writes, but a room of the package too."""
    return LEFT(folder, names) | ({"site"} if Path(folder) == ROOT else set())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[list[Path]]:
    """Build wheel and source distribution from two copies, whose folders and times differ."""
    pytest.importorskip("hatchling")
    made = []
    for number in (1, 2):
        folder = tmp_path_factory.mktemp(f"copy{number}") / f"checkout{number}"
        shutil.copytree(ROOT, folder, ignore=left_out)
        for path in folder.rglob("*.py"):
            os.utime(path, (10**9 * number, 10**9 * number))
        out = folder.parent / "dist"
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764000000"}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        made.append(sorted(path for path in out.iterdir() if path.suffix in (".whl", ".gz")))
    return made


def test_the_same_files_make_the_same_bytes(built: list[list[Path]]) -> None:
    first, second = built
    assert [path.suffix for path in first] == [".whl", ".gz"]
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_they_hold_the_whole_package_and_no_more(built: list[list[Path]]) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "extractor").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    wheel, source = built[0]
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == package
    with tarfile.open(source) as archive_of_source:
        names = {name.partition("/")[2] for name in archive_of_source.getnames()}
    assert package <= names
    assert {"LICENSE", "pyproject.toml", "tests/test_distribution.py", "fixtures/README.md"} <= names


def test_the_conda_recipe_needs_what_the_package_needs() -> None:
    recipe = yaml.safe_load((ROOT / "conda" / "recipe.yaml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = (requirement.partition(";")[0].strip() for requirement in project["project"]["dependencies"])
    wanted = sorted(re.sub(r"(?=[<>=])", " ", each, count=1) for each in named)
    assert sorted(each for each in recipe["requirements"]["run"] if not each.startswith("python ")) == wanted
    (backend,) = project["build-system"]["requires"]
    assert backend.replace(">=", " >=", 1) in recipe["requirements"]["host"]
    assert recipe["context"]["version"] == extractor.__version__
    assert project["project"]["requires-python"] == f">={recipe['context']['python_min']}"
    entry = project["project"]["scripts"]["extractor"]
    assert recipe["build"]["python"]["entry_points"] == [f"extractor = {entry}"]
