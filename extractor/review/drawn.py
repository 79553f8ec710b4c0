"""A source rendered as HTML, and the element that shows each place."""

from html import escape

from msgspec import Struct, field

from extractor.document import Locator
from extractor.patterns import kept_pattern

_CONTROLS = kept_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Drawn(Struct, frozen=True):
    """The source as HTML in which every element that a locator can point at has a `data-k` key."""

    html: str
    keys: dict[Locator, tuple[str, ...]] = field(default_factory=dict)

    def keys_of(self, locator: Locator) -> tuple[str, ...]:
        """Return the keys of the elements that show a place; none if it is not shown."""
        exact = self.keys.get(locator)
        if exact is not None:
            return exact
        near = _nearest_path(locator, self.keys) if locator.path else None
        return self.keys[near] if near is not None else ()


def _nearest_path(locator: Locator, known: dict[Locator, tuple[str, ...]]) -> Locator | None:
    """Return the locator of the innermost element that contains the place."""
    path = locator.path or ""
    holding = [
        each for each in known if each.path and (path == each.path or path.startswith(f"{each.path}/"))
    ]
    return max(holding, key=lambda each: len(each.path or ""), default=None)


def text(words: object) -> str:
    """Return text of a source escaped for HTML."""
    return escape(_CONTROLS.sub("\ufffd", str(words)))
