"""Mask words in quotation marks, so that no heading begins, ends or is cut inside them."""

import re

_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_MARKS = re.compile("[“”「」『』《》〈〉\n\r\uffff]")
_INK = re.compile(r"\S")
_LONGEST = 60  # longest quotation, in characters: beyond it, a closing mark was probably forgotten
_NEUTRAL = "文"


def with_neutral_quotations(text: str) -> str:
    """Return the text, of the same length, with a neutral character for each one that is quoted.

    A mark not closed on the same line is ignored.

    >>> with_neutral_quotations("（一）坚持“常态。例外”相结合。")
    '（一）坚持“文文文文文”相结合。'
    """
    parts, done = [], 0
    opened: re.Match[str] | None = None
    for mark in _MARKS.finditer(text):
        if mark.group() in "\n\r\uffff":
            opened = None
        elif mark.group() in _PAIRS:
            if opened is None or opened.group() == mark.group():
                opened = mark
        elif opened and mark.group() == _PAIRS[opened.group()]:
            if mark.start() - opened.end() <= _LONGEST:
                parts += [text[done : opened.end()], _INK.sub(_NEUTRAL, text[opened.end() : mark.start()])]
                done = mark.start()
            opened = None
    return "".join((*parts, text[done:])) if parts else text
