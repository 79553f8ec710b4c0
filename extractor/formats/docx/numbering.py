"""The numbers that Word generates before paragraphs, counted as Word does.

Lists that share a definition share their counters; a start override takes effect where
its list is first used at that level. Bullets are not numbers and give no label.
"""

import re

from msgspec import Struct

from extractor.formats.docx.package import W
from extractor.formats.docx.serials import knows, write_serial
from extractor.formats.docx.styles import ParagraphStyle, Styles, is_on, value_of, whole_number
from extractor.formats.package import Element
from extractor.patterns import kept_pattern

_LEVELS = 9
_PLACEHOLDER = kept_pattern(r"%([1-9])")
_DIGIT_AHEAD = kept_pattern(r"[0-9０-９]")


class _Level(Struct, frozen=True):
    start: int
    fmt: str
    text: str
    suffix: str  # tab, space or nothing
    legal: bool  # every number of the label in decimal
    restart: int  # the counter restarts after a level below this one was used; 0 means never
    style: str | None
    hidden: bool


class _List(Struct, frozen=True):
    """One w:num: the id of its definition, its (at most nine) levels, its start overrides."""

    definition: str
    levels: dict[int, _Level]
    overrides: dict[int, int]


class Numbering:
    """Gives one label after another in document order. One instance reads one document once."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Take the root of the numbering part; None means that the file has no lists."""
        self._root = root
        self._styles = styles
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self.unknown_formats: set[str] = set()

    def label(self, properties: Element | None, style: ParagraphStyle) -> tuple[str, str]:
        """Count one paragraph and return its label and what follows it: tab, space or nothing.

        Args:
            properties: the w:numPr of the paragraph itself; None if it has none.
            style: the paragraph's resolved style.
        """
        num_id = value_of(properties, "numId") or style.num_id
        if not self._nums or num_id is None or num_id == "0":
            return "", "nothing"
        numbered = self._list(num_id)
        if numbered is None:
            return "", "nothing"
        index = _level_index(numbered, properties, style)
        level = numbered.levels.get(index)
        if level is None:
            return "", "nothing"
        values = self._count(num_id, numbered, index)
        return self._write(numbered, level, values), level.suffix

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._build(num_id)
        return self._lists[num_id]

    def _build(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        definition = self._definition_of(num)
        if num is None or definition is None:
            return None
        levels = _levels_in(definition)
        overrides = {}
        for override in num.iterfind(f"{W}lvlOverride"):
            levels |= _levels_in(override)
            start = whole_number(value_of(override, "startOverride"))
            index = whole_number(override.get(f"{W}ilvl"))
            if start is not None and index is not None:
                overrides[index] = start
        return _List(definition.get(f"{W}abstractNumId", ""), levels, overrides)

    def _definition_of(self, num: Element | None) -> Element | None:
        """Follow w:numStyleLink through its numbering style to the definition with levels."""
        for _ in range(_LEVELS):  # stop if numStyleLink references are circular
            definition = self._definitions.get(value_of(num, "abstractNumId") or "")
            link = value_of(definition, "numStyleLink")
            if link is None:
                return definition
            num = self._nums.get(self._styles.numbering_of(link) or "")
        return None

    def _count(self, num_id: str, numbered: _List, index: int) -> list[int]:
        counters = self._counters.setdefault(numbered.definition, [None] * _LEVELS)
        start = numbered.overrides.get(index, numbered.levels[index].start)
        current = counters[index]
        fresh = index in numbered.overrides and (num_id, index) not in self._overridden
        self._overridden.add((num_id, index))
        counters[index] = start if current is None or fresh else current + 1
        for deeper in range(index + 1, _LEVELS):
            level = numbered.levels.get(deeper)
            if level is None or index < level.restart:
                counters[deeper] = None
        return [_counter_or_start(counters[each], numbered, each) for each in range(_LEVELS)]

    def _write(self, numbered: _List, level: _Level, values: list[int]) -> str:
        if level.fmt == "bullet" or level.hidden:
            return ""

        def serial(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            named = numbered.levels.get(index)
            fmt = "decimal" if level.legal or named is None else named.fmt
            return self._serial(values[index], fmt)

        return _PLACEHOLDER.sub(serial, level.text)

    def _serial(self, value: int, fmt: str) -> str:
        if fmt.startswith("padded:"):
            return str(value).zfill(int(fmt.removeprefix("padded:")))
        if fmt == "bullet":
            return ""
        if not knows(fmt):
            self.unknown_formats.add(fmt)
        return write_serial(value, fmt)


def put_before(label: str, suffix: str, text: str) -> str:
    """Return the paragraph as printed: the generated label, then its text.

    Word puts a tab between them; here a blank is put only between characters that would otherwise form one
    number or word.

    >>> put_before("一、", "tab", "总体情况"), put_before("1.", "tab", "2023年")
    ('一、总体情况', '1. 2023年')
    >>> put_before("1", "tab", "总则"), put_before("1", "nothing", "总则")
    ('1 总则', '1总则')
    """
    if not label or not text:
        return label or text
    if suffix == "space":
        return f"{label} {text}"
    runs_together = label[-1].isalnum() or (label[-1] in ".．" and _DIGIT_AHEAD.match(text))
    return f"{label} {text}" if suffix == "tab" and runs_together else label + text


def _by_id(root: Element | None, name: str, key: str) -> dict[str, Element]:
    return {} if root is None else {each.get(W + key, ""): each for each in root.iterfind(W + name)}


def _levels_in(parent: Element) -> dict[int, _Level]:
    levels = {}
    for element in parent.iterfind(f"{W}lvl"):
        index = whole_number(element.get(f"{W}ilvl"))
        if index is not None and 0 <= index < _LEVELS:
            levels[index] = _read_level(element, index)
    return levels


def _read_level(element: Element, index: int) -> _Level:
    restart = whole_number(value_of(element, "lvlRestart"))
    return _Level(
        start=whole_number(value_of(element, "start")) or 0,
        fmt=_format_of(element),
        text=value_of(element, "lvlText") or "",
        suffix=value_of(element, "suff") or "tab",
        legal=is_on(element.find(f"{W}isLgl")),
        restart=index if restart is None else restart,
        style=value_of(element, "pStyle"),
        hidden=is_on(element.find(f"{W}rPr/{W}vanish")),
    )


def _format_of(level: Element) -> str:
    # A custom format comes in an alternative before its fallback: "001, 002, 003, ...".
    element = next(level.iter(f"{W}numFmt"), None)
    if element is None:
        return "decimal"
    fmt: str = element.get(f"{W}val", "decimal")
    first = element.get(f"{W}format", "").partition(",")[0].strip()
    return f"padded:{len(first)}" if fmt == "custom" and first.isdigit() else fmt


def _level_index(numbered: _List, properties: Element | None, style: ParagraphStyle) -> int:
    own = whole_number(value_of(properties, "ilvl"))
    if own is not None:
        return own
    if value_of(properties, "numId") is not None:
        return 0
    if style.ilvl is not None:
        return style.ilvl
    linked = {level.style: index for index, level in numbered.levels.items() if level.style}
    return next((linked[each] for each in style.ids if each in linked), 0)


def _counter_or_start(counter: int | None, numbered: _List, index: int) -> int:
    """Return the number that a level shows: its counter, or its start if it is unused."""
    if counter is not None:
        return counter
    level = numbered.levels.get(index)
    return numbered.overrides.get(index, level.start if level else 0)
