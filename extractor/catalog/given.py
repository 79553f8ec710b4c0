"""The user's list of facts that files do not contain: agency, year, region, address."""

import csv
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from extractor.errors import InvalidDefinition, MissingFile
from extractor.outcome import DocumentPlace

_HEADS = {
    "file": ("file", "path", "文件", "文件名", "路径"),
    "agency": ("agency", "机关", "机关名称", "单位"),
    "year": ("year", "年度", "年份"),
    "region": ("region", "region_code", "区划", "行政区划代码", "区划代码"),
    "url": ("url", "address", "网址", "地址"),
}


class GivenLine(Struct, frozen=True):
    """One line: facts about a file or an address."""

    file: str | None = None
    url: str | None = None
    agency: str | None = None
    year: int | None = None
    region: str | None = None  # a code of six digits


class GivenList:
    """The lines, found by a document's place."""

    def __init__(self, lines: Iterable[GivenLine]) -> None:
        """Index the lines by path and address."""
        self._by_file: dict[str, GivenLine] = {}
        self._by_url: dict[str, GivenLine] = {}
        for line in lines:
            if line.file:
                self._by_file[_plain(line.file)] = line
            elif line.url:
                self._by_url[line.url] = line

    def line_for(self, place: DocumentPlace) -> GivenLine | None:
        """Return the line for a place: by any final part of its path, else by its address."""
        path = _plain(str(place))
        while path:
            if path in self._by_file:
                return self._by_file[path]
            path = path.partition("/")[2]
        return self._by_url.get(place.url or "")


def _plain(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./").strip("/")


def load_given(path: Path) -> GivenList:
    """Return the list in a CSV file; column headings are English or Chinese.

    Raises:
        MissingFile: It cannot be opened.
        InvalidDefinition: There is no column for file or address, or a year or code is invalid.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise InvalidDefinition(f"{path}: 名单要存成 UTF-8") from error
    rows = csv.DictReader(text.splitlines())
    heads = {
        key: next((n for n in rows.fieldnames or () if n.strip() in names), "")
        for key, names in _HEADS.items()
    }
    if not heads["file"] and not heads["url"]:
        raise InvalidDefinition(f"{path}: 名单里要有“文件”或“网址”一列")
    return GivenList(
        _read({key: (row.get(head) or "").strip() for key, head in heads.items()}, f"{path} 第 {number} 行")
        for number, row in enumerate(rows, start=2)
    )


def _read(row: dict[str, str], where: str) -> GivenLine:
    year, region = row["year"].removesuffix("年度").removesuffix("年"), row["region"]
    if year and not (year.isdecimal() and len(year) == 4):
        raise InvalidDefinition(f"{where}：年度“{row['year']}”不是四位数")
    if region and not (region.isdecimal() and len(region) == 6):
        raise InvalidDefinition(f"{where}：区划“{region}”不是六位代码")
    return GivenLine(
        row["file"] or None,
        row["url"] or None,
        row["agency"] or None,
        int(year) if year else None,
        region or None,
    )
