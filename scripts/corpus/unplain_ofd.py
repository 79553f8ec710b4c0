"""Cells of an OFD file in which more or less is seen than the text says."""

from collections.abc import Callable, Mapping

from .draft import Draft
from .expected import Expected
from .grid import grid_of
from .ofd_file import FONT, text_object
from .ofd_sheet import OfdManner, OfdSheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, set_out
from .unplain_cells import Way, with_tokens

_MM = 25.4 / 72  # of a point
_SIZE = 8 * _MM
_DIGIT = 0.5 * _SIZE
Markup = Callable[["UnplainOfdSheet", float, float], None]  # x and baseline in millimetres


class UnplainOfdSheet(OfdSheet):
    """A sheet on which a drawing stands in the place of each token."""

    def __init__(self, drawings: Mapping[str, Markup]) -> None:
        """Begin with an empty page."""
        self._drawings = drawings
        super().__init__(OfdManner())

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line, or what stands for it."""
        if text in self._drawings:
            self._drawings[text](self, x * _MM, (y + size * 0.88) * _MM)
        else:
            super().text(x, y, text, size)

    def put(self, text: str, x: float, base: float, attributes: str = "", size: float = _SIZE) -> None:
        """Write digits; lengths in millimetres."""
        steps = [0.5 * size] * (len(text) - 1)
        placed = text_object(self.ids.next(), (x, base), text, size, steps, attributes=attributes)
        self.pages[-1].objects.append(placed)

    def add(self, element: str) -> None:
        """Add an object; `ID` stands for its number."""
        self.pages[-1].objects.append(element.replace('"ID"', f'"{self.ids.next()}"'))


def unplain_ofd(draft: Draft, ways: Mapping[str, Way[Markup]]) -> tuple[bytes, Expected]:
    """Return the bytes of an OFD file of this report with unplain cells, and the answer to it."""
    changed, drawings, expected = with_tokens(draft, ways)
    sheet = UnplainOfdSheet(drawings)
    set_out(
        sheet,
        changed,
        lambda block: draw_table(sheet, grid_of(changed.truth, block.code), WIDTHS[block.code]),
    )
    return sheet.finish(), expected


def _with_digit(attributes: str, before: bool = True, size: float = _SIZE) -> Callable[[str], Markup]:
    """Return a markup with a digit beside the number that is drawn so that nobody sees it."""

    def markup(n: str) -> Markup:
        def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
            sheet.put("8", x - _DIGIT if before else x + len(n) * _DIGIT, base, attributes, size)
            sheet.put(n, x, base)

        return drawing

    return markup


def _text(n: str, x: float, base: float, inside: str) -> str:
    """Return a text object with elements of its own before its characters."""
    length = len(n) * _DIGIT
    box = f"{x:.3f} {base - _SIZE:.3f} {length:.3f} {_SIZE * 1.3:.3f}"
    steps = f' DeltaX="g {len(n) - 1} {_DIGIT:.3f}"' if len(n) > 1 else ""
    return (
        f'<ofd:TextObject ID="ID" Boundary="{box}" Font="{FONT}" Size="{_SIZE:.3f}">{inside}'
        f'<ofd:TextCode X="0" Y="{_SIZE:.3f}"{steps}>{n}</ofd:TextCode></ofd:TextObject>'
    )


def _with_element(inside: str) -> Callable[[str], Markup]:
    def markup(n: str) -> Markup:
        def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
            sheet.add(_text("8", x - _DIGIT, base, inside))
            sheet.put(n, x, base)

        return drawing

    return markup


def _covered(fill: str) -> Callable[[str], Markup]:
    """Return a markup with an old number under an area, and the number over it."""

    def markup(n: str) -> Markup:
        def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
            old = f"{int(n) + 37}"
            sheet.put(old, x, base)
            width = (len(old) + 1) * _DIGIT
            sheet.add(
                f'<ofd:PathObject ID="ID" Boundary="{x - 0.5:.3f} {base - _SIZE:.3f} {width:.3f} 3.6" '
                f'Fill="true" Stroke="false">{fill}<ofd:AbbreviatedData>'
                f"M 0 0 L {width:.3f} 0 L {width:.3f} 3.6 L 0 3.6 C"
                "</ofd:AbbreviatedData></ofd:PathObject>"
            )
            sheet.put(n, x, base)

        return drawing

    return markup


def _turned(down: int) -> Callable[[str], Markup]:
    """Return a markup with the number mirrored (`down` 1) or standing on its head (-1)."""

    def markup(n: str) -> Markup:
        def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
            length = (len(n) + 1) * _DIGIT
            box = f"{x:.3f} {base - _SIZE:.3f} {length:.3f} {_SIZE * 1.4:.3f}"
            steps = f' DeltaX="g {len(n) - 1} {_DIGIT:.3f}"' if len(n) > 1 else ""
            matrix = f"-1 0 0 {down} {length:.3f} {_SIZE * (0.2 if down < 0 else 0):.3f}"
            sheet.add(
                f'<ofd:TextObject ID="ID" Boundary="{box}" Font="{FONT}" Size="{_SIZE:.3f}" CTM="{matrix}">'
                f'<ofd:TextCode X="0" Y="{_SIZE if down > 0 else 0:.3f}"{steps}>{n}</ofd:TextCode>'
                "</ofd:TextObject>"
            )

        return drawing

    return markup


def _raised(n: str) -> Markup:
    def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
        sheet.put(n, x, base)
        sheet.put("1", x + len(n) * _DIGIT, base - 0.45 * _SIZE, size=0.6 * _SIZE)

    return drawing


def _struck(n: str) -> Markup:
    def drawing(sheet: UnplainOfdSheet, x: float, base: float) -> None:
        sheet.put("94", x - 4, base)
        sheet.rule((x - 4.2) / _MM, base / _MM - 2.6, (x - 0.8) / _MM, base / _MM - 2.6)
        sheet.put(n, x, base)

    return drawing


_WHITE = '<ofd:FillColor Value="255 255 255"/>'
_SEGMENTS = "".join(
    f'<ofd:Segment><ofd:Color Value="{colour}"/></ofd:Segment>' for colour in ("255 255 255", "250 252 255")
)
_AXIAL = f'<ofd:AxialShd StartPoint="0 0" EndPoint="10 0">{_SEGMENTS}</ofd:AxialShd>'
_SHADE = f"<ofd:FillColor>{_AXIAL}</ofd:FillColor>"
_TILE = (
    '<ofd:FillColor><ofd:Pattern Width="1" Height="1"><ofd:CellContent><ofd:PathObject ID="ID" '
    'Boundary="0 0 1 1" Fill="true" Stroke="false"><ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>'
    "M 0 0 L 1 0 L 1 1 L 0 1 C</ofd:AbbreviatedData></ofd:PathObject></ofd:CellContent></ofd:Pattern>"
    "</ofd:FillColor>"
)

OFD_WAYS: Mapping[str, Way[Markup]] = {
    "white": Way(_with_element(_WHITE), is_doubted=True),
    "shaded-ink": Way(_with_element(_SHADE), is_optional=True),
    "tiled-ink": Way(_with_element(_TILE), is_optional=True),
    "transparent": Way(_with_element('<ofd:FillColor Value="0 0 0" Alpha="0"/>')),
    "see-through": Way(_with_digit(' Alpha="0"')),
    "not-filled": Way(_with_digit(' Fill="false"')),
    "not-visible": Way(_with_digit(' Visible="false"')),
    "tiny": Way(_with_digit("", before=False, size=0.1), is_optional=True),
    "squeezed": Way(_with_digit(' HScale="0.01"', before=False), is_optional=True),
    "covered": Way(_covered(_WHITE)),
    "shaded-over": Way(_covered(_SHADE), is_doubted=True),
    "tiled-over": Way(_covered(_TILE), is_doubted=True),
    "overturned": Way(_turned(-1), is_optional=True),
    "mirrored": Way(_turned(1), is_optional=True),
    "raised": Way(_raised),
    "struck": Way(_struck),
}
