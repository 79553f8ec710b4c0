"""The direction of dependency: every room of the house imports only what lies below it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from imported_modules import modules_imported_by

PACKAGE = Path(__file__).parent.parent / "extractor"

# Rooms that import nothing of the package, and that every room may import.
EVERYWHERE = {"patterns", "hidden_modules"}

# Room (a module or folder of the package) → the other rooms it may import.
# What the recognizers hand over has rooms of its own: settle may see it, and not how it was found.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "disk": {"errors"},
    "magic": set(),
    "patterns": set(),
    "hidden_modules": set(),
    "encoding": set(),
    "zip_reader": {"encoding"},
    "http_payload": {"magic"},
    "cell_id": set(),
    "document_id": set(),
    "nesting": set(),
    "pdfium": set(),
    "script": set(),
    "numerals": {"script"},
    "units": {"numerals", "script"},
    "document": set(),
    "shown": set(),
    "report": {"document_id", "document", "forms", "shown"},
    "asked": {"errors", "pipeline", "report", "rules"},
    "sources": {"document", "encoding", "errors"},
    "located": {"document", "report"},
    "definitions": {"errors"},
    "codes": {"cell_id", "definitions", "forms", "report", "errors"},
    "notice_codes": {"definitions"},
    "whose": {"definitions", "report"},
    "words": {"definitions"},
    "messages": {"forms", "notice_codes", "words"},
    "forms": {"cell_id", "definitions", "errors"},
    "formats": {
        *("encoding", "magic", "zip_reader", "http_payload"),
        *("nesting", "pdfium", "numerals", "script", "document", "errors"),
    },
    "recognize": {
        *("codes", "definitions", "located", "document", "report", "forms", "errors"),
        *("cell_id", "numerals", "script", "units"),
    },
    "checks": {"forms", "report"},
    "blank_form": {"forms", "messages", "words"},
    "settle": {
        *("cell_id", "located", "checks", "forms", "report", "document", "numerals", "script"),
    },
    "standard": {"cell_id", "forms", "report", "units"},
    "rules": {
        "document_id",
        *("cell_id", "standard", "codes", "definitions", "whose", "words", "messages"),
        *("identity", "checks", "forms", "report", "document", "errors", "zip_reader"),
    },
    "corrections": {"checks", "rules", "outcome", "report", "document", "errors"},
    "verdict": {"located", "settle", "forms", "report", "document"},
    "pipeline": {
        *("formats", "recognize", "settle", "sources", "standard", "verdict", "whose"),
        *("located", "forms", "report", "document", "errors"),
    },
    "review": {
        *("cell_id", "codes", "corrections", "words", "messages", "magic", "pdfium", "formats", "rules"),
        *("forms", "checks", "report", "document", "errors"),
    },
    "outcome": {"document_id", "report", "words"},
    "identity": {"definitions", "recognize", "report", "errors"},
    "catalog": {"document_id", "document", "identity", "outcome", "report", "errors"},
    "panel": {
        "document_id",
        *("cell_id", "analysis", "catalog", "corrections", "standard", "forms", "report", "errors"),
    },
    "export": {
        *("cell_id", "catalog", "standard", "definitions", "outcome"),
        *("forms", "report", "document", "errors"),
    },
    "analysis": {"cell_id", "definitions", "export", "forms", "errors"},
    "site": {
        *("analysis", "definitions", "document", "export", "review", "rules"),
        *("words", "messages", "forms", "report", "errors"),
    },
    "batch": {
        "document_id",
        *("encoding", "magic", "zip_reader", "http_payload", "pdfium", "__init__"),
        *("disk", "forms", "pipeline"),
        *("outcome", "report", "document", "errors"),
    },
    "crawl": {"encoding", "magic", "http_payload", "nesting", "definitions", "errors"},
    "coverage": {"crawl", "encoding", "identity", "recognize", "errors"},
    "engines": {"batch", "outcome", "errors"},
    "mcp_server": {"analysis", "rules", "words", "report", "errors"},
    "serve": {
        "document_id",
        *("analysis", "batch", "catalog", "corrections", "export", "panel", "pipeline", "review", "rules"),
        *("words", "messages", "disk", "outcome", "__init__", "forms", "report", "document", "errors"),
    },
    "cli": {
        "document_id",
        "sources",
        *("catalog", "identity", "panel", "words", "messages", "notice_codes", "codes", "engines"),
        *("blank_form", "pipeline", "disk", "batch", "analysis", "export", "crawl", "coverage", "rules"),
        *("formats", "review", "serve", "site", "mcp_server", "__init__"),
        *("corrections", "document", "outcome", "report", "forms", "errors"),
    },
    "integrations": {"encoding", "pipeline", "report", "document", "errors"},
    "__init__": {"analysis", "asked", "forms", "integrations", "pipeline", "report", "document", "errors"},
    "__main__": {"cli"},
}

# Part of a room that sees less than the room may: the searches know nothing of documents, nor of how a
# table was found. File → the rooms it may import; of its own room, the other files named here.
SEES_LESS: dict[str, set[str]] = {
    "settle/tokens": {"numerals", "report"},
    "settle/candidate": {"report"},
    "settle/row_search": {"report", "forms"},
    "settle/column_bounds": {"report", "forms"},
    "settle/column_search": {"report", "forms"},
}

# Package of others → the rooms (or files) that may know it. msgspec is the house's clay: everywhere.
MAY_USE: dict[str, set[str]] = {
    "msgspec": set(MAY_IMPORT),
    "typer": {"cli"},
    "yaml": {"definitions"},
    "rapidfuzz": {"recognize"},
    "ahocorasick": {"recognize/prose"},
    "jieba": {"recognize/prose"},
    "fsspec": {"batch/storage"},
    "filelock": {"batch"},
    "psutil": {"batch/own_limits"},
    "pebble": {"batch", "serve/bench"},
    "starlette": {"serve"},
    "uvicorn": {"serve/run"},
    "mcp": {"mcp_server/stdio"},
    "jinja2": {"serve/rendering", "site/pages"},
    "duckdb": {"export", "analysis"},
    "pyarrow": {"export", "analysis", "engines", "panel", "rules"},
    "ray": {"engines"},
    "pandas": {"analysis", "panel", "shown", "report"},
    "polars": {"analysis", "shown", "report"},
    "rich": {"cli"},
    "xlsxwriter": {"coverage", "export", "panel", "rules"},
    "fastwarc": {"batch/archive_warc"},
    "py7zr": {"batch/archive_seven"},
    "zstandard": {"batch/archive"},
    "bs4": {"formats"},
    "pdfminer": {"formats/ofd/glyphs", "formats/pdf/miner", "formats/pdf/plumber_told"},
    "pdf_oxide": {"formats/pdf/oxide"},
    "docx": {"blank_form", "formats"},
    "lxml": {"formats"},
    "pdfplumber": {"formats"},
    "pypdfium2": {"formats", "batch/page_limit", "review"},
    "cv2": {"formats"},
    "numpy": {"formats"},
    "onnxruntime": {"formats"},
    "PIL": {"formats", "review"},
    "cssselect2": {"formats/html/style_rules"},
    "openpyxl": {
        "blank_form",
        "formats/office/conditional",
        "formats/office/recalculated",
        "formats/office/workbook",
        "rules/answers",
    },
    "selectolax": {"formats", "crawl"},
    "tinycss2": {"formats/html/colors", "formats/html/style_rules", "formats/html/values"},
    "playwright": {"crawl/browser"},
    "scrapy": {"crawl", "integrations/scrapy_pipeline"},
    "itemadapter": {"integrations/scrapy_pipeline"},
    "web_poet": {"integrations/page_object"},
    "twisted": {"crawl"},
    "warcio": {"crawl/warc", "crawl/run"},
}

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    return room_of_module(("extractor", *path.relative_to(PACKAGE).with_suffix("").parts))


def room_of_module(names: Sequence[str]) -> str:
    """Return the room of a dotted name; what is no room is a public name of the package itself."""
    room = names[1] if len(names) > 1 else "__init__"
    return room if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file() else "__init__"


def rooms_imported_by(path: Path) -> set[str]:
    parts = [module.split(".") for module in modules_imported_by(path)]
    return {room_of_module(names) for names in parts if names[0] == "extractor"}


def packages_imported_by(path: Path) -> set[str]:
    tops = {module.partition(".")[0] for module in modules_imported_by(path)}
    return {top for top in tops if top != "extractor" and top not in sys.stdlib_module_names}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_the_house_has_rooms() -> None:
    assert FILES


def test_every_file_belongs_to_a_room_of_the_plan_and_every_room_is_there() -> None:
    """MAY_IMPORT says what each room may import."""
    assert set(MAY_IMPORT) == {room_of(path) for path in FILES}


def test_every_room_imports_only_what_lies_below_it() -> None:
    above = {
        name_of(path): higher
        for path in FILES
        if (
            higher := rooms_imported_by(path)
            - MAY_IMPORT.get(room_of(path), set())
            - {room_of(path)}
            - EVERYWHERE
        )
    }
    assert above == {}


@pytest.mark.parametrize("name", SEES_LESS)
def test_the_searches_see_less_than_their_room(name: str) -> None:
    path = PACKAGE / f"{name}.py"
    assert rooms_imported_by(path) <= SEES_LESS[name] | {room_of(path)} | EVERYWHERE
    siblings = {
        "/".join(module.split(".")[1:3])
        for module in modules_imported_by(path)
        if module.startswith(f"extractor.{room_of(path)}.")
    }
    assert siblings <= SEES_LESS.keys()


def test_the_packages_of_others_stay_in_their_rooms() -> None:
    strangers = {
        (name_of(path), package)
        for path in FILES
        for package in packages_imported_by(path)
        if not {room_of(path), name_of(path).removesuffix(".py")} & MAY_USE.get(package, set())
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
        ("from extractor.cli.table import align", {"cli"}),
        ("def f():\n    from extractor.checks import run", {"checks"}),
        ("import_module(f'extractor.formats.{name}')", {"formats"}),
        ("importlib.import_module('extractor.settle')", {"settle"}),
        ("HOMES = {'a': 'extractor.report'}\nimport_module(HOMES[name])", {"report"}),
        ("from extractor.located import Run", {"located"}),
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
    with pytest.raises(AssertionError, match="which room"):
        rooms_imported_by(path)
