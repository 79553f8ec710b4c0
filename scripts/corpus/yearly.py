"""An archive of bodies through the years: what a register of a region is built from.

The places are real, for pages that sort by region need them; every number and sentence is invented, and
whoever shows the archive has to say so.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from zlib import crc32

from msgspec import Struct, structs

from .faults import FAULTS, plant
from .names import Agency
from .printing import Style
from .prose import Manner, write
from .registry import LAYOUTS
from .truth import Truth, draw

YEARS = (2019, 2020, 2021, 2022, 2023)
_DIVISIONS = Path(__file__).parent.parent.parent / "extractor" / "data" / "divisions.tsv"
_DEPARTMENTS = (
    "教育局",
    "财政局",
    "审计局",
    "司法局",
    "水务局",
    "统计局",
    "民政局",
    "交通运输局",
    "农业农村局",
)
# Mostly pages, as the reports of the web are.
_LAYOUTS = ("html-plain", "html-plain", "html-trs", "html-hanweb", "html-ucap", "docx-plain", "text-tabs")
_SUFFIXES = {"html": "html", "docx": "docx", "text": "txt"}
_SIZES = ("small", "small", "medium", "large")
_LEFT_OUT = 0.06  # reports that nobody has: the years without one are to be seen
_WRONG = 0.06  # reports whose own sums do not hold


class YearlyReport(Struct, frozen=True):
    """One report to draw."""

    agency: Agency
    year: int
    seed: int
    size: str


def make_yearly_archive(folder: Path, reports: int, seed: int = 2026) -> Path:
    """Fill `reports/` in a folder with this many reports, and write `list.csv` beside it.

    Returns:
        The list, which tells their addresses: for `extractor batch --metadata`.
    """
    held = folder / "reports"
    held.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, one in enumerate(islice(_reports(seed), reports)):
        layout = LAYOUTS[_LAYOUTS[one.seed % len(_LAYOUTS)]]
        name = f"{number:05}.{_SUFFIXES[layout.format]}"
        manner = Manner(title="agency_year", numbering="plain", signature=True)
        (held / name).write_bytes(layout.render(write(_truth(one), manner)).data)
        rows.append((name, f"https://www.example.gov.cn/{one.year}/{number:05}.html"))
    table = folder / "list.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("file", "url"), *rows])
    return table


def _reports(seed: int) -> Iterator[YearlyReport]:
    rng = Random(f"yearly/{seed}")
    for agency in _agencies(rng):
        size = rng.choice(_SIZES)
        for year in YEARS:
            if rng.random() >= _LEFT_OUT:
                yield YearlyReport(agency, year, crc32(f"{seed}/{agency.name}/{year}".encode()), size)


def _agencies(rng: Random) -> Iterator[Agency]:
    """Yield the bodies of one prefecture after the other: its own, then those of its counties."""
    places = _places()
    prefectures = [code for code in places if code.endswith("00")]
    rng.shuffle(prefectures)
    for prefecture in prefectures:
        codes = [code for code in places if code[:4] == prefecture[:4]]
        for code in codes[:5]:
            name = places[code]
            level = "prefecture" if code == prefecture else "county"
            yield Agency(f"{name}人民政府", level, "government", f"我{name[-1]}")
            for department in rng.sample(_DEPARTMENTS, 5):
                yield Agency(name + department, level, "department", "我局")


def _places() -> dict[str, str]:
    """Return the prefectures and counties of today whose name no other place has, by their codes."""
    lines = [line.split("\t") for line in _DIVISIONS.read_text(encoding="utf-8").splitlines()]
    today = [(code, name) for name, code, _, until, *_ in lines if until == "0" and not code.endswith("0000")]
    names = [name for _, name in today]
    return {code: name for code, name in sorted(today) if names.count(name) == 1 and len(name) > 2}


def _truth(one: YearlyReport) -> Truth:
    edition = "2021" if one.year >= 2021 else "2019"
    drawn = draw(one.seed, edition, one.size, Style())
    truth = structs.replace(drawn, agency=one.agency, year=one.year)
    rng = Random(f"fault/{one.seed}")
    if rng.random() >= _WRONG:
        return truth
    try:
        return plant(truth, rng.choice(list(FAULTS)))
    except ValueError:  # an error that would break nothing
        return truth
