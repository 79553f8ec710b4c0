"""Departments under all their names: 科委, 科学技术委员会 and 科技局 are the same department."""

from functools import cache

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.divisions import longest_name_at

_RANK = late_pattern("(?:工作)?(?:委员会|办公室|总局|分局|局|厅|委|办|部|室|署)(?:机关)?$")
_BEFORE = late_pattern("^(?:国家|人民政府|政府|自治区|[省市县区旗州盟])(?=..)")


@cache
def _fields() -> dict[str, str]:
    fields = load_definition("agencies.yaml", dict[str, list[str]])
    return {stem: field for field, stems in fields.items() for stem in stems}


def canonical_department(name: str) -> str | None:
    """Return the field of a department under its present name; None if it is not in the list.

    The division before the name and its rank do not matter, nor does the year: 卫生局,
    卫计委 and 卫健委 are one.

    >>> canonical_department("嘉兴市科委"), canonical_department("科学技术厅")
    ('科学技术', '科学技术')
    >>> canonical_department("云岭县人民政府") is None
    True
    """
    bare = _without_divisions(name)
    stem = _RANK.sub("", bare)
    if len(stem) == 1 and bare != stem + "委":
        return None
    return _fields().get(stem) if stem != bare or bare == "海关" else None


def _without_divisions(name: str) -> str:
    at = 0
    while found := longest_name_at(name, at):
        at += len(found)
    rest = _BEFORE.sub("", name[at:])
    if at == 0:  # if the division is not in the list, cut behind its rank (县): 云岭县科委
        unknown = kept_pattern("[^局厅委]{2,9}?(?:自治[州县旗]|[省市县区旗盟州])(?:人民政府)?(?=..)").match(
            name
        )
        rest = name[unknown.end() :] if unknown else rest
    return _BEFORE.sub("", rest)
