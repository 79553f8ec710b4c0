"""The direction of dependency: every room of the house imports only what lies below it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "extractor"

# Room (a module or folder of the package; the cli_*.py are of the room cli) → the rooms it may import.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "document": set(),
    "report": {"document"},
    "forms": {"errors"},
    "formats": {"document", "errors"},
    "recognize": {"document", "report", "forms", "errors"},
    "readings": {"forms", "report", "document", "errors"},
    "solve": {"readings", "forms", "report", "document", "errors"},
    "checks": {"forms", "report", "document", "errors"},
    "pipeline": {
        *("formats", "recognize", "readings", "solve", "checks"),
        *("forms", "report", "document", "errors"),
    },
    "cli": {"pipeline", "report", "forms", "errors"},
    "__init__": {"pipeline", "report", "forms", "document", "errors"},
    "__main__": {"cli"},
}

# Package of others → the rooms (or files) that may know it. msgspec is the house's clay: everywhere.
MAY_USE: dict[str, set[str]] = {
    "msgspec": set(MAY_IMPORT),
    "typer": {"cli"},
    "yaml": {"forms", "recognize"},
    "rapidfuzz": {"recognize"},
    "jieba": {"recognize/prose"},
    "bs4": {"formats"},
    "docx": {"formats"},
    "lxml": {"formats"},
    "pdfplumber": {"formats"},
    "pypdfium2": {"formats"},
    "selectolax": {"formats"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "cli" if name.startswith("cli_") else name


def modules_imported_by(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports anywhere, those given to import_module included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module="extractor", level=0):
                yield from (f"extractor.{alias.name}" for alias in node.names)
            case ast.ImportFrom(module=module, level=0):
                yield module or ""
            case ast.ImportFrom():
                raise AssertionError(f"{path}:{node.lineno}: relative imports hide the room")
            case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[name, *_]):
                yield _beginning_of(name)
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[name, *_]):
                yield _beginning_of(name)


def _beginning_of(name: ast.expr) -> str:
    """Return the constant beginning of a module name; an f-string tells its room before its first brace."""
    match name:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text
    raise AssertionError(f"line {name.lineno}: import_module must be given a name that begins with its room")


def rooms_imported_by(path: Path) -> set[str]:
    parts = [module.split(".") for module in modules_imported_by(path)]
    rooms = {(names[1] if len(names) > 1 else "__init__") for names in parts if names[0] == "extractor"}
    return {
        "cli" if room.startswith("cli_") else room if room in MAY_IMPORT else "__init__" for room in rooms
    }


def packages_imported_by(path: Path) -> set[str]:
    tops = {module.partition(".")[0] for module in modules_imported_by(path)}
    return {top for top in tops if top != "extractor" and top not in sys.stdlib_module_names}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_house_has_rooms() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_file_belongs_to_a_room_of_the_plan(path: Path) -> None:
    assert room_of(path) in MAY_IMPORT, f"say in MAY_IMPORT what the room {room_of(path)} may import"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_room_imports_only_what_lies_below_it(path: Path) -> None:
    room = room_of(path)
    assert rooms_imported_by(path) <= MAY_IMPORT.get(room, set()) | {room}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_packages_of_others_stay_in_their_rooms(path: Path) -> None:
    places = {room_of(path), name_of(path).removesuffix(".py")}
    strangers = {
        package for package in packages_imported_by(path) if not places & MAY_USE.get(package, set())
    }
    assert strangers == set()


def test_the_plan_has_no_way_round_in_a_circle() -> None:
    standing = dict(MAY_IMPORT)
    while free := [room for room, below in standing.items() if not below & standing.keys()]:
        for room in free:
            del standing[room]
    assert standing == {}


@pytest.mark.parametrize(
    ("code", "rooms"),
    [
        ("import extractor.pipeline", {"pipeline"}),
        ("from extractor.recognize.tables import find", {"recognize"}),
        ("from extractor import forms", {"forms"}),
        ("from extractor import parse", {"__init__"}),
        ("from extractor.cli_table import align", {"cli"}),
        ("def f():\n    from extractor.checks import run", {"checks"}),
        ("import_module(f'extractor.formats.{name}')", {"formats"}),
        ("importlib.import_module('extractor.solve')", {"solve"}),
    ],
)
def test_every_way_to_import_a_room_is_seen(code: str, rooms: set[str], tmp_path: Path) -> None:
    path = tmp_path / "file.py"
    path.write_text(code)
    assert rooms_imported_by(path) == rooms


def test_a_lazy_import_of_a_strange_package_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "file.py"
    path.write_text("import json\ndef f():\n    import requests.sessions")
    assert packages_imported_by(path) == {"requests"}


def test_a_module_name_that_hides_its_room_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.py"
    path.write_text("import_module(name)")
    with pytest.raises(AssertionError, match="begins with its room"):
        rooms_imported_by(path)
