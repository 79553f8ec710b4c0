"""Labels that speak of another year than the report's: last year's numbers beside this year's."""

import re

_LAST_YEAR = re.compile(r"上年|去年|上一年|上年度|上一年度|往年|同期|历年|累计")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def is_of_another_year(label: str, year: int | None) -> bool:
    """Say whether a label that is none of the form's speaks of another year, or of several.

    >>> [is_of_another_year(label, 2021) for label in ("2020年", "2021年", "上年同期")]
    [True, False, True]
    """
    plain = "".join(label.split())
    if _LAST_YEAR.search(plain):
        return True
    years = set(_YEAR.findall(plain))
    return bool(years) and year is not None and years != {str(year)}
