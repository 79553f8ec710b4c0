"""One script with the English of form labels and places in sources, shared by all pages.

Every report repeats them, in some two hundred cells; both languages side by side would double each page.
"""

from pathlib import Path

import msgspec

from extractor.document import Locator
from extractor.forms import english_labels
from extractor.messages import translated
from extractor.patterns import kept_pattern
from extractor.rules.wording import place_in_words

NAME = "static/english.js"  # path in the site; site.js loads it when a reader chooses English
NUMBER = "#"  # placeholder for every number in a place
_DIGITS = kept_pattern(r"\d+")
_BOX = (1.0, 1.0, 1.0, 1.0)
_PLACES = (
    Locator(page=1), Locator(page=1, bbox=_BOX), Locator(path="/table/tr[1]/td[1]"), Locator(table=1),
    Locator(table=1, row=1), Locator(table=1, row=1, column=1), Locator(table=1, column=1),
    Locator(paragraph=1), Locator(line=1), Locator(line=1, column=1),
)  # fmt: skip


def english_places() -> dict[str, str]:
    """Return descriptions of places, Chinese → English.

    Each number is replaced by #; the order of numbers is the same in both languages.
    """
    told = (place_in_words(place) for place in _PLACES)
    return {_numberless(chinese): _numberless(translated(chinese, "en")) for chinese in told}


def _numberless(text: str) -> str:
    return _DIGITS.sub(NUMBER, text)


def write_english(site: Path) -> None:
    """Write the script."""
    told = {"labels": english_labels(), "places": english_places()}
    (site / NAME).write_bytes(b"extractorEnglish(" + msgspec.json.encode(told) + b");\n")
