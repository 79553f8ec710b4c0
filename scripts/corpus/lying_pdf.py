"""Cells of a PDF that show other than they say, after reports to the makers of readers."""

from collections.abc import Callable, Mapping

from .pdf_objects import ObjectSheet
from .unplain_cells import Way
from .unplain_pdf import Drawing, number

_DIGIT = 0.556 * 8


def _old(n: str) -> str:
    return f"{int(n) + 37}"


def _plainly(operators: Callable[[str, float, float], str]) -> Callable[[str], Drawing]:
    return lambda n: lambda sheet, x, base: sheet.draw(f"q {operators(n, x, base)} Q")


def _annotated(
    kind: str, entries: Callable[[str, float, float], str], shown: str = ""
) -> Callable[[str], Drawing]:
    """Return a markup with an annotation whose appearance is `shown`, `{n}` in it the number."""

    def markup(n: str) -> Drawing:
        def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
            appearance = ""
            if shown:
                helvetica = "<</Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
                stream = shown.replace("{n}", n).replace("{old}", _old(n)).encode()
                form = sheet.add(
                    f"<</Type/XObject/Subtype/Form/BBox[0 0 34 12]/Resources{helvetica}>>", stream
                )
                appearance = f"/AP<</N {form}>>"
            box = f"/Rect[{x - 2:.2f} {base - 3:.2f} {x + 32:.2f} {base + 9:.2f}]"
            sheet.pages[-1].annotations.append(
                sheet.add(f"<</Type/Annot/Subtype/{kind}/F 4{box}{entries(n, x, base)}{appearance}>>")
            )

        return drawing

    return markup


def _both(one: Callable[[str], Drawing], other: Callable[[str], Drawing]) -> Callable[[str], Drawing]:
    def markup(n: str) -> Drawing:
        def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
            one(n)(sheet, x, base)
            other(n)(sheet, x, base)

        return drawing

    return markup


def _layered(entries: str, state: str) -> Callable[[str], Drawing]:
    """Return a markup with a digit in optional content that is switched off."""

    def markup(n: str) -> Drawing:
        def drawing(sheet: ObjectSheet, x: float, base: float) -> None:
            if not sheet.knows("Properties", "Off"):
                group = sheet.add("<</Type/OCG/Name(old)>>")
                sheet.resource("Properties", "Off", entries.format(group=group))
                sheet.catalog += f"/OCProperties<</OCGs[{group}]/D<<{state.format(group=group)}>>>>"
            sheet.draw(f"/OC /Off BDC {number('8', x - _DIGIT, base)} EMC {number(n, x, base)}")

        return drawing

    return markup


def _kerned(n: str, x: float, base: float) -> str:
    return f"BT /H 8 Tf {x:.2f} {base:.2f} Td [{'-450'.join(f'({digit})' for digit in n)}] TJ ET"


def _covered_first(n: str, x: float, base: float) -> str:
    cover = f"1 g {x - _DIGIT - 0.3:.2f} {base - 1:.2f} {_DIGIT + 0.2:.2f} 8 re f 0 g"
    return f"{number('4' + n, x - _DIGIT, base)} {cover}"


def _twice(n: str, x: float, base: float) -> str:
    return f"{number(n, x, base)} {number(n, x + 1.3, base - 0.8)}"


def _bold(n: str, x: float, base: float) -> str:
    return " ".join(number(n, x + dx, base + dy) for dx in (0, 0.25) for dy in (0, 0.25))


def _overprinted(n: str, x: float, base: float) -> str:
    return f"{number(_old(n), x, base)} {number(n, x, base)}"


_PLAIN = _plainly(number)
PDF_LIES: Mapping[str, Way[Drawing]] = {
    "pdf-shifted-twice": Way(_plainly(_twice), is_optional=True),
    "pdf-four-times-for-bold": Way(_plainly(_bold)),
    "pdf-wide-kerning": Way(_plainly(_kerned)),
    "pdf-zero-width-space": Way(
        _plainly(
            lambda n, x, b: f"BT /F 8 Tf {x:.2f} {b:.2f} Td <{'200b'.join(f'{ord(d):04x}' for d in n)}> Tj ET"
        )
    ),
    "pdf-first-digit-covered": Way(_plainly(_covered_first), is_doubted=True),
    "pdf-overprinted": Way(_plainly(_overprinted), is_open=True),
    "pdf-black-on-black": Way(
        _plainly(lambda n, x, b: f"0 g {x - 3:.2f} {b - 2:.2f} 30 10 re f {number(n, x, b)}"), is_open=True
    ),
    "pdf-letter-for-one": Way(_plainly(lambda n, x, b: number(n.replace("1", "l"), x, b)), is_optional=True),
    "pdf-raised-before": Way(
        _plainly(lambda n, x, b: f"{number('1', x - 3, b + 3, size=5)} {number(n, x, b)}")
    ),
    "pdf-raised-sign": Way(_plainly(lambda n, x, b: number(n + "\\271", x, b))),
    "pdf-one-digit-small": Way(
        _plainly(
            lambda n, x, b: f"{number(n[:1], x, b)} {number(n[1:], x + _DIGIT, b, size=5) if n[1:] else ''}"
        ),
        is_optional=True,
    ),
    "pdf-under-one-another": Way(
        _plainly(lambda n, x, b: " ".join(number(d, x, b + 4 - 4 * at, size=4) for at, d in enumerate(n))),
        is_optional=True,
    ),
    "pdf-black-box": Way(
        _both(_PLAIN, _annotated("Square", lambda n, x, b: "/IC[0 0 0]", "0 g 0 0 34 12 re f")), is_open=True
    ),
    "pdf-highlighted": Way(
        _both(
            _PLAIN,
            _annotated(
                "Highlight",
                lambda n, x, b: f"/C[1 1 0]/QuadPoints[{x} {b + 8} {x + 20} {b + 8} {x} {b} {x + 20} {b}]",
            ),
        ),
        is_doubted=True,
    ),
    "pdf-struck-by-annotation": Way(
        _both(
            _plainly(lambda n, x, b: f"{number('94', x, b)} {number(n, x + 14, b)}"),
            _annotated(
                "StrikeOut",
                lambda n, x, b: f"/C[1 0 0]/QuadPoints[{x} {b + 8} {x + 9} {b + 8} {x} {b} {x + 9} {b}]",
                "0.7 w 1 0 0 RG 2 6 m 11 6 l S",
            ),
        ),
        is_optional=True,
    ),
    "pdf-free-text-over": Way(
        _both(
            _plainly(lambda n, x, b: number(_old(n), x, b)),
            _annotated(
                "FreeText",
                lambda n, x, b: f"/DA(/H 8 Tf 0 g)/Contents({n})",
                "1 g 0 0 34 12 re f 0 g BT /H 8 Tf 2 3 Td ({n}) Tj ET",
            ),
        ),
        is_doubted=True,
    ),
    "pdf-field-other-value": Way(
        _annotated(
            "Widget",
            lambda n, x, b: f"/FT/Tx/T(a)/V({_old(n)})/DA(/H 8 Tf 0 g)",
            "BT /H 8 Tf 2 3 Td ({n}) Tj ET",
        ),
        is_optional=True,
    ),
    "pdf-layer-off": Way(_layered("<</Type/OCMD/OCGs {group}>>", "/OFF[{group}]"), is_doubted=True),
    "pdf-layer-all-off": Way(
        _layered("<</Type/OCMD/OCGs[{group}]/P/AllOff>>", "/ON[{group}]"), is_doubted=True
    ),
    "pdf-base-state-off": Way(_layered("<</Type/OCMD/OCGs {group}>>", "/BaseState/OFF"), is_doubted=True),
    "pdf-negative-size": Way(
        _plainly(lambda n, x, b: f"BT /H -8 Tf -1 0 0 -1 {x:.2f} {b:.2f} Tm ({n}) Tj ET")
    ),
    "pdf-right-to-left": Way(
        _plainly(
            lambda n, x, b: (
                f"BT /H 8 Tf {x + len(n) * _DIGIT:.2f} {b:.2f} Td "
                f"[{''.join(f'({d}) 1112 ' for d in n[::-1])}] TJ ET"
            )
        ),
        is_optional=True,
    ),
}
