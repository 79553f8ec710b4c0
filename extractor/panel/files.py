"""Writes the panel with its codebook and its coverage: beside it as CSV, or as sheets of one workbook."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.errors import MissingDependency, Misused, to_install
from extractor.panel.build import Panel
from extractor.panel.variables import codebook_rows

SUFFIXES = (".parquet", ".csv", ".dta", ".xlsx")
_LONGEST_LABEL = 80  # characters of a Stata variable's label
_STATA = 118  # the first Stata format version with Chinese


Rows = Sequence[Sequence[Any]]


def write_panel(panel: Panel, coverage: Rows, doubts: Rows, out: Path) -> list[Path]:
    """Write the panel in the format of the file's suffix; an existing file is replaced.

    Args:
        panel: The panel.
        coverage: The state of each agency and year, column headings first.
        doubts: Agencies that may be the same, column headings first.
        out: The file.

    Returns:
        The paths of panel, codebook, coverage and doubts; a workbook contains all four.

    Raises:
        Misused: The suffix is not in SUFFIXES.
        MissingDependency: The format needs a package that is not installed.
        OSError: The folder cannot be written to.
    """
    require_suffix(out)
    draft = out.with_name(f".{out.stem}.draft{out.suffix}")
    beside = {"codebook": _codebook(panel), "coverage": coverage, "doubts": doubts}
    try:
        _WRITERS[out.suffix](panel, beside, draft)
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    if out.suffix == ".xlsx":
        return [out]
    paths = [out.with_name(f"{out.stem}_{name}.csv") for name in beside]
    for path, rows in zip(paths, beside.values(), strict=True):
        _write_csv(path, rows)
    return [out, *paths]


def require_suffix(out: Path) -> None:
    """Raise Misused if the panel cannot be written in this file's format."""
    if out.suffix not in SUFFIXES:
        raise Misused(f"{out}: 面板可写成 {'、'.join(SUFFIXES)}")


def _codebook(panel: Panel) -> list[tuple[Any, ...]]:
    heads, *rows = codebook_rows(panel.variables)
    known = {variable.name for variable in panel.variables}
    others = [
        (name, label, english, *(None,) * (len(heads) - 3))
        for name, (label, english) in panel.labels.items()
        if name not in known and not (name.endswith("_s") and name[:-2] in known)
    ]
    return [heads, *others, *rows]


def _write_csv(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _parquet(panel: Panel, beside: Mapping[str, Rows], path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    units = {variable.name: variable.unit or "" for variable in panel.variables}
    fields = []
    for field in panel.table.schema:
        label, english = panel.labels[field.name]
        about = {"label": label, "label_en": english, "unit": units.get(field.name, "")}
        fields.append(field.with_metadata(about))
    pq.write_table(panel.table.cast(pa.schema(fields)), path, compression="zstd")


def _csv(panel: Panel, beside: Mapping[str, Rows], path: Path) -> None:
    names = panel.table.column_names
    _write_csv(path, [names, *(row.values() for row in panel.table.to_pylist())])


def _stata(panel: Panel, beside: Mapping[str, Rows], path: Path) -> None:
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingDependency(f"写 .dta 需要 pandas：{to_install('analysis')}") from error
    columns = {}
    for name in panel.table.column_names:
        values = panel.table.column(name).to_pylist()
        if panel.table.schema.field(name).type in _text_types():
            columns[name] = pd.Series(["" if value is None else value for value in values], dtype=object)
        else:
            columns[name] = _number_column(pd, values)
    frame = pd.DataFrame(columns)
    labels = {name: label[:_LONGEST_LABEL] for name, (label, _) in panel.labels.items() if name in columns}
    frame.to_stata(
        path, write_index=False, version=_STATA, variable_labels=labels, data_label="政府信息公开年报面板"
    )


def _text_types() -> tuple[Any, ...]:
    import pyarrow as pa

    return (pa.string(), pa.large_string())


def _number_column(pd: Any, values: list[Any]) -> Any:
    """Return whole numbers as Stata integers if none is missing, else as doubles, exact to 2^53."""
    whole = all(value is None or isinstance(value, int) for value in values)
    if whole and None not in values and all(abs(value) < 2**31 - 27 for value in values):
        return pd.Series(values, dtype="int32")
    return pd.Series([None if value is None else float(value) for value in values], dtype="float64")


def _xlsx(panel: Panel, beside: Mapping[str, Rows], path: Path) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingDependency(f"写 XLSX 需要 xlsxwriter：{to_install('archive')}") from error
    with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        bold = book.add_format({"bold": True})
        names = panel.table.column_names
        rows = [names, *(list(row.values()) for row in panel.table.to_pylist())]
        for title, content in (("面板", rows), *((_SHEETS[name], told) for name, told in beside.items())):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 4 if title == "面板" else 1)
            for number, row in enumerate(content):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value:
                        sheet.write_string(number, column, value, bold if number == 0 else None)
                    elif isinstance(value, int | float):
                        sheet.write_number(number, column, value)


_SHEETS = {"codebook": "变量", "coverage": "覆盖", "doubts": "存疑"}
_WRITERS = {".parquet": _parquet, ".csv": _csv, ".dta": _stata, ".xlsx": _xlsx}
