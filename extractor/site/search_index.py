"""The search index: which reports contain a pair of consecutive characters, in shards.

Each shard is a script, because a page opened from disk may only load scripts.
"""

from array import array
from collections.abc import Iterable
from pathlib import Path

import msgspec

SHARDS = 64


class SearchIndex:
    """Collects the texts of reports and writes the shards."""

    def __init__(self) -> None:
        """Begin with an empty index."""
        self._listed: list[tuple[str, str, str]] = []
        self._found: dict[str, array[int]] = {}

    def add(self, address: str, title: str, about: str, texts: Iterable[str]) -> None:
        """Add a page.

        Args:
            address: Address of the page in the site.
            title: What the list of results shows.
            about: The line below it.
            texts: What is searched, title included.
        """
        number = len(self._listed)
        self._listed.append((address, title, about))
        pairs = {text[at : at + 2] for text in texts for at in range(len(text) - 1)}
        for pair in pairs:
            if pair.isalnum():
                self._found.setdefault(pair.lower(), array("I")).append(number)

    def join(self, other: "SearchIndex") -> None:
        """Append the pages of another index."""
        before = len(self._listed)
        self._listed += other._listed
        for pair, numbers in other._found.items():
            self._found.setdefault(pair, array("I")).extend(number + before for number in numbers)

    def write(self, folder: Path) -> None:
        """Write the list of pages and the shards."""
        folder.mkdir()
        shards: list[dict[str, list[int]]] = [{} for _ in range(SHARDS)]
        for pair, numbers in sorted(self._found.items()):
            whole = sorted(set(numbers))  # "Aa" and "aA" are the same pair
            steps = [number - before for before, number in zip([0, *whole], whole, strict=False)]
            shards[shard_of(pair)][pair] = steps
        (folder / "pages.js").write_bytes(b"extractorPages(" + msgspec.json.encode(self._listed) + b");\n")
        for number, shard in enumerate(shards):
            told = msgspec.json.encode(shard)
            (folder / f"{number}.js").write_bytes(b"extractorShard(%d," % number + told + b");\n")


def shard_of(pair: str) -> int:
    """Return the shard of a pair; search.js computes it in the same way.

    >>> shard_of("政府")
    30
    """
    return sum(pair.encode("utf-16-le")) % SHARDS
