"""A new edition of the form is one file: its reports are read, those of the others as before."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from invented_editions import (
    FORMS,
    WRITERS,
    Definition,
    html_report,
    numbers_of,
    subset,
    superset,
    write_forms,
)

import extractor
from extractor.analysis.concepts import concept_cells
from extractor.cli.schema import published_schema
from extractor.codes import require_known_codes
from extractor.errors import InvalidDefinition
from extractor.export import load_tables, load_views
from extractor.forms import load_form, load_forms, use_forms
from extractor.report import Report

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
SOURCES = sorted(path for path in CASES.glob("*/source.*") if path.suffix in (".html", ".docx", ".txt"))


@pytest.fixture(autouse=True)
def _forms_of_the_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("EXTRACTOR_FORMS", raising=False)
    yield
    use_forms()


@pytest.fixture
def both(tmp_path: Path) -> Path:
    """Use an edition that has all of 2021's labels, and one of which 2021 has all."""
    folder = write_forms(tmp_path / "forms", superset(), subset())
    use_forms(folder)
    return folder


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(
    ("form", "year", "suffix"),
    [
        *(("2027", 2027, suffix) for suffix in WRITERS),
        *(("2023", 2024, suffix) for suffix in WRITERS),
        *(("2021", year, suffix) for year in (2022, 2028) for suffix in ("html", "txt")),
    ],
)
def test_reports_of_every_edition_are_read_as_theirs(form: str, year: int, suffix: str) -> None:
    report = extractor.parse(WRITERS[suffix](form, year), name=f"report.{suffix}")
    assert (report.form, report.verdict, report.tables) == (form, "verified", numbers_of(form))


def test_an_edition_more_changes_nothing_for_the_reports_of_others(tmp_path: Path) -> None:
    before = [extractor.parse(path).to_json() for path in SOURCES]
    use_forms(write_forms(tmp_path, superset(), subset("2022")))
    after = [extractor.parse(path).to_json() for path in SOURCES]
    assert SOURCES
    assert [p.parent.name for p, a, b in zip(SOURCES, before, after, strict=True) if a != b] == []


@pytest.mark.parametrize(("year", "form"), [("2026年", "2021"), ("2027年", "2027"), ("", "2021")])
def test_where_two_editions_are_the_same_the_year_tells(tmp_path: Path, year: str, form: str) -> None:
    twin = yaml.safe_load((FORMS / "2021.yaml").read_text("utf-8"))
    use_forms(write_forms(tmp_path, twin | {"id": "2027", "presumed": False}))
    page = html_report("2021", 2020).decode().replace("2020年", year)
    assert extractor.parse(page.encode(), name="report.html").form == form


def test_a_table_that_another_edition_has_too_goes_with_those_that_tell(tmp_path: Path) -> None:
    new = yaml.safe_load((FORMS / "2021.yaml").read_text("utf-8")) | {"id": "2027", "presumed": False}
    proactive = new["tables"][0]
    fees = next(row for row in proactive["rows"] if row["id"] == "fees")
    proactive["rows"].append(fees | {"id": "fines", "label": "罚没收入"})
    use_forms(write_forms(tmp_path, new))
    report = extractor.parse(html_report("2027", 2024), name="report.html")
    assert (report.form, report.verdict, report.tables) == ("2027", "verified", numbers_of("2027"))


@pytest.mark.usefixtures("both")
def test_what_an_edition_leaves_out_is_as_in_the_one_before() -> None:
    new, before = load_form("2027"), load_form("2021")
    assert new.figures == before.figures
    assert new.cells_at("requests.refused_*.total")[-1] == "requests.refused_important_data.total"
    assert [table.telling for table in new.tables] == [table.telling for table in before.tables]
    near = {(c.concept, c.relation) for c in concept_cells() if c.edition == "2027" and c.relation != "same"}
    assert ("requests.other.total", "near") in near


@pytest.mark.usefixtures("both")
def test_schema_tables_and_views_know_the_new_edition() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    report = extractor.parse(html_report("2027", 2027), name="report.html")
    jsonschema.validate(json.loads(report.to_json()), json.loads(published_schema()))
    enums = {c.enum for table in load_tables().values() for c in table.columns if c.enum_of == "editions"}
    assert enums == {("2014", "2019", "2021", "2023", "2027")}
    assert any("refused_important_data" in view.sql for view in load_views())
    require_known_codes()


def test_a_report_of_an_edition_that_is_not_there_is_refused(both: Path) -> None:
    data = extractor.parse(html_report("2027", 2027), name="report.html").to_json()
    use_forms()
    with pytest.raises(msgspec.ValidationError, match="没有 2027 版"):
        msgspec.json.decode(data, type=Report)


def with_change(**changes: Any) -> Definition:
    return superset() | changes


def stranger() -> Definition:
    """Return an edition whose tables share nothing with those of the others."""
    row = {"id": "in", "label": "收件总数", "unit": "件"}
    table = {"id": "cases", "title": "办件", "section": "requests", "layout": "rows"}
    table |= {
        "columns": [{"id": "n", "label": "件数"}],
        "rows": [row, row | {"id": "out", "label": "办结总数"}],
    }
    return {"id": "2030", "issued_by": "甲〔2030〕1号", "tables": [table]}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (with_change(id="2021"), "2021 有两份"),
        (with_change(id="new", issued_by="某函"), "年份"),
        (with_change(tables=[]), "没有一张表"),
        (with_change(presumed=True), "presumed"),
        (with_change(figures={"requests_received": "requests.incoming.total"}), "requests.incoming.total"),
        (with_change(figures={"no_such_code": "requests.new.total"}), "no_such_code"),
        (with_change(colour="red"), "colour"),
        (stranger(), "requests_received"),
    ],
)
def test_an_edition_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path, form: Definition, sentence: str
) -> None:
    def load() -> None:
        use_forms(write_forms(tmp_path, form))
        require_known_codes()
        load_views()

    with pytest.raises(InvalidDefinition, match=sentence) as refused:
        load()
    assert "\n" not in str(refused.value)


def test_an_edition_unlike_all_others_says_itself_what_it_has(tmp_path: Path) -> None:
    outcomes = ("granted", "partly_granted", "refused", "unavailable", "rejected", "other_outcome")
    codes = [f"requests_{each}" for each in ("carried_in", "carried_out", *outcomes)]
    codes += ["reviews", "reviews_corrected", "reviews_pending", "litigation"]
    told = {"requests_received": "cases.in.n", "requests_concluded": "cases.out.n"}
    use_forms(write_forms(tmp_path, stranger() | {"figures": told | dict.fromkeys(codes)}))
    view = next(view for view in load_views() if view.id == "requests")
    assert "('cases', 'in', 'total')" in view.sql


def test_forms_that_were_refused_leave_the_others_in_use(tmp_path: Path) -> None:
    with pytest.raises(InvalidDefinition, match="没有这个文件夹"):
        use_forms(tmp_path / "nowhere")
    assert [form.id for form in load_forms()] == ["2021", "2019", "2014"]
