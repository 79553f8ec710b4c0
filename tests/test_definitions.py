"""Definitions of the package are read from their compiled form, and from the YAML where that is newer."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from extractor import definitions
from extractor.definitions import compile_definition, parsed_yaml, read_definition
from extractor.errors import InvalidDefinition
from extractor.forms.model import Form

PACKAGE = Path(__file__).parent.parent / "extractor"
FORMS = sorted((PACKAGE / "forms").glob("*.yaml"))


class _Invented(Struct, frozen=True):
    labels: tuple[str, ...]


def test_a_definition_of_the_package_needs_no_yaml() -> None:
    code = (
        "import sys; from extractor.forms import load_forms; from extractor.rules import load_rules\n"
        "assert len(load_forms()) >= 3 and load_rules(); print('yaml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_compiled_form_is_what_the_yaml_says(path: Path) -> None:
    text = path.read_text("utf-8")
    assert read_definition(path.name, text, Form) == msgspec.convert(parsed_yaml(path.name, text), Form)


def test_a_changed_definition_counts_at_once() -> None:
    text = (PACKAGE / "forms" / "2021.yaml").read_text("utf-8")
    changed = text.replace("id: requests", "id: requests_changed", 1)
    assert changed != text
    read = read_definition("2021.yaml", changed, Form)
    assert read.table("requests_changed") is not None


def test_what_is_compiled_of_another_text_or_broken_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "compiled"
    folder.mkdir()
    monkeypatch.setattr(definitions, "DATA", tmp_path)
    own = "labels: [甲, 乙]"
    for compiled in (compile_definition("own.yaml", "labels: [丙]"), b"{", b"{}"):
        (folder / "own.json").write_bytes(compiled)
        assert read_definition("own.yaml", own, _Invented).labels == ("甲", "乙")
    (folder / "own.json").write_bytes(
        compile_definition("own.yaml", own).replace("乙".encode(), "丁".encode())
    )
    assert read_definition("own.yaml", own, _Invented).labels == ("甲", "丁"), "the compiled form was read"


@pytest.mark.parametrize("text", ["labels: 3", "labels: [", "a: &a [*a]", "[]"])
def test_what_is_no_definition_is_named(text: str) -> None:
    with pytest.raises(InvalidDefinition, match=r"^own\.yaml: "):
        read_definition("own.yaml", text, _Invented)
