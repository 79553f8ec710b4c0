"""Draws plain text; every span that a report points at can be highlighted."""

from collections.abc import Iterable
from itertools import pairwise

from extractor.document import Locator
from extractor.review.drawn import Drawn, text


def draw_text(words: str, locators: Iterable[Locator]) -> Drawn:
    """Draw a text in which the ranges of these locators have keys. Ranges may overlap."""
    stretches: dict[tuple[int, int], str] = {}
    keys: dict[Locator, tuple[str, ...]] = {}
    for locator in locators:
        own = []
        for part in (locator, *locator.more):
            if part.start is not None and part.end is not None and part.start < part.end <= len(words):
                own.append(stretches.setdefault((part.start, part.end), f"p{len(stretches)}"))
        keys[locator] = tuple(own)
    return Drawn(f'<pre class="paper">{_cut(words, stretches)}</pre>', keys)


def _cut(words: str, stretches: dict[tuple[int, int], str]) -> str:
    """Split the text wherever a range begins or ends; each part lists the ranges that cover it."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for (start, end), key in stretches.items():
        opening.setdefault(start, []).append(key)
        closing.setdefault(end, []).append(key)
    bounds = sorted({0, len(words), *opening, *closing})
    pieces, standing = [], dict[str, None]()
    for start, end in pairwise(bounds):
        for key in closing.get(start, ()):
            standing.pop(key, None)
        standing.update(dict.fromkeys(opening.get(start, ())))
        piece = text(words[start:end])
        pieces.append(f'<span data-k="{" ".join(standing)}">{piece}</span>' if standing else piece)
    return "".join(pieces)
