"""The state of each agency and year: a report used, withdrawn, superseded, unreadable, or nothing."""

from typing import Any

from msgspec import structs

from extractor.analysis import Tables
from extractor.catalog import UNKNOWN, find_doubts

STANDINGS = {
    "used": "采用",
    "withdrawn": "撤下",
    "superseded": "旧版本，新版本没有读成",
    "unreadable": "没有读成",
    "not_a_report": "不是年报",
    "": "没有",
}

_SQL = """
    SELECT agency_id, any_value(coalesce(agency_full, agency)) AS agency, year,
           CASE WHEN bool_or(document IN (SELECT document FROM reports_used)) THEN 'used'
                WHEN bool_or(withdrawn_at IS NOT NULL) THEN 'withdrawn'
                WHEN bool_or(code <> 'ok') THEN 'unreadable'
                WHEN bool_or(superseded_by IS NOT NULL) THEN 'superseded'
                ELSE 'not_a_report' END AS standing
    FROM documents WHERE agency_id IS NOT NULL AND year IS NOT NULL
    GROUP BY agency_id, year ORDER BY agency_id, year"""


def coverage_rows(tables: Tables) -> list[tuple[Any, ...]]:
    """Return the matrix, column heads first: one row per agency, one column per year."""
    told = tables.query(_SQL).to_pylist()
    years = sorted({row["year"] for row in told})
    years = list(range(years[0], years[-1] + 1)) if years else []
    agencies: dict[str, dict[int, str]] = {}
    names: dict[str, str] = {}
    for row in told:
        agencies.setdefault(row["agency_id"], {})[row["year"]] = row["standing"]
        names[row["agency_id"]] = row["agency"]
    rows: list[tuple[Any, ...]] = [("agency_id", "agency", *map(str, years))]
    for agency_id, of_year in agencies.items():
        rows.append((agency_id, names[agency_id], *(of_year.get(year, "") for year in years)))
    return rows


def doubt_rows(tables: Tables) -> list[tuple[Any, ...]]:
    """Return groups of agencies that may be the same but were not merged; column heads first."""
    told = tables.query(
        "SELECT agency_id, agency_id_today, agency_full, agency, year, agency_why FROM documents "
        "WHERE code = 'ok' AND verdict <> 'not_a_report' ORDER BY document"
    ).to_pylist()
    seen = (
        (
            structs.replace(
                UNKNOWN.agency,
                id=row["agency_id"],
                id_today=row["agency_id_today"],
                name=row["agency_full"],
                why=row["agency_why"] or "",
            ),
            row["agency"],
            row["year"],
        )
        for row in told
    )
    heads = ("agency_id", "agency", "other_id", "other_agency", "why")
    return [heads, *(structs.astuple(doubt) for doubt in find_doubts(seen))]
