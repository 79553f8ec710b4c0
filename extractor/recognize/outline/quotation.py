"""Mask words in quotation marks, so that no heading begins, ends or is cut inside them."""

from extractor.patterns import kept_pattern, late_pattern

_PAIRS = {"“": "”", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_MARKS = kept_pattern("[“”「」『』《》〈〉\n\r\uffff]")
_INK = late_pattern(r"\S")
_LONGEST = 60  # longest quotation, in characters: beyond it, a closing mark was probably forgotten
_NEUTRAL = "文"


def with_neutral_quotations(text: str) -> str:
    """Return the text, of the same length, with a neutral character for each one that is quoted.

    A mark not closed on the same line is ignored.

    >>> with_neutral_quotations("（一）坚持“常态。例外”相结合。")
    '（一）坚持“文文文文文”相结合。'
    """
    parts, done = [], 0
    begin, closing = 0, ""  # of the quotation that is open: after its mark, and the mark that ends it
    for mark in _MARKS.finditer(text):
        sign, at = mark[0], mark.start()
        if sign in "\n\r\uffff":
            closing = ""
        elif sign in _PAIRS:
            if not closing or closing == _PAIRS[sign]:
                begin, closing = at + 1, _PAIRS[sign]
        elif sign == closing:
            if at - begin <= _LONGEST:
                parts += [text[done:begin], _neutral(text[begin:at])]
                done = at
            closing = ""
    return "".join((*parts, text[done:])) if parts else text


def _neutral(quoted: str) -> str:
    has_blanks = quoted.split() != [quoted]
    return _INK.sub(_NEUTRAL, quoted) if has_blanks else _NEUTRAL * len(quoted)
