"""The code that joins the years of a place: today's code of its area, if it does not share it.

达县 became 达川区: one place. 崇文区 was merged into 东城区, which existed before: two places.
"""

from functools import cache

from extractor.recognize.issuer.divisions import (
    Division,
    divisions_become,
    divisions_named,
    in_year,
    parents,
)

STATE = "000000"


@cache
def code_through_years(division: Division) -> str:
    """Return the code that joins the years of a place."""
    today = division.today
    if not today and any(each.code == division.code for each in divisions_become(division.code)):
        return f"{division.code}/{division.last}"  # the code was later given to another place
    if not today or today == division.code:
        return division.code
    return division.code if any(_were_both(division, each) for each in divisions_become(today)) else today


def _were_both(one: Division, other: Division) -> bool:
    """Return whether two divisions existed in the same year."""
    if one.name == other.name or one == other:
        return False
    return other.first <= (one.last or 9999) and one.first <= (other.last or 9999)


def below(division: Division, name: str, year: int | None) -> Division | None:
    """Return the only county of a prefecture with this name, with or without its rank."""
    named = [each for rank in ("", "县", "区", "市", "新区") for each in divisions_named(name + rank)]
    within = [
        each
        for each in named
        if each.level == "county" and division.code in {above.code for above in parents(each, year)}
    ]
    found = in_year(dict.fromkeys(within), year)
    return found[0] if len(found) == 1 else None


def names_above(division: Division | None, year: int | None) -> tuple[str | None, str | None]:
    """Return the names of province and prefecture, including the division's own."""
    if division is None:
        return None, None
    levels = {each.level: each.name for each in (*parents(division, year), division)}
    return levels.get("province"), levels.get("prefecture")
