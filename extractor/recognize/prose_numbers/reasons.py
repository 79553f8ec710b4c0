"""Recognizes rows of table three by the reason in a clause: 因属于四类过程性信息不予公开69件 is one row."""

import re
from functools import cache

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern

# Then further rows may be counted as well, or the rows may be counted separately.
_NOT_ALONE = kept_pattern("等|主要|其中|各|或")
_ALL_REASONS = kept_pattern("等(?:各种|多种|各类)?(?:原因|理由|情形|情况)")


@cache
def _reasons() -> dict[str, re.Pattern[str]]:
    return {
        row: kept_pattern(
            f"(?:因|以|涉及|属于|保护|危及|申请人|[三四]类)*(?:{words})(?:的|为由|信息|申请|而|为)*"
        )
        for row, words in load_definition("reasons.yaml", dict[str, str]).items()
    }


def rows_named(text: str) -> tuple[str, ...]:
    """Return the rows of table three whose reasons a clause names; none if it may count others too."""
    if _NOT_ALONE.search(text):
        return ()
    return tuple(row for row, pattern in _reasons().items() if pattern.search(text))


def may_count_one_reason(text: str) -> bool:
    """Return whether a clause names a reason but may count others too: 因国家秘密等不予公开6件."""
    if not _NOT_ALONE.search(text) or _ALL_REASONS.search(text):
        return False
    return any(pattern.search(text) for pattern in _reasons().values())


def without_reasons(text: str) -> str:
    """Return a clause without the words of its reasons; unchanged if it may count others too."""
    for row in rows_named(text):
        text = _reasons()[row].sub("", text)
    return text
