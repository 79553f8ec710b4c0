"""Styles of a page that are followed, or doubted where their effect on a number is not known."""

import base64

import pytest
from html_pages import read, tables
from test_html_painted import cell_of

from extractor.document import Cell

FOLLOWED = {
    "a rule inside a rule": "td { & i { display: none } }",
    "a rule inside a rule that has declarations": "td { color: #333; .old { display: none } }",
    "a later layer": "@layer a { .old { display: inline } } @layer b { .old { display: none } }",
    "no layer over a layer": ".old { display: none } @layer a { .old { display: inline } }",
    "the first of important layers": (
        "@layer a { .old { display: none !important } } @layer b { .old { display: inline !important } }"
    ),
    "a display that browsers support": "@supports (display: grid) { .old { display: none } }",
    "no support": (".old { display: none } @supports (display: of-no-browser) { .old { display: inline } }"),
    "a variable": ":root { --x: none } .old { display: var(--x) }",
    "wide screens": "@media (min-width: 600px) { .old { display: none } }",
    "no print": ".old { display: none } @media print { .old { display: inline } }",
    "a state that nothing is in": ".old { display: none } .old:hover { display: inline }",
    "no state that nothing is in": ".old:not(:hover) { display: none }",
}


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_rule_that_holds_on_a_screen_is_followed(name: str) -> None:
    cell = cell_of("<i class=old>8</i>17", FOLLOWED[name])
    assert (cell.text, cell.unread) == ("17", ())
    old_browsers_differ = "@layer" in FOLLOWED[name] or "@supports" in FOLLOWED[name] or "inside" in name
    assert cell.doubt == ("hidden-text" if old_browsers_differ else None)


def test_a_style_sheet_in_an_address_is_one_of_the_page() -> None:
    sheet = base64.b64encode(b".old { display: none }").decode()
    link = f'<link rel=stylesheet href="data:text/css;base64,{sheet}">'
    assert cell_of("<i class=old>8</i>17", script=link).text == "17"
    assert cell_of("<i class=old>8</i>17", script=link.replace("<link", "<link media=print")).text == "817"


def test_what_a_style_sheet_displays_is_not_hidden_by_its_attribute() -> None:
    assert cell_of("<b hidden>17</b>", "[hidden] { display: inline !important }").text == "17"
    assert cell_of("<b hidden>8</b>17", "b { font-weight: 400 }").text == "17"


UNKNOWN = {
    "the first letter": ("17", "td::first-letter { font-size: 0 }", "style"),
    "a part clipped away": ("<i>117</i>", "i { clip-path: inset(0 0 0 1ch) }", "style"),
    "a mask": ("<i>117</i>", "i { mask-image: url(m.png) }", "style"),
    "a blur": ("<i>17</i>", "i { filter: blur(9px) }", "style"),
    "an animation": ("<i>17</i>", "i { animation: gone 1s forwards }", "style"),
    "a screen's width": ("<i>8</i>17", "@media (max-width: 1300px) { i { display: none } }", "style"),
    "a selector of other browsers": ("<i>8</i>17", "i:of-no-browser(td) { display: none }", "style"),
    "nested beyond reason": ("17", "td{" * 40 + "i{display:none}" + "}" * 40, "style"),
    "moved to the next cell": ("<i>17</i>", "i { position: relative; left: 70px }", "order"),
    "moved to the row above": ("<i>17</i>", "i { margin-top: -24px; display: block }", "order"),
    "shifted": ("<i>17</i>", "i { display: block; transform: translate(70px, 0) }", "order"),
    "wider than its box": ("<i>1734</i>", "i { display: block; width: 2ch; overflow: hidden }", "cut"),
    "one of two lines": (
        "<b><i>17</i><i>94</i></b>",
        "b { display: block; height: 17px; overflow: hidden } i { display: block }",
        "cut",
    ),
    "a font of the page": (
        "17", "@font-face { font-family: S; src: url(data:font/ttf,A) } td { font-family: S }", "font",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_number_is_open_where_the_effect_of_a_style_is_not_known(name: str) -> None:
    inside, style, kind = UNKNOWN[name]
    assert kind in [each.kind for each in cell_of(inside, style).unread]


HARMLESS = [
    "border: 1px solid; border-collapse: collapse", "white-space: nowrap; word-break: break-all",
    "-webkit-font-smoothing: antialiased", "mso-pagination: none; layout-grid-mode: char",
    "transition: color 1s", "--accent: red", "width: 80px; overflow: hidden; display: block",
    "margin-left: -5.4pt", "filter: none",
    "text-indent: -18pt; margin-left: 18pt", "line-height: 1.5; padding: 0 5.4pt",
]  # fmt: skip


@pytest.mark.parametrize("style", HARMLESS)
def test_a_style_known_to_change_looks_alone_is_no_doubt(style: str) -> None:
    for cell in (
        cell_of(f"<p style='{style}'>17</p>"),
        cell_of("<p>17</p><i></i>", f"p {{ {style} }} i {{ display: none }}"),
    ):
        assert (cell.text, cell.unread, cell.doubt) == ("17", (), None)


def test_a_font_that_the_page_brings_for_all_of_its_text_is_a_doubt_only() -> None:
    style = "@font-face { font-family: Stat; src: url(a.woff) } body { font-family: Stat }"
    cell = cell_of("17", style)
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), "text-layer")
    assert cell_of("17", style.replace("src: url(a.woff)", "panose-1: 2 2")).doubt is None


def test_text_that_a_style_sheet_puts_in_the_place_of_stored_digits_is_read() -> None:
    cell = cell_of("8", "td { font-size: 0 } td::after { font-size: 13px; content: '17' }")
    assert cell.text.startswith("17")
    assert cell_of("17", "td::before { content: '1'; color: #fff }").text == "17"


def test_a_picture_behind_digits_that_are_sent_off_the_page_is_what_is_seen() -> None:
    style = "i { display: block; text-indent: -9999px; background-image: url(n.png) }"
    assert [each.kind for each in cell_of("<i>8</i>", style).unread] == ["picture"]


def test_what_replaces_or_covers_a_cell_leaves_it_open() -> None:
    shadow = "<span><template shadowrootmode=open><slot></slot>7</template>8</span>"
    assert [each.kind for each in cell_of(shadow).unread] == ["frame"]
    frame = "<div style='position:absolute;top:40px'><iframe srcdoc='<table>'></iframe></div>"
    assert [each.kind for each in cell_of("17", script=frame).unread] == ["frame"]
    number = "<div style='position:absolute;top:40px;left:90px;background:#fff'>17</div>"
    assert [each.kind for each in cell_of("8", script=number).unread] == ["frame"]


def test_values_that_a_script_sets_in_fields_leave_their_cells_open() -> None:
    field = "<input name=a value=8>"
    assert cell_of(field).text == "8"
    script = "<script>document.forms[0].a.value = '17'</script>"
    assert "script" in [each.kind for each in cell_of(field, script=script).unread]


def test_cells_of_a_row_that_a_style_reorders_are_open() -> None:
    style = "tr { display: flex } .last { order: 2 }"
    assert [each.kind for each in cell_of("17", style, "class=last").unread] == ["order"]


def row_of(table: str) -> list[Cell]:
    page = f"{table}<tr><td>行政处罚<td>17<td colspan=2>6</td></tr><tr><td>许可<td>1<td>2<td>3</tr></table>"
    (found,) = tables(read(page))
    return [cell for cell in found.cells if cell.row == 0]


@pytest.mark.parametrize(
    "table",
    ["<table dir=rtl>", "<style>table { direction: rtl }</style><table>", "<div dir=RTL><table>"],
)
def test_columns_that_run_from_right_to_left_are_read_as_they_are_seen(table: str) -> None:
    assert [(cell.column, cell.text) for cell in row_of(table)] == [(0, "6"), (2, "17"), (3, "行政处罚")]


def test_columns_of_a_table_that_says_so_run_from_left_to_right() -> None:
    assert [cell.text for cell in row_of("<div dir=rtl><table dir=ltr>")] == ["行政处罚", "17", "6"]
