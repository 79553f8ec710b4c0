"""Finds the pictures and shapes of an Excel workbook, and the cells under them."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct

from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats.package import Package, resolve_target
from extractor.formats.picture_number import number_in_file
from extractor.patterns import kept_pattern

Place = tuple[int, int]  # row and column of a cell, 1-based

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWINGS = "xl/drawings/drawing"
_EMBEDDED = _RELATION.replace("}id", "}embed")
_NUMBER = kept_pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:\.\d+)?", re.ASCII)
_TOUCH = 12_700  # EMU, a point: a shape that reaches less far into a cell only touches it
_MOST = 400  # cells under one picture; a larger one is a watermark or background


class Overlay(Struct, frozen=True):
    """A picture or shape over cells of a sheet."""

    kind: str  # `pic` is a picture, `box` a shape that is filled or holds digits, anything else another shape
    places: frozenset[Place] = frozenset()  # of the cells under it
    number: str = ""  # what it shows, if that is a number and nothing else
    opaque: bool = False  # nothing is seen through it


def pictures_of(source: Source) -> dict[str, dict[Place, Overlay]]:
    """Return, by the title of the sheet, what lies over cells (1-based row and column)."""
    found: dict[str, dict[Place, Overlay]] = {}
    package = Package(source, "Excel 文件")
    if not any(name.startswith(_DRAWINGS) for name in package.names):
        return {}
    targets = _relations(package, "xl/workbook.xml")
    for sheet in _tree(package, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        for target in _relations(package, targets.get(sheet.get(_RELATION, ""), "")).values():
            if target.startswith(_DRAWINGS) and target in package:
                under = found.setdefault(sheet.get("name", ""), {})
                for overlay in _overlays(package, target):
                    under.update(dict.fromkeys(overlay.places, overlay))
    return found


def _overlays(package: Package, drawing: str) -> Iterator[Overlay]:
    files = _relations(package, drawing)
    for anchor in _tree(package, drawing):
        begin, end = anchor.find(f"{_DRAWING}from"), anchor.find(f"{_DRAWING}to")
        kind = next(
            (each.tag.rpartition("}")[2] for each in anchor if each.tag.endswith(("}pic", "}sp"))), "other"
        )
        if begin is None:
            continue
        first = _place(begin)
        last = first if end is None else _last_place(end, first)
        places = [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]
        if len(places) > _MOST:
            continue
        under = frozenset(places)
        if kind == "pic":
            yield Overlay(kind, under, _number_in_picture(package, anchor, files))
        elif kind == "sp" and _says_or_covers(anchor):
            told = "".join("".join(each.text or "" for each in anchor.iter("{*}t")).split())
            yield Overlay("box", under, told if _NUMBER.fullmatch(told) else "", _is_opaque(anchor))
        else:
            yield Overlay(kind, under)


def _number_in_picture(package: Package, anchor: etree._Element, files: Mapping[str, str]) -> str:
    blips = [each.get(_EMBEDDED, "") for each in anchor.iter("{*}blip")]
    data = package.bytes_of(files.get(blips[0], "")) if len(blips) == 1 and files.get(blips[0]) else None
    return (number_in_file(data) or "") if data else ""


def _is_opaque(anchor: etree._Element) -> bool:
    shape = anchor.find(f".//{_DRAWING}spPr")
    filled = shape is not None and shape.find("{*}solidFill") is not None
    return filled and next(anchor.iter("{*}alpha"), None) is None


def _says_or_covers(anchor: etree._Element) -> bool:
    """Say whether a shape holds digits or is filled, so that what lies under it is not what is seen."""
    text = "".join(each.text or "" for each in anchor.iter("{*}t"))
    return any(map(str.isdigit, text)) or _is_opaque(anchor)


def _last_place(end: etree._Element, first: Place) -> Place:
    """Return the last cell under a shape; one that it only touches is not."""
    row, column = _place(end)
    beyond = {name: int(end.findtext(f"{_DRAWING}{name}") or 0) <= _TOUCH for name in ("rowOff", "colOff")}
    return max(first[0], row - beyond["rowOff"]), max(first[1], column - beyond["colOff"])


def _place(corner: etree._Element) -> Place:
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
