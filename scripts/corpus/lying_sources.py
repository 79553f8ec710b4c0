"""Further cells in which more or less is seen than the source says, after reports to the makers of readers.

Drawn before the reader was run on them; scripts/first_sight_sources.tsv tells what came out the first time.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from openpyxl.cell.rich_text import CellRichText, TextBlock  # type: ignore[import-untyped]  # no stubs
from openpyxl.cell.text import InlineFont  # type: ignore[import-untyped]  # no stubs
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # no stubs
from openpyxl.styles.colors import Color  # type: ignore[import-untyped]  # no stubs

from . import html_sites as sites
from . import render_docx as word
from . import render_html as html
from .docx_file import pack
from .draft import Draft
from .expected import Expected
from .layouts import Rendered
from .lying_pdf import PDF_LIES
from .unplain_cells import Way, with_markup, with_tokens
from .unplain_ofd import Markup, UnplainOfdSheet, unplain_ofd
from .unplain_pdf import unplain_pdf
from .unplain_xlsx import Filling, unplain_xlsx

_M = TypeVar("_M")


def _old(n: str) -> str:
    return f"{int(n) + 37}"


def _styled(style: str, text: str = "8") -> Callable[[str], str]:
    return lambda n: f'<span style="{style}">{text}</span>{n}'


HTML_LIES: Mapping[str, Way[str]] = {
    "html-no-width": Way(_styled("display:inline-block;width:0;overflow:hidden"), is_doubted=True),
    "html-no-font-size": Way(_styled("font-size:0"), is_doubted=True),
    "html-clip-path": Way(_styled("display:inline-block;clip-path:inset(100%)"), is_doubted=True),
    "html-scaled-to-nothing": Way(_styled("display:inline-block;transform:scale(0)"), is_doubted=True),
    "html-no-max-height": Way(
        _styled("display:inline-block;max-height:0;max-width:0;overflow:hidden"), is_doubted=True
    ),
    "html-filter": Way(_styled("filter:opacity(0)"), is_doubted=True),
    "html-content-visibility": Way(
        _styled("display:inline-block;content-visibility:hidden"), is_doubted=True
    ),
    "html-transparent": Way(_styled("color:transparent"), is_doubted=True),
    "html-transparent-hsla": Way(_styled("color:hsla(0,0%,0%,0)"), is_doubted=True),
    "html-white-hsl": Way(_styled("color:hsl(0 0% 100%)"), is_doubted=True),
    "html-details": Way(lambda n: f"<details><summary>{n}</summary>8</details>", is_optional=True),
    "html-dialog": Way(lambda n: f"<dialog>8</dialog>{n}", is_optional=True),
    "html-hidden-attribute": Way(lambda n: f"<span hidden>8</span>{n}", is_doubted=True),
    "html-until-found": Way(lambda n: f'<span hidden="until-found">8</span>{n}', is_doubted=True),
    "html-popover": Way(lambda n: f"<span popover>8</span>{n}", is_optional=True),
    "html-ruby": Way(lambda n: f"<ruby>{n}<rt>8</rt></ruby>", is_optional=True),
    "html-comment-inside": Way(lambda n: f"{n[:1]}<!-- 8 -->{n[1:]}"),
    "html-soft-hyphen": Way(lambda n: f"{n[:1]}&shy;{n[1:]}"),
    "html-joiner": Way(lambda n: f"{n[:1]}&#8288;{n[1:]}"),
    "html-font-white": Way(lambda n: f'<font color="white">8</font>{n}', is_doubted=True),
    "html-hidden-cell": Way(lambda n: f'{n}</td><td style="display:none">8', is_optional=True),
    "html-svg-text": Way(lambda n: f"<svg><text>{n}</text></svg>", is_optional=True),
    "html-data-value": Way(lambda n: f'<data value="{_old(n)}">{n}</data>'),
    "html-math-digits": Way(lambda n: "".join(chr(0x1D7CE + int(digit)) for digit in n), is_optional=True),
    "html-raised-by-place": Way(
        lambda n: f'{n}<span style="position:relative;top:-0.5em;font-size:60%">1</span>', is_optional=True
    ),
    "html-linked-sheet": Way(lambda n: f'<em class="c-71">8</em>{n}', is_optional=True),
    "html-select": Way(
        lambda n: f"<select><option>8</option><option selected>{n}</option></select>", is_optional=True
    ),
    "html-object-fallback": Way(lambda n: f'{n}<object data="a.swf">8</object>', is_optional=True),
    "html-custom-element": Way(lambda n: f'<x-number value="{n}"></x-number>', is_open=True),
    "html-slot-template": Way(lambda n: f"<template>8</template>{n}"),
}
HTML_HEAD = '<link rel="stylesheet" href="/css/page.css"><script src="/js/page.js"></script>'


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _in_field(instruction: str) -> Callable[[str], str]:
    return lambda n: f'<w:fldSimple w:instr="{instruction}">{_run(n)}</w:fldSimple>'


_FRAME = '<w:pPr><w:framePr w:w="400" w:hAnchor="page" w:vAnchor="page" w:x="9000" w:y="300"/></w:pPr>'
DOCX_LIES: Mapping[str, Way[str]] = {
    "docx-frame": Way(lambda n: f"</w:p><w:p>{_FRAME}{_run('8')}</w:p><w:p>{_run(n)}", is_optional=True),
    "docx-symbols": Way(
        lambda n: "".join(f'<w:r><w:sym w:font="Wingdings" w:char="F03{digit}"/></w:r>' for digit in n),
        is_open=True,
    ),
    "docx-symbol-font": Way(
        lambda n: _run(n, '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), is_open=True
    ),
    "docx-squeezed": Way(lambda n: _run(n) + _run("8", '<w:w w:val="1"/>'), is_optional=True),
    "docx-condensed": Way(lambda n: _run(n, '<w:spacing w:val="-160"/>'), is_optional=True),
    "docx-smart-tag": Way(
        lambda n: f'<w:smartTag w:uri="urn:x" w:element="metricconverter">{_run(n)}</w:smartTag>'
    ),
    "docx-formula-field": Way(_in_field("=SUM(ABOVE)"), is_optional=True),
    "docx-stacked-digits": Way(_in_field("EQ \\o(1,7)"), is_optional=True),
    "docx-moved-away": Way(
        lambda n: f'<w:moveFrom w:id="7" w:author="a">{_run("8")}</w:moveFrom>{_run(n)}', is_optional=True
    ),
    "docx-ruby": Way(
        lambda n: f"<w:r><w:ruby><w:rt>{_run('8')}</w:rt><w:rubyBase>{_run(n)}</w:rubyBase></w:ruby></w:r>",
        is_optional=True,
    ),
    "docx-theme-white": Way(
        lambda n: _run("8", '<w:color w:val="auto" w:themeColor="background1"/>') + _run(n), is_doubted=True
    ),
    "docx-black-ground": Way(
        lambda n: _run(n, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'), is_open=True
    ),
    "docx-black-highlight": Way(
        lambda n: _run(n, '<w:color w:val="000000"/><w:highlight w:val="black"/>'), is_open=True
    ),
    "docx-white-highlighted": Way(
        lambda n: _run(n, '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>'), is_optional=True
    ),
    "docx-web-hidden": Way(lambda n: _run(n, "<w:webHidden/>"), is_optional=True),
    "docx-two-lines-in-one": Way(
        lambda n: _run(n, '<w:eastAsianLayout w:id="1" w:combine="1"/>'), is_optional=True
    ),
    "docx-footnote": Way(lambda n: f'{_run(n)}<w:r><w:footnoteReference w:id="2"/></w:r>'),
    "docx-spec-vanish": Way(lambda n: _run("8", "<w:specVanish/><w:vanish/>") + _run(n), is_doubted=True),
}


def _filled(value: object, number_format: str = "General", **styles: object) -> Filling:
    def fill(cell: object) -> None:
        cell.value = value  # type: ignore[attr-defined]
        cell.number_format = number_format  # type: ignore[attr-defined]
        for name, style in styles.items():
            setattr(cell, name, style)

    return fill


XLSX_LIES: Mapping[str, Way[Filling]] = {
    "xlsx-digit-in-format": Way(
        lambda n: _filled(int(n[1:] or 0), f'"{n[0]}"{"0" * len(n[1:])}'), is_optional=True
    ),
    "xlsx-date": Way(lambda n: _filled(int(n) + 40000, "yyyy"), is_open=True),
    "xlsx-percent": Way(lambda n: _filled(int(n) / 100, "0%"), is_open=True),
    "xlsx-leading-zero": Way(lambda n: _filled(f"0{n}"), is_optional=True),
    "xlsx-fraction": Way(lambda n: _filled(int(n) + 0.5, "# ?/?"), is_open=True),
    "xlsx-scientific": Way(lambda n: _filled(int(n) + 1000, "0E+00"), is_open=True),
    "xlsx-true": Way(lambda n: _filled(True), is_open=True),
    "xlsx-tinted-white": Way(
        lambda n: _filled(CellRichText(TextBlock(InlineFont(color=Color(theme=1, tint=1.0)), "8"), n)),
        is_optional=True,
    ),
    "xlsx-raised-before": Way(
        lambda n: _filled(CellRichText(TextBlock(InlineFont(vertAlign="superscript"), "1"), n))
    ),
    "xlsx-general-long": Way(lambda n: _filled(int(n) + 0.1 + 0.2), is_open=True),
    "xlsx-symbol-font": Way(lambda n: _filled(int(n), font=Font(name="Wingdings")), is_open=True),
    "xlsx-shrunk": Way(lambda n: _filled(int(n), alignment=Alignment(shrink_to_fit=True))),
    "xlsx-text-number": Way(lambda n: _filled(f"'{n}"), is_optional=True),
}


def _ofd(draw: Callable[[UnplainOfdSheet, str, float, float], None]) -> Callable[[str], Markup]:
    return lambda n: lambda sheet, x, base: draw(sheet, n, x, base)


def _codes(
    sheet: UnplainOfdSheet, x: float, base: float, attributes: str, codes: str, inside: str = ""
) -> None:
    sheet.add(
        f'<ofd:TextObject ID="ID" Boundary="{x - 2:.3f} {base - 3:.3f} 12 4" Font="3" Size="2.822"'
        f"{attributes}>"
        f"{inside}{codes}</ofd:TextObject>"
    )


def _heap(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    _codes(sheet, x, base, "", f'<ofd:TextCode X="2" Y="3" DeltaX="g {len(n)} 0.1">{n}</ofd:TextCode>')


def _leftwards(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    code = f'<ofd:TextCode X="{2 + 1.5 * len(n):.2f}" Y="3" DeltaX="g {len(n)} -1.5">{n[::-1]}</ofd:TextCode>'
    _codes(sheet, x, base, "", code)


def _two_codes(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    codes = [
        f'<ofd:TextCode X="{2 + 1.5 * at:.2f}" Y="3">{digit}</ofd:TextCode>' for at, digit in enumerate(n)
    ]
    _codes(sheet, x, base, "", "".join(reversed(codes)))


def _stroked_white(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    white = '<ofd:StrokeColor Value="255 255 255"/>'
    code = '<ofd:TextCode X="0.5" Y="3">8</ofd:TextCode>'
    _codes(sheet, x, base, ' Fill="false" Stroke="true"', code, white)
    sheet.put(n, x, base)


def _nearly_clear(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    _codes(sheet, x, base, ' Alpha="8"', '<ofd:TextCode X="0.5" Y="3">8</ofd:TextCode>')
    sheet.put(n, x, base)


def _written_down(sheet: UnplainOfdSheet, n: str, x: float, base: float) -> None:
    sheet.add(
        f'<ofd:TextObject ID="ID" Boundary="{x:.3f} {base - 4:.3f} 4 9" Font="3" Size="2.4">'
        f'<ofd:TextCode X="0" Y="2" DeltaY="g {len(n)} 2.4">{n}</ofd:TextCode></ofd:TextObject>'
    )


OFD_LIES: Mapping[str, Way[Markup]] = {
    "ofd-digits-in-a-heap": Way(_ofd(_heap), is_optional=True),
    "ofd-leftwards": Way(_ofd(_leftwards)),
    "ofd-codes-out-of-order": Way(_ofd(_two_codes)),
    "ofd-stroked-white": Way(_ofd(_stroked_white), is_doubted=True),
    "ofd-nearly-clear": Way(_ofd(_nearly_clear)),
    "ofd-under-one-another": Way(_ofd(_written_down), is_optional=True),
}


def _page(draft: Draft, ways: Mapping[str, Way[str]]) -> tuple[bytes, Expected]:
    changed, markup, expected = with_tokens(draft, ways)
    page = with_markup(sites.bare(changed, html.body(changed)), markup)
    return page.replace("</head>", f"{HTML_HEAD}</head>", 1).encode(), expected


def _word(draft: Draft, ways: Mapping[str, Way[str]]) -> tuple[bytes, Expected]:
    changed, markup, expected = with_tokens(draft, ways)
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return pack(with_markup(word.body(changed, word.Manner()), markup, run)), expected


def _kinds(
    render: Callable[[Draft, Mapping[str, Way[_M]]], tuple[bytes, Expected]], ways: Mapping[str, Way[_M]]
) -> dict[str, Callable[[Draft], Rendered]]:
    return {
        name: lambda draft, name=name: Rendered(*render(draft, {name: ways[name]}))  # type: ignore[misc]
        for name in ways
    }


KINDS: Mapping[str, Callable[[Draft], Rendered]] = {
    **_kinds(unplain_pdf, PDF_LIES),
    **_kinds(_page, HTML_LIES),
    **_kinds(_word, DOCX_LIES),
    **_kinds(unplain_xlsx, XLSX_LIES),
    **_kinds(unplain_ofd, OFD_LIES),
}
