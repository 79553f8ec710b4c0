"""Notices about glued cells: their whole text and place, and the readings that remain possible."""

from extractor.document import NOWHERE, Locator, Notice
from extractor.located import GluedCells
from extractor.settle.candidate import Candidate
from extractor.settle.tokens import Token

_NAMED_READINGS = 6  # readings that a notice lists before it says 等


def whole_text(glued: GluedCells) -> str:
    """Return the text of all pieces together."""
    return " ".join(piece.text for piece in glued.pieces)


def whole_locator(glued: GluedCells) -> Locator:
    """Return the place from the first piece to the last."""
    if not glued.pieces:
        return NOWHERE
    first, last = glued.pieces[0].locate(0, len(glued.pieces[0].text)), glued.pieces[-1]
    end = last.locate(0, len(last.text))
    if first.start is None or end.end is None:
        return first
    return Locator(line=first.line, column=first.column, start=first.start, end=end.end)


def search_bound_notice(key: str, glued: GluedCells) -> Notice:
    """Say that there are too many readings to try them all."""
    return Notice(
        "search-bound", f"{key}：“{whole_text(glued)}”可能的读法太多，未能穷尽", whole_locator(glued)
    )


def undecided_notice(glued: GluedCells, cells: list[str], given: list[Candidate]) -> Notice:
    """Say which cells are undecided, and list the readings that are left."""
    readings = list(dict.fromkeys("|".join(_text_of_token(t) for t in c.split) for c in given))
    shown = "、".join(readings[:_NAMED_READINGS]) + (" 等" if len(readings) > _NAMED_READINGS else "")
    names = "、".join(cells)
    ways = f"有 {len(readings)} 种读法：{shown}" if readings else "没有一种读法成立"
    return Notice("undecided", f"“{whole_text(glued)}”{ways}；未定的格：{names}", whole_locator(glued))


def _text_of_token(token: Token | None) -> str:
    return "空" if token is None or token.value is None else str(token.value)
