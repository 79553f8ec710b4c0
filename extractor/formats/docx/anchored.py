"""Finds text boxes positioned by offsets, which may be displayed over another cell than their own."""

from extractor.formats.docx.package import W
from extractor.formats.docx.styles import whole_number
from extractor.formats.package import Element
from extractor.patterns import kept_pattern

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = ("{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:vml}rect")
_POINT = 12_700  # EMU
_LOW, _WIDE = 8 * _POINT, 200 * _POINT  # as far as a box of the cell itself is moved
_OFFSET = kept_pattern(r"margin-top\s*:\s*(-?[\d.]+)pt")


def strays(paragraph: Element) -> bool:
    """Return whether the text box around a w:p may be displayed over another cell than its anchor's."""
    anchor = next(paragraph.iterancestors(f"{_DRAWING}anchor", f"{_DRAWING}inline", f"{W}tc", *_VML), None)
    if anchor is None or anchor.tag in (f"{_DRAWING}inline", f"{W}tc"):
        return False
    if anchor.tag in _VML:
        style = anchor.get("style") or ""
        offset = _OFFSET.search(style)
        return "absolute" in style and offset is not None and abs(float(offset[1])) * _POINT > _LOW
    across, down = anchor.find(f"{_DRAWING}positionH"), anchor.find(f"{_DRAWING}positionV")
    return _is_far(across, ("column", "character"), _WIDE) or _is_far(down, ("paragraph", "line"), _LOW)


def is_opaque(paragraph: Element) -> bool:
    """Return whether the text box around a w:p lies over the text and hides what is under it."""
    anchor = next(paragraph.iterancestors(f"{_DRAWING}anchor"), None)
    if anchor is None or anchor.get("behindDoc") in ("1", "true"):
        return False
    shape = next(anchor.iter("{*}spPr"), None)
    fill = None if shape is None else shape.find("{*}solidFill")
    return fill is not None and next(fill.iter("{*}alpha"), None) is None


def _is_far(position: Element | None, near: tuple[str, ...], most: int) -> bool:
    if position is None:
        return False
    offset = position.find(f"{_DRAWING}posOffset")
    if offset is None:
        return False
    moved = whole_number((offset.text or "").strip())
    return position.get("relativeFrom") not in near or moved is None or abs(moved) > most


def described(graphic: Element) -> str:
    """Return the alternative text of a drawing."""
    names = (each.get("descr") for each in graphic.iter("{*}docPr", "{*}cNvPr"))
    return next((name.strip()[:20] for name in names if name), "")
