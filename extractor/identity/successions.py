"""Successions of bodies at single places: a table of the user's, in addition to data/bodies.yaml."""

import csv
from pathlib import Path

from msgspec import Struct, structs

from extractor.errors import InvalidDefinition, MissingFile
from extractor.identity.agency import Agency, identify

_HEADS = ("old", "new", "year", "kind")
_KINDS = ("renamed", "merged")


class Succession(Struct, frozen=True):
    """One line: the series of the old agency id ends before the year and continues in that of the new id."""

    old: str
    new: str
    year: int
    kind: str  # renamed: one agency; merged: two, of which the second exists today


def load_successions(path: Path) -> tuple[Succession, ...]:
    """Return the successions of a CSV file with the columns old, new, year and kind.

    Raises:
        MissingFile: There is no such file.
        InvalidDefinition: A column is missing, or a name does not identify an agency.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
    rows = csv.DictReader(text.splitlines())
    if lacking := [head for head in _HEADS if head not in (rows.fieldnames or ())]:
        raise InvalidDefinition(f"{path}: 沿革表缺列 {'、'.join(lacking)}")
    return tuple(_read(row, f"{path} 第 {number} 行") for number, row in enumerate(rows, start=2))


def _read(row: dict[str, str], where: str) -> Succession:
    if row["kind"] not in _KINDS or not row["year"].strip().isdecimal():
        raise InvalidDefinition(f"{where}：kind 是 renamed 或 merged，year 是新机关第一份报告的年度")
    year = int(row["year"])
    old, new = identify(row["old"], year - 1), identify(row["new"], year)
    if old.id is None or new.id is None:
        raise InvalidDefinition(f"{where}：{(old if old.id is None else new).why}")
    return Succession(old.id, new.id, year, row["kind"])


def apply_successions(agency: Agency, successions: tuple[Succession, ...]) -> Agency:
    """Return the agency with the id under which the table joins its years."""
    for each in successions:
        if agency.id != each.old and agency.id_today != each.old:
            continue
        told = f"{agency.why}；沿革表：{each.old} → {each.new}（{each.year} 年起）"
        renamed = each.kind == "renamed" and agency.id == each.old
        agency = structs.replace(agency, id=each.new if renamed else agency.id, id_today=each.new, why=told)
    return agency
