"""Invented places and public bodies. None of them exists; all of them could."""

from random import Random
from typing import Literal

from msgspec import Struct

Level = Literal["prefecture", "county", "township"]
Kind = Literal["government", "department", "township"]

_CITIES = ("青川市", "松洲市", "岚江市", "朔源市", "澄溪市", "临苍市")
_COUNTIES = ("云岭县", "澄湖县", "雁坪县", "桐丘县", "霁山县", "白屿区", "汐浦区", "望岫区")
_TOWNS = ("石桥镇", "柳溪镇", "杏林街道", "双塔乡", "古渡镇", "长坪街道")
_DEPARTMENTS = (
    "档案局", "水务局", "财政局", "教育局", "审计局", "统计局", "民政局", "司法局", "应急管理局",
    "市场监督管理局", "文化广电和旅游局", "自然资源和规划局", "住房和城乡建设局", "农业农村局",
    "人力资源和社会保障局", "发展和改革局", "交通运输局", "医疗保障局",
)  # fmt: skip


class Agency(Struct, frozen=True):
    """The body that reports."""

    name: str
    level: Level
    kind: Kind
    we: str  # how it speaks of itself


def draw_agency(rng: Random) -> Agency:
    """Return an invented agency of any level."""
    level: Level = rng.choice(("prefecture", "county", "county", "township"))
    place = rng.choice(_CITIES if level == "prefecture" else _COUNTIES)
    if level == "township":
        town = rng.choice(_TOWNS)
        office = "办事处" if town.endswith("街道") else "人民政府"
        return Agency(
            place + town + office, level, "township", f"我{town[-1]}" if office != "办事处" else "我街道"
        )
    if rng.random() < 0.25:
        return Agency(
            place + rng.choice(("人民政府", "人民政府办公室")), level, "government", f"我{place[-1]}"
        )
    return Agency(place + rng.choice(_DEPARTMENTS), level, "department", "我局")
