"""Where an agency is located (its administrative division), its level and its kind of body.

The name decides. Address, text and metadata of the page are used only where several places
share the name (朝阳区), or where it has no place (审计局). If they do not decide, the
division stays null.
"""

from functools import cache
from typing import Literal

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.divisions import (
    Division,
    divisions_named,
    full_name,
    in_year,
    longest_name_at,
    parents,
)
from extractor.recognize.issuer.hosts import host_labels, host_speaks_for, spelled_in
from extractor.recognize.issuer.words import RELATIVE, TOWNSHIP

Kind = Literal["government", "department", "township", "other"]
Level = Literal["state", "province", "prefecture", "county", "township"]

_VERTICAL = kept_pattern("^(?:国家[^省市县区]{1,10}总?局|中国人民银行|中国气象局|中华人民共和国)(?=.{3,})")
_ZONE = kept_pattern(
    "^[^省市县镇乡]{0,10}?(?:实验区|开发区|高新区|经开区|示范区|新区|新城|园区|试验区|保税区|管理区|"
    "度假区|名胜区|工业园)"
)
_IN_BRACKETS = late_pattern("^[^（(]*(?:区|园)[（(]([^）)]{2,5}区)[）)]")  # 高新区（新市区）
_OWN_AREA = kept_pattern("(?:海关|关区|海事局)$")  # central bodies whose areas are no divisions
_GOVERNMENT = kept_pattern(
    "(?:人民政府|政府|行署|行政公署|管委会|管理委员会)$|^[^局厅委部院]+(?<!关)[省市县区旗州盟]$"
)
_DEPARTMENT = kept_pattern(
    "(?:局|厅|委|委员会|部|署|办公室|办公厅|办|分局|总队|支队|大队|海关|关区|中心|银行|室|司|处|所|社|"
    "会|站|馆|部门|队|院)$"
)
_OTHER = kept_pattern("(?:公司|集团|学校|大学|学院|中学|小学|幼儿园|医院|协会|学会)$")
_STATE = kept_pattern("^(?:国务院|国家|中国|中华人民共和国|最高人民|海关总署)|^[^省市县区]{2,8}部$")
# 南京路街道, 大同坪镇, 太湖流域: here the place name is part of another word.
_NOT_SHORT = kept_pattern(
    "^[路街桥门河江湖流域湾岸]|^海(?!事|关|洋)|^大道|^.{0,3}[路街桥门]街道|^.?(?:[镇乡]|街道)(?!政府..)"
)


class AgencyPlace(Struct, frozen=True):
    """What is known about the location of an agency."""

    division: Division | None = None
    candidates: tuple[Division, ...] = ()  # more than one if the name alone does not decide
    rest: str = ""  # the name after its divisions
    zone: bool = False  # a functional zone without a code of its own; `division` is where it is
    inferred: bool = False  # from the address, not from the name
    settled: bool = False  # several places share the name; text or address decided


def locate(name: str, year: int | None, hints: str, url: str | None) -> AgencyPlace:
    """Return the division an agency belongs to.

    Args:
        name: The agency, folded.
        year: The year that the report is about: codes change.
        hints: Text of the page that may name the areas above (folded).
        url: The address of the page.
    """
    if _OWN_AREA.search(name):
        return AgencyPlace(rest=name)
    bare = _VERTICAL.sub("", name)
    found, rest = _leading_divisions(bare, year)
    labels = host_labels(url)
    zone = _ZONE.match(rest) is not None
    if not found:
        if zone:
            return AgencyPlace(rest=rest, zone=True)
        spelled = () if _STATE.search(name) else spelled_in(labels, name, year)
        return AgencyPlace(spelled[0] if len(spelled) == 1 else None, spelled, name, inferred=True)
    if twin := _IN_BRACKETS.match(rest):
        district = in_year((d for d in divisions_named(twin[1]) if any(_lies_in(d, a) for a in found)), year)
        if len(district) == 1:
            return AgencyPlace(district[0], district, rest)
    branch = kept_pattern("(?:局|总队)(.{2,4})分局$").search(rest)
    if branch and len(found) == 1:
        below = [each for rank in "区县市" for each in divisions_named(branch[1] + rank)]
        found = in_year((each for each in below if _lies_in(each, found[0])), year) or found
    settled = len(found) > 1
    if settled:
        found = _settle(found, year, hints, labels)
    return AgencyPlace(found[0] if len(found) == 1 else None, found, rest, zone, settled=settled)


def _leading_divisions(name: str, year: int | None) -> tuple[tuple[Division, ...], str]:
    """Return the last of the divisions that the name begins with, and what follows them."""
    found: tuple[Division, ...] = ()
    at = 0
    while at < len(name):
        here, length = _division_at(name, at, nested=bool(found))
        nested = tuple(each for each in here if not found or any(_lies_in(each, above) for above in found))
        nested = in_year(nested, year)
        if not nested:
            break
        found, at = nested, at + length
    return found, name[at:]


def _division_at(name: str, at: int, *, nested: bool) -> tuple[tuple[Division, ...], int]:
    full = longest_name_at(name, at)
    if full:
        return divisions_named(full), len(full)
    short = longest_name_at(name, at, short=True)
    rest = name[at + len(short) :]
    if not short or not rest or _NOT_SHORT.match(rest):
        return (), 0
    found = divisions_named(short)
    if short[-1] in "州县旗" and len(short) > 2:  # 黔东南州, 保亭县: short names that include the rank
        return found, len(short)
    township = kept_pattern(r".{2,4}(?:镇|乡|街道).*").fullmatch(rest) is not None
    # 重庆合川工业园区, 杨凌示范区
    zone = (nested or short == "杨凌") and _ZONE.match(rest) is not None
    wanted = ("county", "prefecture", "province") if township or zone else ("prefecture", "province")
    return tuple(each for each in found if each.level in wanted), len(short)


def _lies_in(division: Division, above: Division) -> bool:
    significant = above.code.rstrip("0") if above.level != "county" else above.code
    significant += "0" * (len(significant) % 2)
    return division.code != above.code and division.code.startswith(significant)


def _settle(
    found: tuple[Division, ...], year: int | None, hints: str, labels: tuple[str, ...]
) -> tuple[Division, ...]:
    """Return those of several places that the page mentions; all of them if it mentions none."""
    by_text = tuple(each for each in found if any(above.name in hints for above in parents(each, year)[-1:]))
    if len(by_text) == 1:
        return by_text
    by_host = tuple(each for each in by_text or found if host_speaks_for(each, year, labels))
    return by_host or by_text or found


def kind_of(name: str) -> Kind | None:
    """Return what kind of body a name denotes.

    >>> kind_of("云岭县人民政府"), kind_of("云岭县档案局"), kind_of("云岭县石桥镇人民政府")
    ('government', 'department', 'township')
    """
    if _OTHER.search(name):
        return "other"
    if TOWNSHIP.search(name):
        return "township"
    if _GOVERNMENT.search(name):
        return "government"
    return "department" if _DEPARTMENT.search(name) else None


def level_of(name: str, place: AgencyPlace, kind: Kind | None) -> Level | None:
    """Return the administrative level of an agency, None if neither name nor place shows it."""
    if kind == "township":
        return "township"
    if place.zone:
        return "prefecture" if any(zone in name for zone in _zones_like_prefectures()) else None
    if place.division is not None:
        return place.division.level
    levels = {each.level for each in place.candidates}
    if len(levels) == 1:
        return levels.pop()
    return "state" if _STATE.search(name) and _VERTICAL.match(name) is None else None


@cache
def _zones_like_prefectures() -> tuple[str, ...]:
    return load_definition("zones.yaml", dict[str, tuple[str, ...]])["prefecture"]


def prefix_in(name: str, text: str) -> str:
    """Return the longest run of division names directly before the name in the text, or ""."""
    best = ""
    at = text.find(name)
    while at >= 0:
        for start in range(max(0, at - 20), at):
            if _is_divisions(text, start, at) and at - start > len(best):
                best = text[start:at]
                break
        at = text.find(name, at + 1)
    return best


def _is_divisions(text: str, start: int, end: int) -> bool:
    while start < end:
        name = longest_name_at(text, start)
        if not name:
            return False
        start += len(name)
    return start == end


def region_name(place: AgencyPlace, year: int | None) -> str | None:
    """Return the division with those above it: 浙江省嘉兴市."""
    return full_name(place.division, year) if place.division else None


def without_relative(name: str) -> str:
    """Return 退役军人事务局 for 区退役军人事务局: the name without a rank that names no place."""
    return RELATIVE.sub("", name)
