"""Days as pages, lists and addresses write them."""

import re
from datetime import date

from extractor.patterns import kept_pattern

DAY = r"((?:19|20)\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})"
_DAYS = kept_pattern(DAY)


def iso_day(found: re.Match[str] | None) -> str:
    """Return the day that a match's three groups name as ISO; "" where there is no match or no such day."""
    if found is None:
        return ""
    year, month, day = (int(group) for group in found.groups() if group is not None)
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of February
        return ""


def first_day_in(text: str) -> str:
    """Return the first day that a text names; "" where it names none.

    >>> first_day_in("〔2024年1月9日〕"), first_day_in("2024-02-31")
    ('2024-01-09', '')
    """
    return iso_day(_DAYS.search(text))


def one_day_in(text: str) -> str:
    """Return the day that a text names; "" where it names none, or days that differ.

    >>> one_day_in("年度报告 2024-01-09"), one_day_in("2024-01-09至2024-02-09")
    ('2024-01-09', '')
    """
    days = {iso_day(found) for found in _DAYS.finditer(text)}
    return days.pop() if len(days) == 1 else ""
