"""Builds the panel from the tables of a batch: one report per agency and year, its cells as columns."""

from typing import Any

from msgspec import Struct

from extractor.analysis import Tables
from extractor.errors import Misused
from extractor.panel.variables import Variable, load_variables

# The columns before the numbers: name, label in Chinese and English, SQL over reports_used.
HEAD = (
    ("agency_id", "机关编号", "Id of the agency", "agency_id"),
    ("agency_id_today", "并入后的机关编号", "Id of the agency that took it in", "agency_id_today"),
    ("agency", "机关", "Agency", "coalesce(agency_full, agency)"),
    ("year", "报告年度", "Year", "CAST(year AS SMALLINT)"),
    ("province", "省", "Province", "province"),
    ("prefecture", "市", "Prefecture", "prefecture"),
    ("region_code", "当年区划代码", "Region code of the year", "region_code"),
    ("region_code_today", "现行区划代码", "Region code today", "region_code_today"),
    ("level", "层级", "Level", "level"),
    ("kind", "类别", "Kind of agency", "kind"),
    ("scope", "口径", "Own figures or the area's", "scope"),
    ("edition", "表格版本", "Edition of the form", "edition"),
    ("verdict", "核对结论", "Verdict", "verdict"),
    ("published", "公布日期", "Date of publication", "published"),
    ("chosen", "采用这份的理由", "Why this report", "chosen"),
    ("document", "文档编号", "Document", "document"),
)
_TAIL = (
    ("n_years", "本机关有几年", "Years of the agency"),
    ("balanced", "每年都有（1）", "There in every year (1)"),
    ("near", "取自相近指标的变量", "Variables taken from a near concept"),
)


class PanelOptions(Struct, frozen=True):
    """What the user asked for."""

    near: bool = False  # if an edition has no identical cell, use one marked as only similar
    states: bool = False  # for each number a column NAME_s with its state
    balanced: bool = False  # only agencies with a report in every year
    every: bool = False  # also variables without any number


class Panel(Struct, frozen=True):
    """The panel as an Arrow table, with descriptions of its columns."""

    table: Any
    variables: tuple[Variable, ...]  # the variables that have a column
    labels: dict[str, tuple[str, str]]  # column → Chinese and English
    agencies: int
    years: tuple[int, ...]
    complete: int  # agencies with a report in every year
    left_out: int  # reports whose agency is unknown
    not_whole: int  # counts printed with a fraction, which were left empty


def build_panel(tables: Tables, options: PanelOptions) -> Panel:
    """Return the panel of a batch.

    Raises:
        Misused: There is no report with agency and year.
    """
    variables = load_variables()
    tables.run(f"CREATE OR REPLACE TEMP TABLE panel_used AS {_used()}")
    years = [year for (year,) in _fetch(tables, "SELECT DISTINCT year FROM panel_used ORDER BY 1")]
    if not years:
        raise Misused("没有一份报告说得出机关和年度，做不成面板；用 --metadata 补上")
    tables.run(f"CREATE OR REPLACE TEMP TABLE panel_long AS {_long(variables, options)}")
    there = {name for (name,) in _fetch(tables, "SELECT DISTINCT variable FROM panel_long")}
    kept = tuple(each for each in variables if options.every or each.name in there)
    table = tables.query(_wide(kept, options, len(years)))
    labels = {name: (label, english) for name, label, english, _ in HEAD}
    labels |= {each.name: (each.label, each.label_en) for each in kept}
    labels |= {name: (label, english) for name, label, english in _TAIL}
    if options.states:
        labels |= {f"{v.name}_s": (f"{v.label}（状态）", f"{v.label_en} (state)") for v in kept}
    ((agencies, complete),) = _fetch(
        tables,
        "SELECT count(*), count(*) FILTER (n = (SELECT count(DISTINCT year) FROM panel_used)) "
        "FROM (SELECT agency_id, count(DISTINCT year) AS n FROM panel_used GROUP BY agency_id)",
    )
    ((left_out,),) = _fetch(tables, "SELECT count(*) FROM reports_used WHERE agency_id IS NULL")
    ((not_whole,),) = _fetch(tables, "SELECT count(*) FROM panel_long WHERE broken")
    return Panel(table, kept, labels, agencies, tuple(years), complete, left_out, not_whole)


def _fetch(tables: Tables, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in tables.query(sql).to_pylist()]


def _used() -> str:
    columns = ", ".join(f"{sql} AS {name}" for name, _, _, sql in HEAD)
    return f"SELECT {columns} FROM reports_used WHERE agency_id IS NOT NULL"


def _long(variables: tuple[Variable, ...], options: PanelOptions) -> str:
    """Return the SQL for one row per report and variable; near cells only if none is identical."""
    relations = ("same", "near") if options.near else ("same",)
    cells = [
        (each.name, cell.edition, cell.table, cell.row, cell.column, cell.relation, each.type == "integer")
        for each in variables
        for relation in relations
        for cell in each.cells_of(relation)
    ]
    values = ", ".join(f"({', '.join(map(_literal, cell))})" for cell in cells)
    return f"""
        SELECT c.document, v.variable, v.relation, c.state, v.whole AND c.standard_value % 1 <> 0 AS broken,
               CASE WHEN v.whole AND c.standard_value % 1 <> 0 THEN NULL ELSE c.standard_value END AS value
        FROM cells c JOIN panel_used u USING (document)
        JOIN (VALUES {values}) v(variable, edition, "table", "row", "column", relation, whole)
          ON c.edition = v.edition AND c."table" = v."table" AND c."row" = v."row" AND c."column" = v."column"
        QUALIFY row_number() OVER (PARTITION BY c.document, v.variable
          ORDER BY v.relation DESC, c.standard_value IS NULL, c."table", c."row", c."column") = 1"""


def _literal(value: object) -> str:
    return str(value).upper() if isinstance(value, bool) else "'" + str(value).replace("'", "''") + "'"


def _wide(variables: tuple[Variable, ...], options: PanelOptions, years: int) -> str:
    names = ", ".join(_literal(each.name) for each in variables)
    columns = []
    for each in variables:
        kind = "BIGINT" if each.type == "integer" else "DOUBLE"
        columns.append(f'CAST(n."{each.name}" AS {kind}) AS "{each.name}"')
        if options.states:
            columns.append(f's."{each.name}" AS "{each.name}_s"')
    pivot = "(PIVOT (SELECT document, variable, {0} FROM panel_long) ON variable IN ({1}) USING first({0}))"
    states = f"LEFT JOIN {pivot.format('state', names)} s USING (document)" if options.states else ""
    head = ", ".join(f"u.{name}" for name, *_ in HEAD)
    near = (
        "LEFT JOIN (SELECT document, string_agg(variable, ' ' ORDER BY variable) AS near FROM panel_long "
        "WHERE relation = 'near' GROUP BY document) x USING (document)"
    )
    last = [
        "CAST(count(*) OVER (PARTITION BY u.agency_id) AS SMALLINT) AS n_years",
        f"CAST(count(*) OVER (PARTITION BY u.agency_id) = {years} AS TINYINT) AS balanced",
        "x.near",
    ]
    numbers = f"LEFT JOIN {pivot.format('value', names)} n USING (document)"
    body = f"SELECT {', '.join([head, *columns, *last])} FROM panel_used u {numbers} {states} {near}"
    kept = "WHERE balanced = 1" if options.balanced else ""
    return f"SELECT * FROM ({body}) {kept} ORDER BY agency_id, year"
