"""The resources of an OFD document: fonts by name, drawing parameters, composite units, images."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

from msgspec import Struct, field

from extractor.formats.ofd.glyphs import characters_of_glyphs
from extractor.formats.ofd.package import (
    OfdPackage,
    child,
    children,
    local,
    numbers_of,
    resolve_path,
    text_of,
)
from extractor.formats.own_fonts import FontDigits, digits_of_font
from extractor.formats.package import Element

Rgb = tuple[float, float, float]


class Paint(NamedTuple):
    """A colour, and its opacity of 255."""

    colour: Rgb | None  # None for a palette or pattern
    alpha: float
    patterned: bool = False  # a pattern or gradient of unknown colours


class Resources(Struct):
    """The resources that objects refer to by id."""

    fonts: dict[str, str] = field(default_factory=dict)  # id → name
    parameters: dict[str, Element] = field(default_factory=dict)  # id → DrawParam
    composites: dict[str, Element] = field(default_factory=dict)  # id → CompositeGraphicUnit
    images: dict[str, str] = field(default_factory=dict)  # id → path of the image in the package
    glyphs: Callable[[str], dict[int, str]] = lambda path: {}  # path of a font → characters of its glyphs
    digits: Callable[[str], FontDigits] = lambda path: None  # path of a font → what it draws for digits
    font_files: dict[str, str] = field(default_factory=dict)  # id → path of the font in the package

    def load(self, package: OfdPackage, path: str) -> None:
        """Add the resources of one resource part; a part that is missing adds nothing."""
        root = package.tree_of(path)
        if root is None:
            return
        base = resolve_path(path, root.get("BaseLoc", "") + "/.") + "/"
        for group in root:
            for item in group:
                self._add(item, base)

    def _add(self, item: Element, base: str) -> None:
        key, kind = item.get("ID", ""), local(item)
        if kind == "Font":
            self.fonts[key] = item.get("FontName") or item.get("FamilyName") or "无名字体"
            if file := text_of(child(item, "FontFile")):
                self.font_files[key] = resolve_path(base, file)
        elif kind == "DrawParam":
            self.parameters[key] = item
        elif kind == "CompositeGraphicUnit":
            self.composites[key] = item
        elif kind == "MultiMedia" and item.get("Type") == "Image":
            self.images[key] = resolve_path(base, text_of(child(item, "MediaFile")))

    def paint_of(self, item: Element, layer_parameter: str | None, part: str) -> Paint:
        """Return the paint with which an object fills or strokes (`part`); black by default."""
        colour = child(item, part)
        if colour is None:
            colour = self._part_of_parameter(item.get("DrawParam") or layer_parameter, part)
        own = (*numbers_of(item.get("Alpha")), 255.0)[0]
        return _paint(colour, own)

    def _part_of_parameter(self, parameter: str | None, part: str) -> Element | None:
        seen: set[str] = set()
        while parameter in self.parameters and parameter not in seen:
            seen.add(parameter)
            found = self.parameters[parameter]
            colour = child(found, part)
            if colour is not None:
                return colour
            parameter = found.get("Relative")
        return None


def _paint(colour: Element | None, alpha: float) -> Paint:
    if colour is None:
        return Paint((0.0, 0.0, 0.0), alpha)
    alpha *= (*numbers_of(colour.get("Alpha")), 255.0)[0] / 255
    value = numbers_of(colour.get("Value"))
    patterned = next(iter(colour), None) is not None
    if not value or patterned:
        return Paint(None, alpha, patterned)
    if len(value) == 4:  # CMYK: ink, not light
        most = 255.0 if max(value) > 1 else 1.0
        cyan, magenta, yellow, black = (1 - part / most for part in value)
        return Paint((255 * cyan * black, 255 * magenta * black, 255 * yellow * black), alpha)
    if len(value) < 3:
        return Paint((value[0], value[0], value[0]), alpha)
    return Paint((value[0], value[1], value[2]), alpha)


def load_resources(package: OfdPackage, document: Element, path: str) -> Resources:
    """Return the resources that a document part at `path` names."""
    resources = Resources(
        glyphs=lru_cache(maxsize=64)(partial(characters_of_glyphs, package)),
        digits=lru_cache(maxsize=64)(lambda path: digits_of_font(package.bytes_of(path) or b"")),
    )
    common = child(document, "CommonData")
    for kind in ("PublicRes", "DocumentRes"):
        for reference in children(common, kind):
            resources.load(package, resolve_path(path, text_of(reference)))
    return resources
