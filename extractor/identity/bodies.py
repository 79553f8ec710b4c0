"""One body under all its names: 发改局 and 发展改革委 are 发展和改革, 环保局 is now 生态环境.

The names are data (data/bodies.yaml). An unlisted name is a separate body, as printed.
"""

from functools import cache
from typing import Literal

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.patterns import kept_pattern

How = Literal["printed", "spelling", "renamed"]

GOVERNMENT = "政府"
_OFFICE = "政府办公室"
_RANK = "(?:工作)?(?:委员会|办公室|总局|局|厅|委|办|部|署)"
_RANKED = kept_pattern(f"^(?P<stem>.+?)(?P<rank>{_RANK}|分局|支队|总队|大队)$")
_SQUADS = ("交通警察", "消防救援")  # bodies whose names end in squad (支队, 大队)
_OFFICE_NAME = kept_pattern("^(?:人民)?政府办(?:公[室厅])?$|^府办(?:公[室厅])?$")
_GOVERNMENT_NAME = kept_pattern("^(?:人民政府|政府|行政公署|行署)?$")
_UNDER_GOVERNMENT = kept_pattern("^(?:人民政府|政府)(?=..)")
_MACHINERY = kept_pattern("（本级）$|(?<=[局厅委办])(?:机关|本级)$")
# a second name in brackets: 园林绿化局（首都绿化办）
_SECOND_PLATE = kept_pattern("（[^（）]+(?<!分)[局委办]）$")
_TOWNSHIP = kept_pattern(
    "^(?:人民政府|政府)?(?P<name>.{1,8}?)(?P<rank>街道|街|镇|乡|苏木)"
    "(?:人民政府|政府|办事处|办|党政办)?(?:办公室)?$"
)
_BRANCH = kept_pattern("^(?P<body>.+?局)(?P<place>.{2,5})分局$")
_ZONE = kept_pattern(
    "^(?P<zone>.{0,12}?(?:实验区|开发区|高新区|经开区|示范区|新区|新城|园区|试验区|保税区|管理区|度假区|名胜区|工业园区?))"
    "(?P<rest>.*)$"
)
_ZONE_NAMES = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("经济技术开发区", "经开区"),
)
_AND = kept_pattern("[和与、]")
_COMMITTEE = kept_pattern("^(?:管理委员会|管委会)?$")
_SHORTENED = (("管理委员会", "管委会"), ("生产建设兵团", "兵团"))


class Merger(Struct, frozen=True, forbid_unknown_fields=True):
    """The body that another was merged into, and its first year of reports."""

    body: str
    year: int


class _Names(Struct, frozen=True, forbid_unknown_fields=True):
    also: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()  # a combined name that includes these fields also means this body
    formerly: tuple[str, ...] = ()
    into: Merger | None = None


class _BodyList(Struct, frozen=True, forbid_unknown_fields=True):
    bodies: dict[str, _Names]
    parts: dict[str, str]  # one character in a combined name → the body


class Body(Struct, frozen=True):
    """A body at a place: government, department, township, zone, or another kind."""

    id: str
    how: How = "printed"
    rank: str = ""  # as printed: 局, 委员会; "" if the name has none
    known: bool = False  # whether it is in the list


@cache
def _list() -> dict[str, _Names]:
    bodies = load_definition("bodies.yaml", _BodyList).bodies
    if lost := [each.into.body for each in bodies.values() if each.into and each.into.body not in bodies]:
        raise InvalidDefinition(f"bodies.yaml: 没有机构 {'、'.join(lost)}")
    return bodies


@cache
def _stems() -> dict[str, tuple[str, How]]:
    stems: dict[str, tuple[str, How]] = {}

    def add(stem: str, body: str, how: How) -> None:
        if stem in stems:
            raise InvalidDefinition(f"bodies.yaml: {stem} 既是 {stems[stem][0]} 又是 {body}")
        stems[stem] = (body, how)

    for body, names in _list().items():
        add(body, body, "printed")
        for stem in names.also:
            add(stem, body, "spelling")
        for stem in names.formerly:
            add(stem, body, "renamed")
    return stems


def merger_of(body: str) -> Merger | None:
    """Return the merger in which a body ended; None if it still exists.

    >>> merger_of("工商行政管理").body
    '市场监督管理'
    """
    *zone, last = body.split("-")
    names = _list().get(last)
    if names is None or names.into is None:
        return None
    return Merger("-".join((*zone, names.into.body)), names.into.year)


def body_named(rest: str, *, zone: bool = False) -> Body:
    """Return the body for a name without its place.

    >>> body_named("发改局").id, body_named("环境保护局").how, body_named("人民政府").id
    ('发展和改革', 'renamed', '政府')
    >>> body_named("石桥镇人民政府").id, body_named("高新技术产业开发区财政局", zone=True).id
    ('石桥镇', '高新区-财政')
    """
    rest = _MACHINERY.sub("", rest)
    if zone and (found := _ZONE.match(rest)):
        return _of_zone(found["zone"], found["rest"])
    if _GOVERNMENT_NAME.match(rest):
        return Body(GOVERNMENT, rank="人民政府", known=True)
    if _OFFICE_NAME.match(rest):
        return Body(_OFFICE, "printed" if rest.startswith("人民") else "spelling", known=True)
    for name in (rest, _UNDER_GOVERNMENT.sub("", rest), _SECOND_PLATE.sub("", rest)):
        if body := _listed(name):
            return body
    if township := _TOWNSHIP.match(rest):
        rank = "街道" if township["rank"] == "街" else township["rank"]
        return Body(township["name"] + rank)
    name = _UNDER_GOVERNMENT.sub("", rest)
    for long, short in _SHORTENED:
        name = name.replace(long, short)
    return Body(name)


def _of_zone(zone: str, rest: str) -> Body:
    for long, short in _ZONE_NAMES:
        zone = zone.replace(long, short)
    if _COMMITTEE.match(rest):
        return Body(zone)
    inner = body_named(rest)
    return Body(f"{zone}-{inner.id}", inner.how, inner.rank, inner.known)


def branch_of(rest: str) -> str:
    """Return the department of a branch: 公安局 for 公安局天河区分局; unchanged if it is not a branch."""
    branch = _BRANCH.match(rest)
    return branch["body"] if branch else rest


def _listed(name: str) -> Body | None:
    """Return the body of a listed name, with or without its rank."""
    if len(name) > 1 and name in _stems():
        body, how = _stems()[name]
        return Body(body, how, known=True)
    ranked = _RANKED.match(name)
    if ranked is None:
        return None
    stem, rank = ranked["stem"], ranked["rank"]
    found = _stems().get(stem) if len(stem) > 1 or rank == "委" else None
    if found is None and len(stem) > 1 and (parts := _parts(stem)):
        found = _put_together(parts), "spelling"
    if found is None:
        return None
    body, how = found
    if rank.endswith("队") and body not in _SQUADS:
        return None
    return Body(body, how, rank.removeprefix("工作"), known=True)


def _put_together(parts: frozenset[str]) -> str:
    """Return the body for a name that combines fields: 科技和工业信息化 and 科学技术和工信 are the same."""
    held = (body for body, names in _list().items() if names.holds and parts.issuperset(names.holds))
    return next(held, "+".join(sorted(parts)))


@cache
def _parts(stem: str) -> frozenset[str]:
    """Return the fields that a name combines; none if part of it is not a field."""
    single = load_definition("bodies.yaml", _BodyList).parts
    parts: set[str] = set()
    rest = _AND.sub("", stem)
    while rest:
        for length in range(min(len(rest), 12), 1, -1):
            if rest[:length] in _stems_without_and():
                body = _stems_without_and()[rest[:length]]
                parts.update(_list()[body].holds or (body,))
                break
        else:
            length = 1
            if rest[0] not in single:
                return frozenset()
            parts.add(single[rest[0]])
        rest = rest[length:]
    return frozenset(parts)


@cache
def _stems_without_and() -> dict[str, str]:
    return {_AND.sub("", stem): body for stem, (body, _) in _stems().items()}
