"""Finds the pictures and shapes of an Excel workbook, and the cells under them."""

import posixpath

from lxml import etree

from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats.package import Package, resolve_target

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWINGS = "xl/drawings/drawing"
_MOST = 400  # cells under one picture; a larger one is a watermark or background


def pictures_of(source: Source) -> dict[str, dict[tuple[int, int], str]]:
    """Return, by the title of the sheet, the cells (1-based row and column) under a picture or shape.

    `pic` is a picture, `box` a shape that is filled or holds digits, anything else another shape.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    package = Package(source, "Excel 文件")
    if not any(name.startswith(_DRAWINGS) for name in package.names):
        return {}
    targets = _relations(package, "xl/workbook.xml")
    for sheet in _tree(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        for target in _relations(package, targets.get(sheet.get(_RELATION, ""), "")).values():
            if target.startswith(_DRAWINGS) and target in package:
                found.setdefault(sheet.get("name", ""), {}).update(_cells_under(_tree(package, target)))
    return found


def _cells_under(drawing: etree._Element) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    for anchor in drawing:
        begin, end = anchor.find(f"{_DRAWING}from"), anchor.find(f"{_DRAWING}to")
        kind = next(
            (each.tag.rpartition("}")[2] for each in anchor if each.tag.endswith(("}pic", "}sp"))), "other"
        )
        if begin is None:
            continue
        if kind == "sp" and _says_or_covers(anchor):
            kind = "box"
        first = _place(begin)
        last = first if end is None else _place(end)
        places = [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]
        if len(places) <= _MOST:
            cells.update(dict.fromkeys(places, kind))
    return cells


def _says_or_covers(anchor: etree._Element) -> bool:
    """Say whether a shape holds digits or is filled, so that what lies under it is not what is seen."""
    text = "".join(each.text or "" for each in anchor.iter("{*}t"))
    shape = anchor.find(f".//{_DRAWING}spPr")
    filled = shape is not None and shape.find("{*}solidFill") is not None
    return any(map(str.isdigit, text)) or (filled and next(anchor.iter("{*}alpha"), None) is None)


def _place(corner: etree._Element) -> tuple[int, int]:
    row, column = (int(corner.findtext(f"{_DRAWING}{name}") or 0) + 1 for name in ("row", "col"))
    return row, column


def _tree(package: Package, name: str) -> etree._Element:
    tree = package.tree_of(name)
    if tree is None:
        raise Unreadable(f"{package.name}: Excel 文件缺少部件 {name}")
    return tree


def _relations(package: Package, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return {}
    return {
        each.get("Id", ""): resolve_target(folder, each.get("Target", "")) for each in _tree(package, path)
    }
