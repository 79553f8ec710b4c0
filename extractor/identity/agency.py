"""The agency for a name: its id, its place, and how that was decided."""

from typing import Literal

from msgspec import Struct

from extractor.identity.bodies import Body, body_named, branch_of, merger_of
from extractor.identity.places import STATE, below, code_through_years, names_above
from extractor.patterns import kept_pattern
from extractor.recognize.issuer.divisions import (
    Division,
    division_coded,
    divisions_named,
    full_name,
    in_year,
    parents,
)
from extractor.recognize.issuer.hosts import host_labels, province_of_host
from extractor.recognize.issuer.region import AgencyPlace, locate
from extractor.recognize.issuer.words import RELATIVE, fold

By = Literal["name", "report", "given", "manifest", "address", "site", "unknown"]

_REPUBLIC = kept_pattern("^中华人民共和国(?=..)")
_CENTRAL = kept_pattern(
    "^(?:国家|国务院|中国|最高人民|中央)|^[^省市县区旗州盟]{2,12}部$|(?:海关|海关总署|海事局)$"
)
_OF_STATE = kept_pattern("^(?:国务院|国家)(?=..)")
_UNKNOWN_PLACE = kept_pattern(
    "^(?P<place>[^局厅委镇乡]{1,8}?(?:自治县|自治州|自治旗|[县市旗州盟]))(?P<rest>.*)$"
)
_BY = {
    "name": "名称",
    "report": "报告正文、页面或索引号",
    "given": "名单",
    "manifest": "爬取清单",
    "address": "网址",
    "site": "同一网站的其他报告",
    "unknown": "不明",
}
_HOW = {"printed": "照名称", "spelling": "另一种写法", "renamed": "改过名"}


class Agency(Struct, frozen=True):
    """An agency. `id` is null if its place is unknown: 教育局 alone may be anywhere."""

    id: str | None
    id_today: str | None  # of the body that it was merged into, if any
    name: str | None  # full name with place
    region_code: str | None  # code in that year
    region_code_today: str | None
    province: str | None
    prefecture: str | None
    why: str  # how it was decided, in one sentence
    region_by: By = "unknown"
    region: str | None = None  # with province and prefecture
    level: Literal["province", "prefecture", "county"] | None = None  # level of the place


NOBODY = Agency(None, None, None, None, None, None, None, "没有机关名称")


def identify(
    name: str | None,
    year: int | None,
    *,
    hints: str = "",
    url: str | None = None,
    region_code: str | None = None,
    told_by: By = "report",
) -> Agency:
    """Return the agency for a name.

    Args:
        name: The name in the report, or from another source.
        year: The year of the report: codes change.
        hints: Text that may name the areas above, such as the region in full.
        url: The address of the report.
        region_code: Code of the place, if another source gives it.
        told_by: That source.
    """
    bare = _REPUBLIC.sub("", fold("".join((name or "").split())))
    if not bare:
        return NOBODY
    place = _place(bare, year, hints, url)
    division, by = _division(place, region_code, told_by, year)
    if division is None:
        return _of_state(bare) or _without_code(bare, place)
    rest = RELATIVE.sub("", place.rest) if place.inferred else place.rest
    division, rest = _branch(division, rest, year)
    return _agency(division, body_named(rest, zone=place.zone), rest, year, by, bare)


def tells_rank(name: str | None) -> bool:
    """Return whether a name gives the rank of its place but not the place: 县教育局.

    >>> tells_rank("县教育局"), tells_rank("教育局")
    (True, False)
    """
    return RELATIVE.match(name or "") is not None


def _place(name: str, year: int | None, hints: str, url: str | None) -> AgencyPlace:
    """Return the place in a name; a name that is only the usual name of a place is that place."""
    place = locate(name, year, hints, url)
    # 四川省阿坝州: the usual name of a place inside another one
    if place.division is not None and place.rest:
        above = place.division
        nested = in_year((each for each in divisions_named(place.rest) if above in parents(each, year)), year)
        return AgencyPlace(nested[0], nested) if len(nested) == 1 else place
    if place.division is not None or place.candidates or place.zone:
        return place
    alone = in_year(divisions_named(name), year)
    if len(alone) == 1:
        return AgencyPlace(alone[0], alone)
    code = province_of_host(host_labels(url)) if name.startswith(("自治区", "省")) else None
    province = division_coded(code, year) if code else None
    return AgencyPlace(province, (province,), name, inferred=True) if province else place


def _division(
    place: AgencyPlace, code: str | None, told_by: By, year: int | None
) -> tuple[Division | None, By]:
    """Return the place of an agency and its source; the name has precedence."""
    told = division_coded(code, year) if code else None
    rank = RELATIVE.match(place.rest) if place.inferred else None
    if told is not None and rank is not None and not told.name.endswith(rank.group()):
        told = None  # a 区教育局 does not belong to a county
    if place.division is not None and not place.inferred and not place.settled:
        return place.division, "name"
    fits = told is not None and (not place.candidates or place.inferred or told in place.candidates)
    if told is not None and fits:
        return told, told_by
    if place.division is not None:
        return place.division, "address" if place.inferred else "report"
    return None, "unknown"


def _branch(division: Division, rest: str, year: int | None) -> tuple[Division, str]:
    """Return the county of a department branch run by its prefecture: 达州市大竹生态环境局."""
    body = branch_of(rest)
    if body != rest:
        place = rest[len(body) :].removesuffix("分局")
        if division.level == "county" and division.name.startswith(place[:2]):
            return division, body
        county = below(division, place, year)
        return (county, body) if county else (division, rest)
    if division.level == "prefecture" and not body_named(rest).known:
        for length in range(2, min(6, len(rest) - 2)):
            county = below(division, rest[:length], year)
            if county and body_named(rest[length:]).known:
                return county, rest[length:]
    return division, rest


def _agency(division: Division, body: Body, rest: str, year: int | None, by: By, printed: str) -> Agency:
    code = code_through_years(division)
    now = division_coded(division.today, None) if division.today else None
    province, prefecture = names_above(division, year)
    today = merger_of(body.id)
    home = division.today or code
    place = f"{full_name(division, year)}（{division.code}，由{_BY[by]}）"
    return Agency(
        id=f"{code}-{body.id}",
        id_today=f"{home}-{today.body if today else body.id}",
        name=(now or division).name + _full_name_of(body, rest),
        region_code=division.code,
        region_code_today=division.today or None,
        province=province,
        prefecture=prefecture,
        why=f"“{printed}”：{place}；{body.id}（{_HOW[body.how]}）",
        region_by=by,
        region=full_name(division, year),
        level=division.level,
    )


def _full_name_of(body: Body, rest: str) -> str:
    if body.id == "政府":
        return "人民政府"
    if "+" in body.id:
        return rest
    last = body.id.replace("-", "")
    return last if not body.known or last.endswith(body.rank or "室") else last + body.rank


def _of_state(name: str) -> Agency | None:
    """Return a national body, or one whose area is not a division: 教育部, 成都海关."""
    if not _CENTRAL.search(name):
        return None
    body = body_named(_OF_STATE.sub("", name))
    if name.endswith("部") and not name.startswith(("国家", "国务院")) and not body.known:
        return None
    id_ = f"{STATE}-{body.id if body.known else name}"
    return Agency(id_, id_, name, None, None, None, None, f"“{name}”：中央机关，或辖区不是行政区划", "name")


def _without_code(name: str, place: AgencyPlace) -> Agency:
    """Return an agency whose place has no code, identified by the place's name if it is unique."""
    if place.candidates:
        codes = "、".join(each.code for each in place.candidates)
        why = f"“{name}”可能属于 {codes}，不能断定"
        return Agency(None, None, None, None, None, None, None, why)
    found = _UNKNOWN_PLACE.match(name)
    if found is None or RELATIVE.match(name) or len(found["place"]) < 3:
        return Agency(None, None, None, None, None, None, None, f"“{name}”没有说是哪里的")
    body = body_named(found["rest"])
    id_ = f"{found['place']}-{body.id}"
    why = f"“{name}”：{found['place']}不在区划表里，按名称；{body.id}（{_HOW[body.how]}）"
    return Agency(
        id_, id_, found["place"] + _full_name_of(body, found["rest"]), None, None, None, None, why, "name"
    )
