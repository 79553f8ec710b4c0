"""The pictures and shapes of an Excel workbook, and the cells that they lie over."""

import io
import posixpath
import zipfile

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST = 400  # cells under one picture: what lies over more is a watermark or a background
_LARGEST = 50 << 20  # bytes of a part


def pictures_of(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return, by the title of the sheet, the cells (1-based row and column) under a picture or shape.

    `pic` is a picture, anything else a shape.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not any(name.startswith("xl/drawings/drawing") for name in names):
            return {}
        book = _tree(archive, "xl/workbook.xml")
        targets = _relations(archive, "xl/workbook.xml", names)
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = targets.get(sheet.get(_RELATION, ""), "")
            for target in _relations(archive, part, names).values():
                if target.startswith("xl/drawings/drawing") and target in names:
                    found.setdefault(sheet.get("name", ""), {}).update(_cells_under(_tree(archive, target)))
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
        first = _place(begin)
        last = first if end is None else _place(end)
        places = [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]
        if len(places) <= _MOST:
            cells.update(dict.fromkeys(places, kind))
    return cells


def _place(corner: etree._Element) -> tuple[int, int]:
    row, column = (int(corner.findtext(f"{_DRAWING}{name}") or 0) + 1 for name in ("row", "col"))
    return row, column


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _relations(archive: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, str]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in names:
        return {}
    return {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip(
            "/"
        )
        for each in _tree(archive, path)
    }
