"""Reads a cell element by element: its visible text, and what in it could not be read."""

import re
from unicodedata import category

from msgspec import structs
from selectolax.lexbor import LexborNode

from extractor.document import DoubtKind, Unread, UnreadKind
from extractor.formats.html import elements
from extractor.formats.html.addresses import any_data_of
from extractor.formats.html.colors import is_faint
from extractor.formats.html.composed import number_in_svg, shadow_of
from extractor.formats.html.displaced import pixels
from extractor.formats.html.looks import Looks
from extractor.formats.html.page import BREAK, is_icon, tidy
from extractor.formats.html.paint import ElementPaint, font_size, paint_of
from extractor.formats.html.runs import TextRun, TextState, doubts_of, is_reordered, look_of
from extractor.formats.html.sheet import inline_values
from extractor.formats.html.values import generated_text, value_shown
from extractor.formats.painted import Seen, seen_of
from extractor.patterns import kept_pattern, late_pattern

_UNREAD: dict[str, UnreadKind] = {
    **dict.fromkeys(("canvas", "meter", "progress", "math", "svg", "v:shape"), "drawing"),
    **dict.fromkeys(("object", "embed", "applet", "video", "audio", "o:oleobject"), "object"),
    "iframe": "frame",
}
_SPACER = late_pattern(r"spacer|blank\.gif|transparent|filetypeimages|/ico[ns]?[/_-]", re.IGNORECASE)
_BLOCKS = elements.BOXES | elements.CONTAINERS | {"tr", "hr"}
_SILENT = ("style", "template", "noscript", "title", "rt", "rp", "rtc", "datalist", "head", "noframes")
_WRITTEN = late_pattern(r"document\.write(?:ln)?\(\s*([\"'])([^\"'<>]{0,40})\1\s*\)\s*;?\s*")
_SIMPLE_MATH = ("math", "mrow", "mn", "mo", "mi", "mtext", "mstyle", "semantics")
_SMALL = 3  # pixels: no digit fits into such a narrow picture


def read_cell(cell: LexborNode, looks: Looks) -> Seen:
    """Return the visible content of a cell, without nested tables."""
    reader = _CellReader(looks)
    above: list[LexborNode] = []
    around = cell.parent
    while around is not None:
        above.append(around)
        around = around.parent
    state = TextState()
    for node in reversed(above):
        state = reader.inside(node, state)
        if node.tag not in ("tr", "tbody", "thead", "tfoot"):
            # A table hidden as a whole may be the report's only one, so its own hiding is ignored here.
            state = structs.replace(
                state, hidden=False, absent=False, shown=True, displaced=False, unsure=False, room=None, low=0
            )
    reader.pictured = False  # pictures behind the cell are only background
    reader.read(cell, structs.replace(state, moved=0, foreign=min(state.foreign, 1)))
    if cell.mem_id in looks.cut:
        reader.doubt = reader.doubt or "hidden-text"
    if cell.mem_id in looks.scripted:
        reader.unread.append(Unread("script"))
    if (kind := looks.unread.get(cell.mem_id)) and (kind != "order" or reader.shows_digits()):
        reader.unread.append(Unread(kind))
    return reader.seen()


class _CellReader:
    """Reads the content of a cell in one pass."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.runs: list[TextRun] = []
        self.unread: list[Unread] = []
        self.doubt: DoubtKind | None = None
        self.moved = self.low = 0
        self.reversing = self.pictured = False

    def inside(self, node: LexborNode, state: TextState) -> TextState:
        """Return the state for the text inside an element."""
        tag, looks = node.tag or "", self.looks
        paint = looks.paints.get(node.mem_id)
        if paint is None:
            paint = paint_of(tag, inline_values(node)) if tag in _TELLING else _PLAIN
        faint = looks.faint.get(node.mem_id)
        bdo = tag == "bdo" and (node.attributes.get("dir") or "").lower() == "rtl"
        overridden = paint.overridden or bdo
        if paint is _PLAIN and faint is None and not overridden:
            return state
        self.moved += paint.moved
        self.reversing = self.reversing or paint.reversing
        # A background picture may be all that is visible, for example behind invisible text.
        self.pictured = self.pictured or (paint.pictured and not (state.hidden or paint.gone))
        size = font_size(paint.size, state.size) if paint.size else state.size
        return TextState(
            hidden=state.hidden or paint.gone or paint.unseen,
            absent=state.absent or paint.absent,
            shown=state.shown if paint.shown is None else paint.shown,
            faint=state.faint if faint is None else faint,
            blended=state.blended if faint is None else looks.blended.get(node.mem_id),
            struck=state.struck or bool(paint.struck),
            raised=state.raised if paint.raised is None else paint.raised,
            moved=self.moved if paint.moved else state.moved,
            turned=state.turned or paint.turned,
            overridden=state.overridden or overridden,
            size=size,
            displaced=state.displaced or paint.displaced,
            unsure=state.unsure or paint.unsure,
            room=pixels(paint.narrow, size) if paint.narrow else state.room,
            low=self._next_low() if paint.low and not state.low else state.low,
            foreign=state.foreign if paint.foreign is None else 2 * paint.foreign,
        )

    def _next_low(self) -> int:
        self.low += 1
        return self.low

    def read(self, cell: LexborNode, around: TextState) -> None:
        """Read everything in a cell in source order, without recursion, however deeply nested."""
        stack: list[tuple[LexborNode, TextState, bool]] = [(cell, around, True)]
        while stack:
            node, state, begins = stack.pop()
            if not begins:
                self.generate(node, "after", state)
                self.end_block(node)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self.runs.append(TextRun(node.text_content or "", state))
            elif tag == "br":
                self.runs.append(TextRun(BREAK, state))
            elif not tag.startswith(("-", "!")) and tag not in _SILENT:
                state = self.inside(node, state)
                self.end_block(node)
                if not self.takes_whole(node, tag, state) and not self.takes_shadow(node, state):
                    self.generate(node, "before", state)
                    stack.append((node, state, False))
                    stack.extend(reversed(_children(node, tag, state)))

    def takes_shadow(self, node: LexborNode, state: TextState) -> bool:
        """Read the text of an element's shadow tree in place of its own; return whether it has one."""
        shadow = shadow_of(node) if self.looks.shadowed else None
        if shadow is None:
            return False
        self.runs.append(TextRun(shadow, state))
        self.doubt = "overlay"  # older browsers show the other text
        return True

    def end_block(self, node: LexborNode) -> None:
        """Separate a block from what follows by a line break."""
        if node.tag in _BLOCKS:
            self.runs.append(TextRun(BREAK, TextState()))

    def takes_whole(self, node: LexborNode, tag: str, state: TextState) -> bool:
        """Handle a picture, form field or script, whose content is not text; return whether it was one."""
        if tag == "script":
            self.take_script(node)
        elif tag in elements.IMAGES:
            self.take_picture(node, state)
        elif tag in ("input", "select", "textarea", "button"):
            self.take_field(node, tag, state)
        elif tag == "li" and not node.text().strip():
            # All that it shows is its number, or what a style puts there.
            if not state.hidden and state.shown:
                self.unread.append(Unread("generated", node.attributes.get("value") or ""))
        elif tag == "math" and all(part.tag in _SIMPLE_MATH for part in node.css("*")):
            return False
        elif tag in _UNREAD:
            if not state.hidden and state.shown:
                number = number_in_svg(node, self.looks.parser) if tag == "svg" else None
                guess = number or node.attributes.get("srcdoc") or node.text()
                guess = tidy(kept_pattern("<[^>]*>").sub(" ", guess))[:20]
                self.unread.append(Unread(_UNREAD[tag], guess, shown=number is not None))
        else:
            return False
        return True

    def take_script(self, node: LexborNode) -> None:
        """Record that a script in the cell may write something; any text in it is kept as a guess."""
        written = _WRITTEN.fullmatch(node.text().strip())
        self.unread.append(Unread("script", written[2] if written else ""))

    def take_picture(self, node: LexborNode, state: TextState) -> None:
        """Record a picture, unless it is a spacer."""
        attributes = node.attributes
        sizes = (attributes.get("width") or "", attributes.get("height") or "")
        thin = any(size.isdecimal() and int(size) <= _SMALL for size in sizes)
        icon = is_icon(attributes) and any(run.is_seen for run in self.runs)
        if state.hidden or not state.shown or thin or icon or _SPACER.search(attributes.get("src") or ""):
            return
        data = any_data_of(attributes.get("src") or "")
        number = None
        if data:
            from extractor.formats.picture_number import number_in_file  # Pillow, which few pages need

            number = number_in_file(data)
        guess = number or tidy(attributes.get("alt") or "")[:20]
        self.unread.append(Unread("picture", guess, shown=number is not None))

    def take_field(self, node: LexborNode, tag: str, state: TextState) -> None:
        """Read the value that a form field shows."""
        attributes = node.attributes
        kind = (attributes.get("type") or "text").lower()
        if state.hidden or not state.shown or (tag == "input" and kind == "hidden"):
            return
        value = value_shown(node, tag, kind)
        if value is None or not value.strip():
            guess = attributes.get("placeholder") or ""
            if guess or value is None:
                self.unread.append(Unread("field", tidy(guess)[:20]))
            return
        self.runs.append(TextRun(value, state))
        self.doubt = "field"

    def generate(self, node: LexborNode, where: str, state: TextState) -> None:
        """Read the text that a style sheet generates before or after an element (::before, ::after)."""
        made = self.looks.generated.get(node.mem_id, {}).get(where)
        if made is None or "content" not in made.values:
            return
        text = generated_text(made, node)
        paint = paint_of("span", made.values)
        if state.hidden or paint.gone or paint.unseen or paint.shown is False or not state.shown:
            return
        if text is None or any(category(character) == "Co" for character in text):
            # a counter, a picture, or a private-use character of an icon font
            self.unread.append(Unread("generated"))
        elif any(character.isalnum() for character in text):
            raised = state.raised or bool(paint.raised)
            size = font_size(paint.size, state.size) if paint.size else state.size
            color = made.values.get("color")
            faint = state.faint if color is None else is_faint(color, "white")
            unsure = state.unsure or paint.unsure or paint.displaced
            state = structs.replace(state, raised=raised, size=size, faint=faint, unsure=unsure)
            self.runs.append(TextRun(text, state))

    def shows_digits(self) -> bool:
        """Return whether any digit is visible."""
        return any(run.is_seen and run.has_digit for run in self.runs)

    def seen(self) -> Seen:
        """Return the visible text of all runs, with what is unread or doubtful in them."""
        if self.looks.digits:
            self.runs = [run.drawn_as(self.looks.digits) for run in self.runs]
        shown = [run for run in self.runs if run.is_seen]
        size = max((run.state.size for run in shown if not run.state.struck), default=16.0)
        all_faint = self.looks.linked and bool(shown) and all(run.state.faint for run in shown)
        told = [look_of(run, size, all_faint, self.looks.settled) for run in self.runs]
        self.runs = [run.in_order for run in self.runs]
        runs = [(run.text, look) for run, look in zip(self.runs, told, strict=True)]
        seen = seen_of(runs)
        plain = [run for run, look in zip(self.runs, told, strict=True) if run.is_seen and look == "plain"]
        unread = list(seen.unread) + self.unread
        if is_reordered(plain) or (self.reversing and len(plain) > 1):
            unread.append(Unread("order", tidy(seen.text)))
        if self.pictured and not plain and all(each.kind == "covered" for each in unread):
            unread = [Unread("picture")]
        unread.extend(
            Unread(kind, tidy(seen.text))
            for kind in doubts_of(plain)
            if kind != "font" or not self.looks.digits
        )
        text, printed = tidy(seen.text), None if seen.printed is None else tidy(seen.printed)
        doubt = "hidden-text" if all_faint else seen.doubt or self.doubt
        if any(run.state.foreign and run.has_digit for run in plain):
            doubt = "glyphs" if self.looks.digits else "text-layer"
        return Seen(text, None if printed == text else printed, tuple(unread), doubt, seen.left_out)


def _children(node: LexborNode, tag: str, state: TextState) -> list[tuple[LexborNode, TextState, bool]]:
    """Return the children of an element with their states; of closed <details> only the summary is shown."""
    children = list(node.iter(include_text=True))
    if tag != "details" or "open" in node.attributes:
        return [(child, state, True) for child in children]
    summary = next((child for child in children if child.tag == "summary"), None)
    shown = None if summary is None else summary.mem_id
    folded = structs.replace(state, hidden=True)
    return [(child, state if child.mem_id == shown else folded, True) for child in children]


_PLAIN = ElementPaint()
_TELLING = ("s", "del", "strike", "sup", "sub")
