"""Word fields: the result is text, the instruction is not, except where Word draws it.

A field may begin in one paragraph and end in another (a table of contents does). If a field never gets to its
result it is broken, and its instruction is read as text.
"""

import re
from itertools import chain

from extractor.formats.docx.package import VAL, W
from extractor.formats.docx.serials import write_serial
from extractor.formats.docx.styles import value_of, whole_number
from extractor.formats.package import Element
from extractor.patterns import kept_pattern

# 带圈字符: Word draws the last argument inside the first and stores no result.
_ENCLOSED = kept_pattern(
    r"^\s*eq\s*\\o\s*(?:\\a[lcr]\s*)?\(\s*([○〇△□◇◯])\s*[,，;；]\s*(.+?)\s*\)\s*$", re.IGNORECASE
)
_DRAWN = kept_pattern(r"^\s*eq\b(.*)$", re.IGNORECASE | re.DOTALL)


class Fields:
    """Collects the text of one paragraph at a time and keeps track of open fields."""

    def __init__(self) -> None:
        """Start outside all fields."""
        self._parts: list[str] = []
        self._open: list[list[str] | None] = []  # the instruction so far; None once the result has begun
        self._instructing = 0  # number of open fields that are still in their instruction
        self._held: list[tuple[int, str]] = []  # text inside instructions, by index
        self._shown: list[str] = []  # text displayed by open form fields

    @property
    def instruction(self) -> str | None:
        """Return the instruction of the innermost field; None once its result has begun."""
        return "".join(self._open[-1]) if self._open and self._open[-1] is not None else None

    @property
    def in_field(self) -> bool:
        """Return whether any field is open."""
        return bool(self._open)

    def put(self, text: str) -> None:
        """Add text; inside an instruction it is held back."""
        if self._instructing:
            self._held.append((len(self._parts), text))
        else:
            self._parts.append(text)

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and self._open[-1] is not None:
            self._open[-1].append(text)

    def mark(self, kind: str) -> None:
        """Handle a field character: begin, separate or end. Unpaired ones are ignored."""
        if kind == "end" and self._shown and len(self._open) == 1:
            self._parts.append(self._shown.pop())
        if kind == "begin":
            self._open.append([])
            self._instructing += 1
        elif kind == "separate" and self._open and self._open[-1] is not None:
            self._open[-1] = None
            self._leave_instruction()
        elif kind == "end" and self._open:
            instruction = self._open.pop()
            if instruction is not None:
                self._leave_instruction()
                self.put(drawn_text("".join(instruction)))

    def hold(self, text: str) -> None:
        """Keep the text that a form field displays; it is added when the field ends."""
        self._shown = [text]

    def take(self) -> str:
        """Return the paragraph's text and start the next one."""
        if self._instructing:
            self._give_back()
        text = "".join(self._parts)
        self._parts = []
        return text

    def _leave_instruction(self) -> None:
        self._instructing -= 1
        if not self._instructing:
            self._held = []

    def _give_back(self) -> None:
        places = chain(
            ((place, 0, text) for place, text in self._held),
            ((place, 1, text) for place, text in enumerate(self._parts)),
        )
        self._parts = [text for _, _, text in sorted(places, key=lambda each: each[:2])]
        self._open = [None] * len(self._open)
        self._instructing = 0
        self._held = []


def drawn_text(instruction: str) -> str:
    r"""Return the text that Word draws for a field without a result.

    >>> drawn_text(r" eq \o\ac(○,3) "), drawn_text(" XE 目录 "), drawn_text(r"EQ \f(1,2)")
    ('③', '', '\\f(1,2)')
    """
    enclosed = _ENCLOSED.match(instruction)
    if enclosed:
        inner = enclosed[2]
        circle = enclosed[1] in "○〇◯" and inner.isascii() and inner.isdigit() and 0 < int(inner) <= 50
        return write_serial(int(inner), "decimalEnclosedCircle") if circle else inner
    drawn = _DRAWN.match(instruction)
    # Other drawings (a fraction, a matrix) stay as code, which is visibly not a number.
    return drawn[1].strip() if drawn else ""


def chosen_of(form: Element) -> str:
    """Return the selected entry of a drop-down list."""
    entries = [each.get(VAL, "") for each in form.iterfind(f"{W}ddList/{W}listEntry")]
    chosen = value_of(form, "ddList", "result") or value_of(form, "ddList", "default")
    at = whole_number(chosen) or 0
    return entries[at] if 0 <= at < len(entries) else ""
