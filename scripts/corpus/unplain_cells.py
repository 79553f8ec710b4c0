"""Cells in which more or less is seen than the file stores: hidden, struck, raised, drawn, filled in.

A cell is written with a token in its place; each format puts its own markup there.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Generic, TypeVar

from msgspec import Struct, structs

from .draft import Draft
from .expected import Expected, ExpectedCell, expect
from .figures import Value
from .printing import Printed

OPEN = ("undecided", "unreadable")


Markup = TypeVar("Markup")  # text that a format writes, or what draws the cell


class Way(Struct, Generic[Markup], frozen=True):
    """How a format writes a cell of which not all is plain text."""

    markup: Callable[[str], Markup]  # of the number that a person sees
    is_open: bool = False  # the number cannot be read
    is_doubted: bool = False  # it can, and is doubted where no identity guards it
    is_optional: bool = False  # reading it and leaving it open are right, and a doubt as well


def _span(style: str, text: str) -> str:
    return f'<span style="{style}">{text}</span>'


HTML_WAYS: Mapping[str, Way[str]] = {
    "white": Way(lambda n: _span("color:#fff", "8") + n),
    "off-page": Way(lambda n: _span("position:absolute;left:-9999px", "3") + n),
    "by-class": Way(lambda n: f'<em class="note-old">61</em>{n}'),
    "tiny": Way(lambda n: n + _span("font-size:1px", "5"), is_doubted=True),
    "clipped": Way(
        lambda n: _span("position:absolute;clip:rect(0 0 0 0);width:1px;overflow:hidden", "9") + n
    ),
    "struck": Way(lambda n: f"<s>{int(n) + 4}</s>{n}"),
    "struck-by-style": Way(lambda n: _span("text-decoration:line-through", f"{int(n) + 11}") + n),
    "raised": Way(lambda n: f"{n}<sup>1</sup>"),
    "lowered-by-style": Way(lambda n: n + _span("vertical-align:sub", "2")),
    "generated": Way(lambda n: f'<b data-n="{n}" class="made"></b>'),
    "field": Way(lambda n: f'<input readonly value="{n}">', is_doubted=True),
    "picture": Way(lambda n: '<img src="n1.gif">', is_open=True),
    "canvas": Way(lambda n: "<canvas></canvas>", is_open=True),
    "written": Way(lambda n: f'<script>document.write("{n}")</script>', is_open=True),
    "reversed": Way(lambda n: f'<bdo dir="rtl">{n[::-1]}</bdo>'),
}
HTML_SHEET = "<style>.note-old{display:none}.made::before{content:attr(data-n)}</style>"


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _field(value: str) -> str:
    entries = f'<w:result w:val="1"/><w:listEntry w:val="0"/><w:listEntry w:val="{value}"/>'
    begin = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar>'
    )
    rest = ("<w:instrText> FORMDROPDOWN </w:instrText>", '<w:fldChar w:fldCharType="end"/>')
    return "".join(f"<w:r>{part}</w:r>" for part in (begin, *rest))


DOCX_WAYS: Mapping[str, Way[str]] = {
    "white": Way(lambda n: _run("8", '<w:color w:val="FFFFFF"/>') + _run(n)),
    "vanished": Way(lambda n: _run("61", "<w:vanish/>") + _run(n)),
    "tiny": Way(lambda n: _run(n) + _run("5", '<w:sz w:val="2"/>')),
    "struck": Way(lambda n: _run(f"{int(n) + 4}", "<w:strike/>") + _run(n)),
    "struck-twice": Way(lambda n: _run(n) + _run(f"{int(n) + 11}", "<w:dstrike/>")),
    "raised": Way(lambda n: _run(n) + _run("1", '<w:vertAlign w:val="superscript"/>')),
    "raised-by-position": Way(lambda n: _run("2", '<w:position w:val="10"/>') + _run(n)),
    "drop-down": Way(_field),
    "object": Way(lambda n: "<w:r><w:object/></w:r>", is_open=True),
    "shape": Way(lambda n: "<w:r><w:pict/></w:r>", is_open=True),
    "reversed": Way(lambda n: f'<w:bdo w:val="rtl">{_run(n[::-1])}</w:bdo>'),
}
_UNGUARDED = 3  # cells of table 二
_GUARDED = 3  # of table 三


def with_tokens(draft: Draft, ways: Mapping[str, Way[Markup]]) -> tuple[Draft, dict[str, Markup], Expected]:
    """Return the report with tokens in some cells, the markup for each token, and the answer to it."""
    rng = Random(f"unplain/{draft.truth.seed}")
    plain = [c for c, p in draft.truth.cells.items() if p.raw == str(p.value) and p.raw.isdecimal()]
    unguarded = [cell for cell in plain if cell.startswith("proactive.")]
    guarded = [cell for cell in plain if cell.startswith("requests.")]
    chosen = [
        *rng.sample(unguarded, min(_UNGUARDED, len(unguarded))),
        *rng.sample(guarded, min(_GUARDED, len(guarded))),
    ]
    markup: dict[str, Markup] = {}
    cells: dict[str, ExpectedCell] = {}
    printed: dict[str, Printed] = {}
    doubted = either = False
    for number, cell in enumerate(chosen):
        way = ways[rng.choice(list(ways))]
        value = draft.truth.cells[cell].value
        token = f"〔{'甲乙丙丁戊己'[number]}〕"
        markup[token] = way.markup(str(value))
        printed[cell] = structs.replace(draft.truth.cells[cell], raw=token)
        cells[cell] = _expected(way, value)
        doubted = doubted or way.is_open or (way.is_doubted and cell in unguarded)
        either = either or way.is_optional
    answer = expect(draft)
    verdicts = answer.verdicts
    if verdicts == ("verified",) and (doubted or either):
        verdicts = ("doubtful",) if doubted else ("doubtful", "verified")
    truth = structs.replace(draft.truth, cells=draft.truth.cells | printed)
    changed = structs.replace(draft, truth=truth)
    return changed, markup, structs.replace(answer, cells=answer.cells | cells, verdicts=verdicts)


def _expected(way: Way[Markup], value: Value | None) -> ExpectedCell:
    if way.is_open:
        return ExpectedCell(None, OPEN)
    return ExpectedCell(value, ("read", *OPEN) if way.is_optional else ("read",), optional=way.is_optional)


def with_markup(text: str, markup: Mapping[str, str], around: str = "{}") -> str:
    """Put the markup where the tokens are; `around` is what a format writes around a text."""
    for token, replacement in markup.items():
        text = text.replace(around.format(token), replacement)
    return text
