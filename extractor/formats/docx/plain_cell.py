"""Fast path for Word cells with only paragraphs of plain text, as most cells of reports are.

Cells with anything else are read by body.py.
"""

from extractor.formats.docx.package import W, WordPackage
from extractor.formats.docx.styles import ASKED_OF_MARKS, NUMPR, PPR, PSTYLE, VANISH, Styles, value_of
from extractor.formats.docx.tables import TCPR
from extractor.formats.docx.text import RPR, P, R, T, plain_text
from extractor.formats.package import Element

_SHOWING_NOTHING = frozenset(W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr"))


class PlainCells:
    """Reads the plain cells of one document, asking their elements only for what it has at all."""

    def __init__(self, styles: Styles, package: WordPackage) -> None:
        """Take the styles and the package, whose body has been read."""
        self._styles = styles
        self._plain_styles: dict[str | None, bool] = {}
        self._styled = package.has(PSTYLE)
        self._vanishing = package.has(VANISH)
        self._marked = package.has(NUMPR, *ASKED_OF_MARKS)

    def text(self, cell: Element) -> str | None:
        """Return the non-blank lines of a w:tc; None if it may contain more than plain text."""
        lines: list[str] = []
        for child in cell:
            tag = child.tag
            if tag == P:
                text = self._text_of(child)
                if text is None:
                    return None
                if text.strip():
                    lines.append(text)
            elif tag != TCPR:
                return None
        return "\n".join(lines)

    def _text_of(self, paragraph: Element) -> str | None:
        texts: list[str] = []
        style: str | None = None
        for child in paragraph:
            tag = child.tag
            if tag == R:
                for part in child:
                    kind = part.tag
                    if kind == T:
                        texts.append(plain_text(part))
                    elif kind != RPR or (
                        self._vanishing and next(part.iterchildren(VANISH), None) is not None
                    ):
                        return None
            elif tag == PPR:
                if self._marked and not _is_plain(child):
                    return None
                if self._styled:
                    style = value_of(child, "pStyle")
            elif tag not in _SHOWING_NOTHING:
                return None
        return "".join(texts) if self._is_plain_style(style) else None

    def _is_plain_style(self, style: str | None) -> bool:
        known = self._plain_styles.get(style)
        if known is None:
            told = self._styles.paragraph(style)
            known = self._plain_styles[style] = not (told.num_id or told.hidden)
        return known


def _is_plain(properties: Element) -> bool:
    """Return whether a w:pPr has no numbering and no hidden or deleted mark."""
    for told in properties:
        tag = told.tag
        if tag == NUMPR or (tag == RPR and any(mark.tag in ASKED_OF_MARKS for mark in told)):
            return False
    return True
