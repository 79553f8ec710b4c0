"""Fast path for Word cells with only paragraphs of plain text, as most cells of reports are.

Cells with anything else are read by body.py.
"""

from extractor.formats.docx.package import VAL, W
from extractor.formats.docx.styles import ASKED_OF_MARKS, NUMPR, PPR, PSTYLE, VANISH, Styles
from extractor.formats.docx.tables import TCPR
from extractor.formats.docx.text import RPR, P, R, T, plain_text
from extractor.formats.package import Element

_SHOWING_NOTHING = frozenset(W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr"))


def plain_lines(cell: Element, styles: Styles) -> list[str] | None:
    """Return the non-blank lines of a w:tc; None if it may contain more than plain text."""
    lines: list[str] = []
    for child in cell:
        tag = child.tag
        if tag == P:
            text = _text_of(child, styles)
            if text is None:
                return None
            if text.strip():
                lines.append(text)
        elif tag != TCPR:
            return None
    return lines


def _text_of(paragraph: Element, styles: Styles) -> str | None:
    texts: list[str] = []
    style: str | None = None
    for child in paragraph:
        tag = child.tag
        if tag == R:
            for part in child:
                kind = part.tag
                if kind == T:
                    texts.append(plain_text(part))
                elif kind != RPR or next(part.iterchildren(VANISH), None) is not None:
                    return None
        elif tag == PPR:
            plain, style = _plain_style(child)
            if not plain:
                return None
        elif tag not in _SHOWING_NOTHING:
            return None
    known = styles.paragraph(style)
    return None if known.num_id or known.hidden else "".join(texts)


def _plain_style(properties: Element) -> tuple[bool, str | None]:
    """Return whether a w:pPr has no numbering and no hidden or deleted mark; and its style."""
    style: str | None = None
    for told in properties:
        tag = told.tag
        if tag == PSTYLE:
            style = told.get(VAL)
        elif tag == NUMPR or (tag == RPR and any(mark.tag in ASKED_OF_MARKS for mark in told)):
            return False, None
    return True, style
