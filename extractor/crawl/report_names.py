"""Decides which answers belong to one report: pages, files, versions and copies share one name.

Two reports never share a name. Answers are not merged on guesses, such as the same short text or the name of
a department that exists in many counties.
"""

import hashlib
import sqlite3
from urllib.parse import urlsplit

from extractor.crawl.addresses import host_of
from extractor.crawl.words import agency_in, plain, year_in


def names_of_reports(base: sqlite3.Connection, taken: str) -> dict[str, str]:
    """Return the report that each kept address belongs to; `taken` is the SQL condition for kept answers.

    A part and a file belong to their page, unless the file is another report by its own name. Two pages are
    one report if their text is the same, or if titles on one domain name the same agency and year, and
    nothing contradicts that.
    """
    rows = base.execute(f"SELECT * FROM fetches WHERE {taken} ORDER BY id").fetchall()
    names: dict[str, str] = {}
    leaders: dict[str, tuple[str, str, int | None]] = {}
    agencies: dict[str, tuple[str, int | None]] = {}
    for row in rows:
        if row["url"] in names or (row["owner"] and row["role"] in ("part", "attachment")):
            continue
        agency, year = _agency_of(row), row["year"]
        keys = _keys_of(row, agency)
        known = (leaders[key] for key in keys if key in leaders)
        name = next(
            (name for name, *other in known if _agree((agency, year), tuple(other))), _name(row["url"])
        )
        names[row["url"]] = name
        agencies[row["url"]] = (agency, year)
        for key in keys:
            leaders.setdefault(key, (name, agency, year))
    for row in rows:
        if row["url"] not in names:
            names[row["url"]] = _name_of_piece(row, names, agencies)
    return names


def _name_of_piece(
    row: sqlite3.Row, names: dict[str, str], agencies: dict[str, tuple[str, int | None]]
) -> str:
    owner = row["owner"] or row["url"]
    own = (_agency_of(row), year_in(row["label"] or ""))
    if row["role"] == "attachment" and not _agree(own, agencies.get(owner, ("", None))):
        return _name(row["url"])
    return names.get(owner, _name(owner))


def _agency_of(row: sqlite3.Row) -> str:
    told = agency_in(row["title"] or "") or agency_in(row["label"] or "") or row["unit"] or ""
    return plain(told).removesuffix("人民政府")


def _agree(one: tuple[str, int | None], other: tuple[object, ...]) -> bool:
    """Say whether agency and year may be the same; unknown values are compatible with any."""
    agency, year = other
    assert isinstance(agency, str)
    years = one[1] is None or year is None or one[1] == year
    longer, shorter = sorted((one[0], agency), key=len, reverse=True)
    return years and (not shorter or longer.endswith(shorter))


def _keys_of(row: sqlite3.Row, agency: str) -> list[str]:
    keys = [f"text {row['text_sha256']}"] if row["text_sha256"] else []
    if agency and row["year"]:
        keys.append(f"title {_domain_of(row['url'])} {agency} {row['year']}")
    return keys


def _domain_of(url: str) -> str:
    """Return the domain that the hosts of one government share.

    >>> _domain_of("http://czj.yunling.gov.cn/a"), _domain_of("http://127.0.0.1:80/a")
    ('yunling.gov.cn', '127.0.0.1:80')
    """
    host = urlsplit(url).hostname or ""
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host or len(labels) < 2:
        return host_of(url)
    return ".".join(labels[-3 if labels[-2] in ("gov", "com", "org", "net", "edu") else -2 :])


def _name(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:12]
