"""The colours that elements take from those around them, each looked for once however many share it."""

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from extractor.formats.html.colors import ground_of
from extractor.formats.html.lexbor import upwards
from extractor.formats.html.sheet import StyledElement

# The fill of the letters, their colour and what is behind them; None where nothing is declared.
_Colors = tuple[str | None, str | None, str | None]
_NOTHING: _Colors = (None, None, None)


class InheritedColors:
    """The colours of text and background that hold inside the elements of a page."""

    def __init__(self, elements: Mapping[int, StyledElement]) -> None:
        """Keep what is declared for elements, by their ids."""
        self._elements = elements
        self._known: dict[int, _Colors] = {}

    def of(self, node: LexborNode) -> tuple[str, str]:
        """Return the colours of the text of an element and of its background."""
        fill, color, ground = self._inside(node)
        shadow = self._elements[node.mem_id].values.get("text-shadow")
        if fill is None and shadow is not None and "none" not in shadow:
            return "black", "white"
        return fill or color or "black", ground if ground is not None else "white"

    def _inside(self, node: LexborNode) -> _Colors:
        outside: list[int] = []
        colors = _NOTHING
        for each in upwards(node):
            mem_id = each.mem_id
            if mem_id in self._known:
                colors = self._known[mem_id]
                break
            outside.append(mem_id)
        for mem_id in reversed(outside):
            element = self._elements.get(mem_id)
            if element is not None:
                colors = _changed(colors, element.values)
            self._known[mem_id] = colors
        return colors


def _changed(around: _Colors, values: Mapping[str, str]) -> _Colors:
    """Return the colours inside an element with these declarations."""
    fill, color, ground = around
    fill = values.get("-webkit-text-fill-color", fill)
    if (own := values.get("color", "inherit")).lower() not in ("inherit", "unset"):
        color = own
    own_ground = ground_of(values)
    return fill, color, ground if own_ground is None else own_ground
