"""Cells of a PDF in which more or less is seen than the text says, drawn by its own operators."""

from collections.abc import Callable, Mapping

from .draft import Draft
from .expected import Expected
from .grid import grid_of
from .pdf_objects import HEIGHT, ObjectSheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, set_out
from .unplain_cells import Way, with_tokens

Drawing = Callable[[ObjectSheet, float, float], None]  # x and baseline, in page space
_SIZE = 8.0
_DIGIT = 0.556 * _SIZE  # how wide a digit is


class UnplainSheet(ObjectSheet):
    """A sheet on which a drawing stands in the place of each token."""

    def __init__(self, drawings: Mapping[str, Drawing]) -> None:
        """Begin with an empty page."""
        self._drawings = drawings
        super().__init__()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line, or what stands for it."""
        if text in self._drawings:
            self._drawings[text](self, x, HEIGHT - y - size * 0.88)
        else:
            super().text(x, y, text, size)


def unplain_pdf(draft: Draft, ways: Mapping[str, Way[Drawing]]) -> tuple[bytes, Expected]:
    """Return the bytes of a PDF of this report with unplain cells, and the answer to it."""
    changed, drawings, expected = with_tokens(draft, ways)
    sheet = UnplainSheet(drawings)
    set_out(
        sheet,
        changed,
        lambda block: draw_table(sheet, grid_of(changed.truth, block.code), WIDTHS[block.code]),
    )
    return sheet.finish(), expected


def number(text: str, x: float, base: float, font: str = "H", size: float = _SIZE) -> str:
    """Return the operators that write a number."""
    return f"BT /{font} {size} Tf {x:.2f} {base:.2f} Td ({text}) Tj ET"


def _plainly(operators: Callable[[str, float, float], str]) -> Callable[[str], Drawing]:
    """Return a markup that needs nothing but operators."""
    return lambda n: lambda sheet, x, base: sheet.draw(f"q {operators(n, x, base)} Q")


def _area(x: float, base: float, n: str, wider: float = 4) -> str:
    """Return the operators of a path around a number."""
    return f"{x - 2:.2f} {base - 2:.2f} {len(n) * _DIGIT + wider:.2f} 10 re"


def _old(n: str) -> str:
    return f"{int(n) + 37}"


def _type3(sheet: ObjectSheet, name: str, shown: str, mapped: bool = True) -> None:
    """Add a Type 3 font whose codes 0 to 9 draw the digits `shown`."""
    procedures = []
    for code, digit in enumerate(shown):
        stream = f"556 0 d0 BT /H 1000 Tf ({digit}) Tj ET".encode()
        procedures.append(f"/g{code} {sheet.add('<<>>', stream)}")
    unicode = ""
    if mapped:
        ranges = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange "
        unicode = f"/ToUnicode {sheet.add('<<>>', (ranges + '<30> <39> <0030> endbfrange endcmap').encode())}"
    helvetica = sheet.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    sheet.resource(
        "Font",
        name,
        "<</Type/Font/Subtype/Type3/FontBBox[0 -200 600 800]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 48"
        f"/LastChar 57/Widths[{'556 ' * 10}]/Encoding<</Type/Encoding/Differences[48"
        f"{''.join(f'/g{code}' for code in range(10))}]>>/CharProcs<<{' '.join(procedures)}>>"
        f"/Resources<</Font<</H {helvetica}>>>>{unicode}>>",
    )


def _in_type3(name: str, shown: str, mapped: bool = True) -> Callable[[str], Drawing]:
    def markup(n: str) -> Drawing:
        def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
            if not sheet.knows("Font", name):
                _type3(sheet, name, shown, mapped)
            # What a person sees is n: its codes are those that draw it.
            codes = "".join(str(shown.index(digit)) for digit in n)
            sheet.draw(number(codes, x, base, name))

        return drawing

    return markup


def _with(
    kind: str, name: str, text: str, stream: bytes | None, operators: Callable[[str, float, float], str]
) -> Callable[[str], Drawing]:
    """Return a markup that needs a resource."""

    def markup(n: str) -> Drawing:
        def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
            sheet.resource(kind, name, text, stream)
            sheet.draw(f"q {operators(n, x, base)} Q")

        return drawing

    return markup


def _masked(n: str) -> Drawing:
    """Draw a digit through a soft mask that lets nothing through, and the number."""

    def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
        black = f"0 g 0 0 595 {HEIGHT:g} re f".encode()
        group = (
            f"<</Type/XObject/Subtype/Form/BBox[0 0 595 {HEIGHT:g}]/Group<</S/Transparency/CS/DeviceGray>>>>"
        )
        if not sheet.knows("ExtGState", "Masked"):
            mask = sheet.add(group, black)
            sheet.resource("ExtGState", "Masked", f"<</SMask<</Type/Mask/S/Luminosity/G {mask}>>>>")
        sheet.draw(f"q /Masked gs {number('8', x - _DIGIT, base)} Q {number(n, x, base)}")

    return drawing


_WHITE_TILE = "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4/Resources<<>>>>"
_SHADE = (
    "<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 595 0]/Extend[true true]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[0.97 0.98 1]/N 1>>>>"
)
_STENCIL = "BI /W 8 /H 8 /BPC 1 /IM true ID \x7e\x42\x5a\x5a\x42\x7e\x00\x00 EI"


def _before(state: str, end: str = "") -> Callable[[str], Drawing]:
    """Return a markup with a digit before the number that is drawn in a state in which nobody sees it."""
    return _plainly(lambda n, x, b: f"q {state} {number('8', x - _DIGIT, b)} {end} Q {number(n, x, b)}")


def _over(kind: str, name: str, entries: str, stream: bytes | None, paint: str) -> Callable[[str], Drawing]:
    """Return a markup with an old number that something paints over."""

    def operators(n: str, x: float, base: float) -> str:
        return f"{number(_old(n), x, base)} q {_area(x, base, _old(n))} {paint} Q {number(n, x, base)}"

    return _with(kind, name, entries, stream, operators)


def _turned(matrix: str) -> Callable[[str], Drawing]:
    return _plainly(lambda n, x, b: f"BT /H {_SIZE} Tf {matrix} {x + 12:.2f} {b + 3:.2f} Tm ({n}) Tj ET")


def _told_as(said: Callable[[str], str]) -> Callable[[str], Drawing]:
    return _plainly(lambda n, x, b: f"/Span <</ActualText ({said(n)})>> BDC {number(n, x, b)} EMC")


def _backwards(n: str, x: float, base: float) -> str:
    return " ".join(number(digit, x + at * _DIGIT, base) for at, digit in reversed(list(enumerate(n))))


def _raised(n: str, x: float, base: float) -> str:
    return f"{number(n, x, base)} BT /H 5 Tf 3 Ts {x + len(n) * _DIGIT:.2f} {base:.2f} Td (1) Tj ET"


def _struck(n: str, x: float, base: float) -> str:
    line = f"0.6 w {x - 13:.2f} {base + 2.6:.2f} m {x - 2:.2f} {base + 2.6:.2f} l S"
    return f"{number('94', x - 12, base)} {line} {number(n, x, base)}"


def _in_white_tiles(n: str, x: float, base: float) -> str:
    return f"q /Pattern cs /Pw scn {number('8', x - _DIGIT, base)} Q {number(n, x, base)}"


_WHITE = b"1 g 0 0 4 4 re f"

PDF_WAYS: Mapping[str, Way[Drawing]] = {
    "white": Way(_before("1 g"), is_doubted=True),
    "white-outline": Way(_before("1 G 6 w 2 Tr", "0 Tr"), is_doubted=True),
    "soft-mask": Way(_masked, is_doubted=True),
    "pattern-ink": Way(_with("Pattern", "Pw", _WHITE_TILE, _WHITE, _in_white_tiles), is_doubted=True),
    "pattern-over": Way(
        _over("Pattern", "Pw", _WHITE_TILE, _WHITE, "/Pattern cs /Pw scn f"), is_doubted=True
    ),
    "shaded-over": Way(_over("Shading", "Sh", _SHADE, None, "W n /Sh sh"), is_doubted=True),
    "type3": Way(_in_type3("T3", "0123456789")),
    "type3-unmapped": Way(_in_type3("T3U", "0123456789", mapped=False)),
    "type3-lying": Way(_in_type3("T3L", "4801639275"), is_optional=True),
    "actual-text-lying": Way(_told_as(_old), is_optional=True),
    "actual-text": Way(_told_as(str), is_optional=True),
    "stencil": Way(_plainly(lambda n, x, b: f"q 8 0 0 8 {x} {b} cm {_STENCIL} Q"), is_open=True),
    "overturned": Way(_turned("-1 0 0 -1"), is_optional=True),
    "mirrored": Way(_turned("-1 0 0 1"), is_optional=True),
    "backwards": Way(_plainly(_backwards)),
    "raised": Way(_plainly(_raised)),
    "struck": Way(_plainly(_struck)),
}
