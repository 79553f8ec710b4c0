"""The bodies that should report: from a user's list, or the governments of all divisions."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from extractor.crawl.addresses import join, site_of
from extractor.encoding import decode
from extractor.errors import MissingFile, Misused
from extractor.identity import identify
from extractor.recognize.issuer.divisions import divisions_in_force, parents

_NAMES = ("name", "名称", "机关", "单位", "agency")
_CODES = ("region_code", "code", "区划代码", "行政区划代码")
_URLS = ("url", "网址", "网站", "website")


class RosterBody(Struct, frozen=True):
    """One body of the roster."""

    name: str
    region_code: str
    url: str
    agency_id: str | None  # None: neither name nor code identifies the body

    @property
    def site(self) -> str:
        """The host of its website; "" if the roster has none."""
        return site_of(self.url) if self.url else ""


def read_roster(path: Path) -> list[RosterBody]:
    """Read a CSV file with the columns name, region_code and url, of which only the name is needed.

    Raises:
        MissingFile: There is no such file.
        Misused: It has no column of names, or a line has none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(f"{path}: 打不开名录（{error.strerror}）") from error
    text, _ = decode(data)  # Chinese Excel saves as GBK
    lines = csv.DictReader(io.StringIO(text))
    heads = [head.strip() for head in lines.fieldnames or ()]
    if not any(head in _NAMES for head in heads):
        raise Misused(f"{path}: 名录没有 name 一列（有的是 {'、'.join(heads)}）")
    bodies = []
    for number, line in enumerate(lines, 2):
        told = {(key or "").strip(): (value or "").strip() for key, value in line.items() if key is not None}
        if not any(told.values()):
            continue
        name = _first(told, _NAMES)
        if not name:
            raise Misused(f"{path}: 第 {number} 行没有名称")
        bodies.append(_body(name, _first(told, _CODES), _first(told, _URLS)))
    return bodies


def governments(prefix: str = "") -> Iterator[RosterBody]:
    """Yield the governments of provinces, prefectures and counties in force, by code.

    >>> [body.name for body in governments("3304")][:2]
    ['嘉兴市人民政府', '南湖区人民政府']
    """
    for division in divisions_in_force(prefix):
        # Many counties share a name, so the prefecture is added, unless that is the body itself.
        yield _body(f"{division.name}人民政府", division.code, "")


def place_of(body: RosterBody) -> str:
    """Return the names of the areas above a body; "" if its code gives none."""
    found = next(iter(divisions_in_force(body.region_code)), None) if len(body.region_code) == 6 else None
    return "".join(each.name for each in parents(found, None)) if found else ""


def _body(name: str, code: str, url: str) -> RosterBody:
    address = (join("", url if "://" in url else f"http://{url}") or "") if url else ""
    told = identify(name, None, url=address or None, region_code=code or None, told_by="given")
    return RosterBody(name, code or told.region_code or "", address, told.id)


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    return next((told[name] for name in names if told.get(name)), "")
