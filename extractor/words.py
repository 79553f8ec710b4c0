"""The words that people read instead of codes, in Chinese and in English (data/words.yaml)."""

from functools import cache
from typing import Literal

from extractor.definitions import load_definition

Language = Literal["zh", "en"]


@cache
def all_words() -> dict[str, dict[str, tuple[str, str]]]:
    """Load the words: kind of code → code → Chinese, English."""
    return load_definition("words.yaml", dict[str, dict[str, tuple[str, str]]])


def word(kind: str, code: str, language: Language = "zh") -> str:
    """Return the word for a code; the code itself if there is none.

    >>> word("verdict", "inconsistent")
    '报告自身的数字不平'
    >>> word("level", "township", "en")
    'township'
    """
    known = all_words().get(kind, {}).get(code)
    return known[language == "en"] if known else code


def words_of(kind: str, language: Language = "zh") -> dict[str, str]:
    """Return the words for all codes of a kind."""
    return {code: both[language == "en"] for code, both in all_words()[kind].items()}


@cache
def _page_words() -> dict[str, tuple[str, str]]:
    return load_definition("pages.yaml", dict[str, tuple[str, str]])


def said(key: str, language: Language = "zh") -> str:
    """Return a text used on pages. Raise KeyError for an unknown key.

    >>> said("save-csv", "en")
    'Save as CSV'
    """
    return _page_words()[key][language == "en"]
