"""What is painted in the cells of a page: styles and elements that hide, mark, move or make text."""

import pytest
from html_pages import codes, read, reread, tables, texts

from extractor.document import Cell, Table


def only_table(page: str) -> Table:
    (table,) = tables(read(page))
    return table


def cell_of(inside: str, style: str = "", attributes: str = "", script: str = "") -> Cell:
    """Return the cell of a small table of data that holds this."""
    sheet = f"<style>{style}</style>" if style else ""
    rows = "".join(f"<tr><td>第{n}行<td>5<td>7</tr>" for n in range(3))
    page = (
        f"{sheet}<table><tr><td>行政处罚<td {attributes}>{inside}</td><td>6</td></tr>{rows}</table>{script}"
    )
    return next(cell for cell in only_table(page).cells if (cell.row, cell.column) == (0, 1))


HIDDEN = [
    "display:none", "visibility:hidden", "opacity:0", "opacity: .0", "color:#fff", "color:white", "zoom:0",
    "color:rgb(255,255,255)", "color:rgba(0,0,0,0)", "color:transparent", "color:hsl(0,0%,100%)",
    "-webkit-text-fill-color:transparent", "font-size:0", "position:absolute;left:-9999px",
    "position:absolute;clip:rect(0,0,0,0)", "position:absolute;clip:rect(1px 1px 1px 1px)",
    "background:#336699;color:#336699", "background:black;color:#000",
]  # fmt: skip
PROBABLY_HIDDEN = [
    "filter:alpha(opacity=0)", "color:#FEFEFE", "font-size:1px", "font-size:.1em", "font-size:10%",
    "font:1px/1 serif", "position:fixed;top:-1000px", "position:absolute;right:9999px", "clip-path:circle(0)",
    "position:relative;left:-999em", "margin-left:-9999px", "display:inline-block;text-indent:-9999px",
    "clip-path:inset(50%)", "position:absolute;width:1px;height:1px;overflow:hidden", "transform:scale(0)",
    "display:inline-block;width:0;overflow:hidden", "display:block;max-height:0;overflow:hidden",
    "transform:translateX(-9999px)", "content-visibility:hidden", "-webkit-text-security:disc",
    "mso-hide:all",
]  # fmt: skip


@pytest.mark.parametrize("style", [*HIDDEN, *PROBABLY_HIDDEN])
def test_what_a_style_hides_is_not_read(style: str) -> None:
    for cell in (
        cell_of(f"<span style='{style}'>8</span>17"),
        cell_of("<span class=x>8</span>17", f".x {{{style}}}"),
        cell_of("<i>8</i>17", f"td > i{{{style}!important}}"),
    ):
        doubt = None if style in HIDDEN else "hidden-text"
        assert (cell.text, cell.printed, cell.unread) == ("17", None, ())
        assert (cell.left_out, cell.doubt) == (doubt is None, doubt)


SHOWN = [
    "color:#333", "color:red", "opacity:.9", "font-size:9pt", "position:relative",
    "background:#336699;color:#fff",
    "text-decoration:underline", "visibility:visible", "vertical-align:baseline", "margin-left:-5.4pt",
    "background:url(dark.png);color:#fff", "color:windowtext", "overflow:hidden", "width:1px",
    "font-size:1.5em",
    "letter-spacing:2px", "text-indent:-18pt", "color:inherit", "clip:rect(0,0,0,0)",
    "mso-bidi-font-family:x",
]  # fmt: skip


@pytest.mark.parametrize("style", SHOWN)
def test_what_a_style_only_makes_look_otherwise_is_read(style: str) -> None:
    for cell in (
        cell_of(f"<span style='{style}'>1</span>7"),
        cell_of("<span class=x>1</span>7", f".x {{{style}}}"),
    ):
        assert (cell.text, cell.printed, cell.unread, cell.doubt) == ("17", None, (), None)


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        ("<s>12</s>17", ""), ("<del>12</del>17", ""), ("<strike>12</strike>17", ""),
        ("17<span style='text-decoration:line-through'>12</span>", ""),
        ("<b class=old>12</b>17", ".old{text-decoration-line:line-through}"),
        ("<s style='text-decoration:none'>1</s>7", ""),
    ],
)  # fmt: skip
def test_what_replaces_struck_text_is_read(inside: str, style: str) -> None:
    cell = cell_of(inside, style)
    assert (cell.text, cell.printed, cell.unread, cell.doubt) == ("17", None, (), None)


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        ("17<sup>1</sup>", ""), ("17<sub>1</sub>", ""), ("17<a href=#n><sup>1</sup></a>", ""),
        ("17<span style='vertical-align:super'>1</span>", ""), ("17<i>1</i>", "i{vertical-align:4pt}"),
        ("17<span style='position:relative;top:-6pt;mso-text-raise:6pt'>1</span>", ""),
        ("17<span style='font-size:9px;vertical-align:text-top'>1</span>", ""),
        ("17<b>1</b>", "b{font-variant-position:super}"),
        ("17", "td+td::after{content:'1';vertical-align:super}"),
    ],
)  # fmt: skip
def test_a_note_mark_is_printed_and_no_part_of_the_number(inside: str, style: str) -> None:
    cell = cell_of(inside, style)
    assert (cell.text, cell.printed, cell.unread) == ("17", "171", ())


@pytest.mark.parametrize(
    ("inside", "kind", "guess"),
    [
        ("<img src=a.gif>", "picture", ""), ("<img src=a.gif alt=17>", "picture", "17"),
        ("<img width=9 height=14 src=x1.gif>", "picture", ""), ("<canvas></canvas>", "drawing", ""),
        ("<svg><text>17</text></svg>", "drawing", "17"), ("<svg><path d='M0 0'/></svg>", "drawing", ""),
        ("<object data=a.swf></object>", "object", ""), ("<embed src=a.swf>", "object", ""),
        ("<iframe srcdoc='<b>17</b>'></iframe>", "frame", "17"),
        ("<meter value=17>17</meter>", "drawing", "17"),
        ("<script>document.write('17')</script>", "script", "17"),
        ("<script>show(17)</script>", "script", ""),
        ("<input placeholder=17>", "field", "17"), ("<input type=checkbox>", "field", ""),
        ("<select multiple><option>17</select>", "field", ""),
        ("<bdo dir=rtl>7</bdo>1", "order", "\u202e7\u202c1"),
        ("<span style='float:right'>7</span><span style='float:right'>1</span>", "order", "71"),
        ("<div style='display:flex;flex-direction:row-reverse'><b>7</b><b>1</b></div>", "order", "71"),
        ("<div style='display:flex'><b style='order:2'>7</b><b>1</b></div>", "order", "71"),
        ("7<span style='position:absolute;left:3px'>1</span>", "order", "71"),
        ("<span style='display:inline-block;transform:scaleX(-1)'>71</span>", "order", "71"),
        ("<span style='display:inline-block;transform:rotate(180deg)'>66</span>", "order", "66"),
        ("<s>17</s>", "struck", "17"), ("1<sup>2</sup>7", "mark", "127"),
        ("17<sup>123</sup>", "mark", "17123"), ("<sub>2 0</sub><b><sup>3</sup></b>17", "mark", "2 0317"),
        ("<math><msup><mn>1</mn><mn>7</mn></msup></math>", "drawing", "17"),
    ],
)  # fmt: skip
def test_what_is_no_text_leaves_the_cell_open(inside: str, kind: str, guess: str) -> None:
    (unread,) = cell_of(inside).unread
    assert (unread.kind, unread.guess) == (kind, guess)


@pytest.mark.parametrize(
    "inside",
    [
        "", "&nbsp;", "<img src=spacer.gif>", "<img src=a.gif width=1 height=1>", "<p><br></p>",
        "<input type=hidden value=17>", "<img src=a.gif style='display:none'>", "<a name=x></a>",
        "<!-- 17 -->", "<template>17</template>", "<canvas hidden></canvas>",
    ],
)  # fmt: skip
def test_a_cell_in_which_nothing_lies_is_empty(inside: str) -> None:
    assert not cell_of(inside).speaks


@pytest.mark.parametrize(
    "inside",
    [
        "<input value=17>", "<input type=text readonly value='17'>", "<textarea>17</textarea>",
        "<select><option>3<option selected>17</select>", "<select><option>17<option>3</select>",
        "<button>17</button>", "<input type=submit value=17>",
    ],
)  # fmt: skip
def test_the_value_of_a_form_field_is_read_and_no_more_than_that(inside: str) -> None:
    cell = cell_of(inside)
    assert (cell.text, cell.unread, cell.doubt) == ("17", (), "field")


@pytest.mark.parametrize(
    ("inside", "style", "text"),
    [
        ("", "td[data-v]::before{content:attr(data-v)}", "17"),
        ("", "td[data-v]:after{content:'1' \"7\"}", "17"),
        ("7", "td[data-v]::before{content:'1'}", "17"), ("17", "td::before{content:''}", "17"),
        ("17", "td::after{content:'.';visibility:hidden}", "17"),
        ("17", "td:hover::after{content:'3'}", "17"),
        ("17", "@media print{td::before{content:'9'}}", "17"),
        ("17", "@media (max-width:600px){td::before{content:attr(data-v)}}", "17"),
        ("17", "td::after{content:'3';display:none}", "17"),
    ],
)  # fmt: skip
def test_generated_text_is_read_where_it_is_plain(inside: str, style: str, text: str) -> None:
    cell = cell_of(inside, style, "data-v=17")
    assert (cell.text, cell.unread) == (text, ())


@pytest.mark.parametrize("content", ["counter(n)", "url(17.png)", "counters(n,'.')"])
def test_generated_content_that_is_no_text_leaves_the_cell_open(content: str) -> None:
    (unread,) = cell_of("", f"td[data-v]::before{{content:{content}}}", "data-v=17").unread
    assert unread.kind == "generated"


@pytest.mark.parametrize(
    ("attributes", "inside", "script"),
    [
        ("id=n17", "", "document.getElementById('n17').innerHTML=17"), ("id=n17", "-", "$('#n17').text(17)"),
        ("id=n17", "", "var d={n17:17};for(k in d)document.getElementById(k).innerText=d[k]"),
        ("class=num", "", "document.querySelectorAll('.num').forEach((e,i)=>e.textContent=v[i])"),
        ("", "", "t.rows[1].cells[1].innerHTML=17"), ("", "", "$('table td').eq(3).html(17)"),
        ("v-text=n", "", ""), ("data-bind='text: n'", "", ""), ("", "<b id=n17></b>", "n17.innerText=17"),
        ("", "", "document.getElementsByTagName('td')[4].innerText='17'"),
    ],
)  # fmt: skip
def test_a_cell_that_a_script_may_fill_is_open(attributes: str, inside: str, script: str) -> None:
    cell = cell_of(inside, "", attributes, f"<script>{script}</script>")
    assert [unread.kind for unread in cell.unread] == ["script"]


@pytest.mark.parametrize(
    "script",
    [
        "document.getElementById('hits').innerHTML=17", "var n17='id'", "share.init({td:1})", "",
        "document.getElementById('share').style.color='red'",
    ],
)  # fmt: skip
def test_a_script_that_does_other_things_fills_no_cell(script: str) -> None:
    assert not cell_of("", "", "id=n17", f"<script>{script}</script>").speaks


def test_a_rule_that_another_one_overrides_does_not_hold() -> None:
    style = ".x{display:none} td .x{display:inline} i{color:#fff} #y{color:black}"
    assert cell_of("<i id=y class=x>1</i>7", style).doubt is None
    assert cell_of("<i class=x style='display:inline;color:red'>1</i>7", ".x{display:none}").text == "17"
    assert cell_of("<i style='display:inline'>8</i>17", "i{display:none!important}").text == "17"


def test_what_is_hidden_may_hold_what_is_shown() -> None:
    inside = "<span style='visibility:hidden'>8<b style='visibility:visible'>17</b></span>"
    assert cell_of(inside).text == "17"


@pytest.mark.parametrize(
    ("inside", "style", "kind"),
    [
        ("<i style='display:inline-block;background:url(17.png)'></i>", "", "picture"),
        ("<i class=n></i>", ".n{background-image:url(17.png)}", "picture"),
        ("<i class=n></i>", ".n:before{content:'\\e617'}", "generated"),
        ("<b style='grid-column:2'>7</b><b style='grid-column:1'>1</b>", "", "order"),
        ("<b>17</b>", "td b{letter-spacing:-1em}", "order"),
    ],
)
def test_what_only_a_style_shows_leaves_the_cell_open(inside: str, style: str, kind: str) -> None:
    assert [unread.kind for unread in cell_of(inside, style).unread] == [kind]


def test_classes_that_hide_everywhere_and_variables_hide() -> None:
    assert cell_of("<i class=sr-only>8</i>17").doubt == "hidden-text"
    assert cell_of("<i>8</i>17", ":root{--w:#fff} td i{color:var(--w)}").text == "17"
    assert cell_of("<i style='font:0/0 a'>8</i>17").text == "17"


def test_white_text_on_a_dark_row_is_read() -> None:
    page = (
        "<style>.h{background:#0066cc;color:#fff}</style><table><tr class=h><td>信息内容<td>件数</tr>"
        "<tr><td>行政许可<td>17</tr><tr bgcolor=navy><td><font color=white>行政处罚</font>"
        "<td><font color=#ffffff>5</font></tr></table>"
    )
    told = "信息内容 件数 行政许可 17 行政处罚 5"
    assert " ".join(cell.text for cell in only_table(page).cells) == told
    assert all(cell.doubt is None for cell in only_table(page).cells)


def test_the_colours_of_attributes_hide_as_well() -> None:
    assert cell_of("<font color=white>8</font>17").text == "17"
    assert cell_of("<font color='#f00'>17</font>", "", "bgcolor=red").left_out


def test_where_style_sheets_are_not_known_a_wholly_white_cell_is_read_and_doubted() -> None:
    page = (
        "<link rel=stylesheet href=a.css>"
        "<table><tr><td>甲<td style='color:#fff'>{}</tr><tr><td>乙<td>2</table>"
    )
    whole = only_table(page.format("17")).cells[1]
    assert (whole.text, whole.doubt) == ("17", "hidden-text")
    part = only_table(page.format("<i style='color:#000'>17</i>8")).cells[1]
    assert (part.text, part.doubt) == ("17", "hidden-text")


def test_a_cell_that_is_not_visible_keeps_its_place() -> None:
    page = "<table><tr><td>甲<td style='visibility:hidden'>8</td><td>3</tr><tr><td>乙<td>2<td>4</table>"
    cells = only_table(page).cells[:3]
    assert [(cell.column, cell.text, cell.left_out) for cell in cells] == [
        (0, "甲", False),
        (1, "", True),
        (2, "3", False),
    ]


def test_hidden_text_is_said_once_a_document() -> None:
    hidden = "<i style='display:none'>8</i>"
    page = f"<table><tr><td>甲<td>{hidden}1<td>{hidden}2</tr><tr><td>乙<td>3<td>4</table>"
    document = read(page)
    assert codes(document).count("not-painted") == 1
    assert "2 格" in next(n.message for n in document.notices if n.code == "not-painted")


def test_the_second_reader_is_silent_where_text_is_not_plain() -> None:
    page = "<table><tr><td>甲<td>{}</tr><tr><td>乙<td>2</table>"
    assert reread(page.format("17")) is not None
    assert reread(page.format("17<sup>1</sup>")) is None
    assert reread(page.format("<i style='color:#fff'>1</i>7")) is None


def test_struck_prose_is_not_read() -> None:
    page = (
        "<style>.o{text-decoration:line-through}</style>"
        "<p>全年受理申请<s>12</s>17件。</p><p>另有<i class=o>3</i>5件。</p>"
    )
    assert texts(read(page)) == ["全年受理申请17件。", "另有5件。"]
