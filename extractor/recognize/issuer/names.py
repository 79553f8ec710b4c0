"""Decides whether two names mean the same agency, and which is more complete."""

from extractor.patterns import kept_pattern
from extractor.recognize.issuer.departments import canonical_department

_GOVERNMENT = kept_pattern(
    "(?:人民政府|政府|党工委|管委会|管理委员会|街道办事处|街道办|街道|机关)?(?:办公室|办公厅)?$"
)


def names_agree(one: str, other: str) -> bool:
    """Return whether two folded names can mean the same agency: equal, shortened, or its office.

    >>> names_agree("云岭县科委", "云岭县科学技术委员会"), names_agree("审计局", "云岭县审计局")
    (True, True)
    >>> names_agree("云岭县财政局", "云岭县审计局")
    False
    """
    shorter, longer = sorted((_stem(one), _stem(other)), key=len)
    return _is_shortened(shorter, longer) or _same_field(one, other)


def _same_field(one: str, other: str) -> bool:
    """True for two names of the same department (科委, 科技局), unless their places differ."""
    field = canonical_department(one)
    if field is None or canonical_department(other) != field:
        return False
    places = [kept_pattern("[^局厅委]*[省市县区旗州盟]").match(name) for name in (one, other)]
    first, second = (place.group() if place else "" for place in places)
    return first.endswith(second) or second.endswith(first)


def _stem(name: str) -> str:
    return _GOVERNMENT.sub("", name) or name


def _is_shortened(shorter: str, longer: str) -> bool:
    rest = iter(longer)
    return all(character in rest for character in shorter)


def better_name(name: str, others: list[str], text: str) -> str:
    """Return the most complete form of `name` among the others or in the text; else `name` itself."""
    best = name
    for other in others:
        if len(other) > len(best) and _completes(other, name):
            best = other
    if best == name and name[-1] in "区市县州旗盟省镇乡":
        for government in ("人民政府", "管委会", "管理委员会"):
            if name + government in text:
                return name + government
    return best


def _only_stutters(longer: str, name: str) -> bool:
    """True if the text is the name with a part of it printed twice: 旅游局局 for 旅游局."""
    size = len(longer) - len(name)
    return any(
        longer[at : at + size] == longer[at + size : at + 2 * size]
        and longer[:at] + longer[at + size :] == name
        for at in range(len(longer) - 2 * size + 1)
    )


def _completes(longer: str, name: str) -> bool:
    if _only_stutters(longer, name):
        return False
    if longer.endswith(name):
        return True
    if longer.endswith(("办公室", "办公厅")) and not name.endswith(("办公室", "办公厅", "办")):
        return False
    return longer[-1] == name[-1] and _is_shortened(name, longer)
