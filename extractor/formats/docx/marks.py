"""Marks in a paragraph's text that record how its runs are displayed.

Between run and cell, text passes through fields, joined paragraphs and generated numbers. The marks go with
it, and are removed when the cell or paragraph is created.
"""

from collections.abc import Callable
from typing import get_args

from extractor.document import DoubtKind, Unread, UnreadKind
from extractor.formats.painted import Look, Seen, raised_text, seen_of
from extractor.patterns import kept_pattern

# Unicode noncharacters: they never occur in text.
_BEGIN, _SAYS, _END = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKED = kept_pattern(f"{_BEGIN}([a-z-]*){_SAYS}([^{_BEGIN}{_END}]*){_END}")
_STRAY = kept_pattern(f"[{_BEGIN}{_SAYS}{_END}]")
_LOOKS: tuple[str, ...] = get_args(Look)
_UNREAD: tuple[str, ...] = get_args(UnreadKind)
_DOUBTS: tuple[str, ...] = get_args(DoubtKind)


def mark(kind: str, text: str = "") -> str:
    """Return marked text: with a look or a doubt, or the possible text of unread content of this kind."""
    return f"{_BEGIN}{kind}{_SAYS}{_STRAY.sub('', text)}{_END}"


def is_marked(text: str) -> bool:
    """Return whether a text contains marks."""
    return _BEGIN in text


def seen_in(text: str, clean: Callable[[str], str] = str.strip) -> Seen:
    """Return the visible content of a text with marks; the marks are removed.

    >>> seen_in("17" + mark("raised", "1")).printed, seen_in(mark("picture")).unread[0].kind
    ('171', 'picture')
    """
    runs: list[tuple[str, Look]] = []
    unread: list[Unread] = []
    doubt: DoubtKind | None = None
    at, covers = 0, ""
    for found in _MARKED.finditer(text):
        runs.append((text[at : found.start()], "plain"))
        at, kind = found.end(), found[1]
        if kind in _LOOKS:
            runs.append((found[2], kind))  # type: ignore[arg-type]  # it is one of them
        elif kind in _UNREAD:
            unread.append(Unread(kind, found[2].strip()))  # type: ignore[arg-type]  # it is one of them
        elif kind == "cover":
            covers += found[2]
            runs.append((found[2], "plain"))
            doubt = "overlay"
        elif kind == "picture-number":
            unread.append(Unread("picture", found[2], shown=True))
        elif kind == "field-value":
            runs.append((found[2], "plain"))
            doubt = "field"
        elif kind in _DOUBTS:
            runs.append((found[2], "plain"))
            doubt = kind  # type: ignore[assignment]  # it is one of them
    runs.append((text[at:], "plain"))
    if any(map(str.isdigit, covers)):  # a box with a number hides what is written under it
        runs = [
            (covers, "plain"),
            *((run, "absent") for run, look in runs if look == "plain" and run not in covers),
        ]
    seen = seen_of(runs)
    plain = _lines(_STRAY.sub("", seen.text), clean)
    printed = None if seen.printed is None else _lines(_STRAY.sub("", seen.printed), clean)
    unread = [*seen.unread, *unread]
    return Seen(
        plain, None if printed == plain else printed, tuple(unread), seen.doubt or doubt, seen.left_out
    )


def running_text(text: str) -> str:
    """Return a paragraph with marks as printed; raised digits after a number become superscripts.

    >>> running_text("公开信息12" + mark("raised", "1") + "条")
    '公开信息12¹条'
    """
    told, at = [""], 0
    for found in _MARKED.finditer(text):
        if plain := text[at : found.start()]:
            told.append(plain)
        at, kind = found.end(), found[1]
        if kind == "raised":
            told.append(raised_text(told[-1], found[2]))
        elif kind in ("plain", "field-value") or kind in _DOUBTS:
            told.append(found[2])
    return _lines(_STRAY.sub("", "".join([*told, text[at:]])), str.strip)


def _lines(text: str, clean: Callable[[str], str]) -> str:
    """Return the lines of a text that are not blank."""
    return "\n".join(line for line in text.split("\n") if clean(line)) if "\n" in text else text
