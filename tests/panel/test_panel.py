"""The panel: one row an agency and year, the right report of each, in every format."""

import csv
from pathlib import Path

import pytest
from invented_batches import Invented, document_of, kept, write_batch
from typer.testing import CliRunner

from extractor.analysis import load
from extractor.catalog import OtherSources
from extractor.cli.commands import app
from extractor.errors import Misused
from extractor.panel import PanelOptions, build_panel, load_variables, write_panel
from extractor.panel.coverage import coverage_rows, doubt_rows

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

# Twelve bodies of a county, as different years spell them.
BODIES = (
    ("{0}人民政府", "{1}{0}人民政府"),
    ("{0}人民政府办公室", "{0}政府办公室"),
    ("{0}教育局", "{1}{0}教育局"),
    ("{0}发展和改革局", "{0}发改局"),
    ("{0}财政局", "{1}{0}财政局"),
    ("{0}环境保护局", "{0}生态环境局"),
    ("{0}卫生和计划生育局", "{0}卫生健康局"),
    ("{0}人力资源和社会保障局", "{0}人社局"),
    ("{0}住房和城乡建设局", "{0}住建局"),
    ("{0}民政局", "{1}{0}民政局"),
    ("{0}审计局", "{0}审计局"),
    ("{0}统计局", "{1}{0}统计局"),
)
COUNTIES = (
    ("大竹县", "四川省"),
    ("渠县", "达州市"),
    ("桐乡市", "浙江省"),
    ("昆山市", "苏州市"),
    ("湘潭县", "湖南省"),
)
YEARS = range(2019, 2024)


def archive() -> tuple[list[Invented], OtherSources, dict[str, int]]:
    """Return five years of five counties with twelve bodies, of which some were amended or withdrawn.

    Returns:
        The reports, what the crawl tells, and the number that each kept document has.
    """
    reports, lines, right = [], [], {}
    for place, (county, above) in enumerate(COUNTIES):
        for body, names in enumerate(BODIES):
            for year in YEARS:
                name = names[year >= 2021].format(county, above)
                number = place * 10_000 + body * 100 + year - 2000
                url = f"http://www.example.gov.cn/{place}/{body}/{year}.html"
                one = Invented(name, year, number, "2019" if year < 2021 else "2021", url=url)
                reports.append(one)
                if body == 2 and year == 2022 and place < 3:  # withdrawn
                    lines.append(kept(one, gone_at="2023-05-01T00:00:00Z"))
                elif body == 4 and year == 2023:  # amended at its address
                    amended = Invented(name, year, number + 50, url=url, verdict="doubtful")
                    reports.append(amended)
                    lines += [kept(one, 1), kept(amended, 2)]
                    right[document_of(amended)] = number + 50
                else:
                    lines.append(kept(one))
                    right[document_of(one)] = number
    return reports, OtherSources(kept=tuple(lines)), right


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    reports, told, right = archive()
    return write_batch(tmp_path_factory.mktemp("batch"), reports, told), right


def test_every_agency_and_year_has_one_row_and_the_right_report(batch: tuple[Path, dict[str, int]]) -> None:
    folder, right = batch
    with load(folder) as tables:
        panel = build_panel(tables, PanelOptions())
        rows = panel.table.to_pylist()
    assert len(rows) == len(right) == 297
    assert {row["document"]: row["rq_new_person"] for row in rows} == right
    assert panel.agencies == 60
    assert panel.complete == 57
    assert {row["n_years"] for row in rows if not row["balanced"]} == {4}
    amended = [row for row in rows if row["agency_id"].endswith("-财政") and row["year"] == 2023]
    assert {row["chosen"] for row in amended} == {"只有这一份可用；网址上的第2版；旧版本1份不用"}


def test_the_balanced_panel_has_every_year_of_each_agency(batch: tuple[Path, dict[str, int]]) -> None:
    with load(batch[0]) as tables:
        rows = build_panel(tables, PanelOptions(balanced=True)).table.to_pylist()
    assert len(rows) == 57 * 5


def test_coverage_tells_what_is_missing_and_why(batch: tuple[Path, dict[str, int]]) -> None:
    with load(batch[0]) as tables:
        heads, *rows = coverage_rows(tables)
    assert heads == ("agency_id", "agency", "2019", "2020", "2021", "2022", "2023")
    assert len(rows) == 60
    assert [row[2:] for row in rows if row[0] == "511724-教育"] == [
        ("used", "used", "used", "withdrawn", "used")
    ]


def test_names_are_short_unique_and_stay_as_they_are() -> None:
    names = [variable.name for variable in load_variables()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 30
    assert all(name.isascii() and name.isidentifier() and name == name.lower() for name in names)
    listed = (Path(__file__).parent / "variables.txt").read_text(encoding="utf-8").splitlines()
    assert [f"{variable.name} {variable.concept}" for variable in load_variables()] == listed


def test_near_concepts_fill_only_on_request_and_are_named(tmp_path: Path) -> None:
    folder = write_batch(tmp_path / "out", [Invented("大竹县财政局", 2016, 7, "2014")])
    near = next(v for v in load_variables() if any(c.edition == "2014" for c in v.cells_of("near")))
    with load(folder) as tables:
        plain = build_panel(tables, PanelOptions(every=True)).table.to_pylist()[0]
        filled = build_panel(tables, PanelOptions(near=True)).table.to_pylist()[0]
    assert plain[near.name] is None
    assert plain["near"] is None
    assert filled[near.name] is not None
    assert near.name in filled["near"].split()


def test_states_stand_beside_the_numbers_on_request(batch: tuple[Path, dict[str, int]]) -> None:
    with load(batch[0]) as tables:
        panel = build_panel(tables, PanelOptions(states=True))
    names = panel.table.column_names
    assert names[names.index("rq_new_total") + 1] == "rq_new_total_s"
    assert set(panel.table.column("rq_new_total_s").to_pylist()) == {"read"}


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".dta", ".xlsx"])
def test_every_format_holds_the_same_numbers(
    batch: tuple[Path, dict[str, int]], tmp_path: Path, suffix: str
) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("xlsxwriter")
    with load(batch[0]) as tables:
        panel = build_panel(tables, PanelOptions())
        coverage, doubts = coverage_rows(tables), doubt_rows(tables)
    out = tmp_path / f"面板{suffix}"
    files = write_panel(panel, coverage, doubts, out)
    read = {
        ".parquet": pandas.read_parquet, ".csv": pandas.read_csv, ".dta": pandas.read_stata,
        ".xlsx": pandas.read_excel,
    }[suffix](out)  # fmt: skip
    assert read["rq_new_total"].tolist() == panel.table.column("rq_new_total").to_pylist()
    assert read["agency"].tolist() == panel.table.column("agency").to_pylist()
    assert read["rq_new_total"].dtype.kind == "i"
    assert len(files) == (1 if suffix == ".xlsx" else 4)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_stata_has_labels_and_the_codebook_units_and_relations(
    batch: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    stata = pytest.importorskip("pandas.io.stata")
    with load(batch[0]) as tables:
        panel = build_panel(tables, PanelOptions())
        _, codebook, *_ = write_panel(panel, [()], [()], tmp_path / "面板.dta")
    with stata.StataReader(tmp_path / "面板.dta") as reader:
        assert reader.variable_labels()["rq_new_total"] == "一、本年新收政府信息公开申请数量，总计"
    rows = list(csv.DictReader(codebook.read_text(encoding="utf-8-sig").splitlines()))
    fees = [row for row in rows if row["variable"] == "pa_fees_amount"]
    assert {row["unit"] for row in fees} == {"万元"}
    assert {row["relation"] for row in rows} >= {"same", "near"}
    assert rows[0]["variable"] == "agency_id"


def test_a_count_with_a_fraction_is_left_empty_and_counted(tmp_path: Path) -> None:
    from decimal import Decimal

    import invented_batches
    from msgspec.structs import replace

    one = Invented("大竹县财政局", 2022)
    report = invented_batches.report_of(one)
    cell = replace(report.cells["requests.new.total"], value=Decimal("2.5"))
    report = replace(report, cells=report.cells | {"requests.new.total": cell})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invented_batches, "report_of", lambda _: report)
        folder = write_batch(tmp_path / "out", [one])
    with load(folder) as tables:
        panel = build_panel(tables, PanelOptions(every=True))
    assert panel.table.to_pylist()[0]["rq_new_total"] is None
    assert panel.not_whole == 1


def test_reports_of_nobody_make_no_panel(tmp_path: Path) -> None:
    folder = write_batch(tmp_path / "out", [Invented("教育局", None)])
    with load(folder) as tables, pytest.raises(Misused, match="--metadata"):
        build_panel(tables, PanelOptions())


def test_the_command_writes_the_panel_and_what_is_beside_it(
    batch: tuple[Path, dict[str, int]], tmp_path: Path
) -> None:
    out = tmp_path / "面板.csv"
    done = CliRunner().invoke(app, ["panel", str(batch[0]), "-o", str(out), "--balanced"])
    assert done.exit_code == 0, done.output
    assert "285 行：60 个机关，2019–2023 年，每年都有的 57 个" in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "面板.csv",
        "面板_codebook.csv",
        "面板_coverage.csv",
        "面板_doubts.csv",
    ]
    assert isinstance(CliRunner().invoke(app, ["panel", str(batch[0]), "-o", "面板.sav"]).exception, Misused)
