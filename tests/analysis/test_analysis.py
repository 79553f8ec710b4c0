"""Analysts open a batch, ask in SQL, and join the editions without false friends."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import extractor
from extractor.analysis import Tables, concept_rows
from extractor.analysis.concepts import concept_cells
from extractor.errors import MissingFile, Misused
from extractor.export import ExportEntry, load_views, write_outputs
from extractor.forms import load_forms
from extractor.outcome import DocumentPlace, Outcome
from extractor.report import CellValue, Issuer, Report, SourceInfo

pytest.importorskip("duckdb", reason="duckdb is not installed")


def test_every_cell_of_every_edition_is_one_concept() -> None:
    same = Counter((c.edition, c.table, c.row, c.column) for c in concept_cells() if c.relation == "same")
    known = {
        (form.id, *cell.split("."))
        for form in load_forms()
        for table in form.tables
        for cell in table.cell_ids()
    }
    assert set(same) == known
    assert set(same.values()) == {1}


def test_no_concept_joins_what_only_looks_alike() -> None:
    by_concept = {
        (c.concept, c.edition, f"{c.table}.{c.row}.{c.column}"): c.relation for c in concept_cells()
    }
    in_force = "proactive.normative_documents.in_force"
    assert by_concept[in_force, "2019", "proactive.normative_documents.disclosed_total"] == "near"
    assert by_concept["proactive.fees.amount", "2019", "proactive.fees.items_last_year"] == "not"
    assert by_concept["proactive.licensing.decisions", "2019", "proactive.licensing.decisions"] == "same"
    assert by_concept["requests.other.total", "2021", "requests.other_misc.total"] == "near"
    assert not any(
        c.edition == "2014" and c.relation == "same" and c.table != "statistics" for c in concept_cells()
    )


def test_every_link_says_why_in_both_languages() -> None:
    links = [c for c in concept_cells() if c.relation != "same"]
    assert links
    assert all(c.note and c.note_en for c in links)


def report(agency: str, year: int, form: str, cells: dict[str, int], verdict: str = "verified") -> Report:
    return Report(
        source=SourceInfo("a.html", "html", "0" * 64, 1), title=None, issuer=Issuer(agency),
        year=year, form=form, sections=(), tables={},
        cells={id_: CellValue(str(v), v, "read") for id_, v in cells.items()},
        other_tables=(), figures=(), checks=(), verdict=verdict, notices=(),
    )  # type: ignore[arg-type]  # fmt: skip


NEW = {
    "requests.new.total": 10, "requests.carried_in.total": 2, "requests.handled_total.total": 8,
    "requests.carried_out.total": 4, "requests.granted.natural_person": 3, "requests.granted.business": 1,
    "requests.partly_granted.total": 1, "requests.refused_state_secret.total": 1,
    "requests.refused_third_party.total": 2, "disputes.review.corrected": 1, "disputes.review.pending": 2,
    "disputes.review.total": 4, "disputes.litigation_direct.total": 3,
    "disputes.litigation_after_review.total": 2,
}  # fmt: skip
OLD = {
    "statistics.received.value": 6, "statistics.replied.value": 5, "statistics.review.value": 4,
    "statistics.review_corrected.value": 1, "statistics.litigation.value": 3,
}  # fmt: skip


@pytest.fixture(params=["parquet", "duckdb"])
def tables(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tables]:
    reports = [
        report("云岭县档案局", 2023, "2021", NEW),
        report("云岭县档案局", 2023, "2021", NEW | {"requests.new.total": 99}, "doubtful"),
        report("云岭县档案局", 2016, "2014", OLD),
    ]
    made = [
        ExportEntry(Outcome(str(n) * 64, "ok", DocumentPlace(f"{n}.html"), 1, r.verdict), r.to_json())
        for n, r in enumerate(reports)
    ]
    write_outputs(made, [], tmp_path, [request.param], concept_rows())
    with extractor.load(tmp_path) as loaded:
        yield loaded


def test_tables_come_as_arrow_polars_and_pandas(tables: Tables) -> None:
    assert tables.arrow("cells").num_rows == 2 * len(NEW) + len(OLD)
    assert pytest.importorskip("polars").DataFrame(tables.polars("documents")).height == 3
    frame = tables.pandas("cells")
    assert frame["value"].sum() == 2 * sum(NEW.values()) + 89 + sum(OLD.values())


def test_requests_count_each_agency_and_year_once(tables: Tables) -> None:
    rows = tables.query("SELECT year, received, carried_in, handled, carried_out FROM requests ORDER BY year")
    assert [tuple(row.values()) for row in rows.to_pylist()] == [
        (2016, 6, None, 5, None),
        (2023, 10, 2, 8, 4),
    ]


def test_grant_rates_are_told_in_their_three_definitions(tables: Tables) -> None:
    (row,) = tables.arrow("grant_rates").to_pylist()
    assert (row["granted"], row["partly"], row["refused"]) == (4, 1, 3)
    assert row["granted_of_handled"] == 4 / 8
    assert row["granted_or_partly_of_handled"] == 5 / 8
    assert row["granted_or_partly_of_substantive"] == 5 / 8


def test_refusals_are_told_by_reason(tables: Tables) -> None:
    rows = tables.query(
        "SELECT reason, cases, share FROM refusals WHERE cases > 0 ORDER BY reason"
    ).to_pylist()
    assert [(r["reason"], r["cases"]) for r in rows] == [
        ("refused_state_secret", 1),
        ("refused_third_party", 2),
    ]
    assert sum(row["share"] for row in rows) == pytest.approx(1)


def test_a_part_that_is_more_than_the_whole_is_no_share(tables: Tables) -> None:
    told = tables.query(
        "SELECT * FROM corrected_on_review WHERE NOT coalesce(corrected_rate BETWEEN 0 AND 1, true)"
    )
    assert told.num_rows == 0
    (view,) = [view for view in load_views() if view.id == "corrected_on_review"]
    rows = {(5, 10, 2): 5 / 8, (9, 10, 2): None, (0, 0, 23): None, (0, 0, 0): None}
    sql = (
        "(VALUES " + ", ".join(f"({c}, {r}, {p})" for c, r, p in rows) + ") AS t(corrected, reviews, pending)"
    )
    rates = tables.query(f"SELECT{view.sql.rpartition('SELECT')[2].replace('FROM reviews', f'FROM {sql}')}")
    assert [row["corrected_rate"] for row in rates.to_pylist()] == list(rows.values())


def test_corrections_and_suits_are_set_against_what_they_come_from(tables: Tables) -> None:
    rates = tables.query("SELECT year, corrected_rate FROM corrected_on_review ORDER BY year").to_pylist()
    assert [row["corrected_rate"] for row in rates] == [1 / 4, 1 / 2]
    suits = tables.query("SELECT litigation, received FROM litigation_per_request ORDER BY year").to_pylist()
    assert [tuple(row.values()) for row in suits] == [(3, 6), (5, 10)]


def test_every_view_answers_and_is_defined_in_both_languages(tables: Tables) -> None:
    for view in load_views():
        assert tables.arrow(view.id).num_rows
        assert view.about
        assert view.about_en


def test_wrong_sql_is_one_sentence(tables: Tables) -> None:
    with pytest.raises(Misused, match="查询有误"):
        tables.query("SELEC 1")
    with pytest.raises(Misused, match="没有表 nothing"):
        tables.arrow("nothing")


def test_a_folder_without_a_batch_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="extractor batch"):
        extractor.load(tmp_path)


def test_tables_of_an_older_version_say_what_they_lack(tmp_path: Path) -> None:
    import duckdb

    write_outputs([], [], tmp_path, ["parquet"], concept_rows())
    documents = tmp_path / "documents.parquet"
    written = duckdb.read_parquet(str(documents)).project("* EXCLUDE (published_by)").to_arrow_table()
    duckdb.from_arrow(written).write_parquet(str(documents))
    with extractor.load(tmp_path) as loaded:
        assert loaded.query("SELECT year FROM documents").num_rows == 0
        with pytest.raises(Misused, match=r"旧版本写的，没有 documents\.published_by，请用同一条命令"):
            loaded.query("SELECT published_by FROM documents")
        with pytest.raises(Misused, match="查询有误"):
            loaded.query("SELEC 1")
