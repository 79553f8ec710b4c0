"""The one room that knows the order of the steps: bytes to report, for one document."""

import hashlib
from decimal import Decimal
from pathlib import Path

from extractor.checks import run_checks
from extractor.document import Document, Notice, Source, Table
from extractor.errors import MissingFile
from extractor.formats import read_document
from extractor.forms import load_form
from extractor.recognize.identity import identify, is_about_disclosure
from extractor.recognize.located import FoundTables
from extractor.recognize.outline import find_outline
from extractor.recognize.tables import find_tables
from extractor.report import CellValue, Check, Number, OtherTable, Report, SourceInfo
from extractor.settle import Settled, blanks_were_dropped, settle_table
from extractor.verdict import decide


def parse(
    source: str | Path | bytes | Source, *, name: str = "", url: str | None = None
) -> Report:
    """Read one report.

    Args:
        source: A path, the bytes themselves, or a Source.
        name: What to call bytes that have no file name.
        url: Where the bytes came from, if known.

    Raises:
        ExtractorError: No report can be produced; its `exit_code` says why.
    """
    if not isinstance(source, Source):
        source = _source_of(source, name, url)
    return report_on(source, read_document(source))


def _source_of(given: str | Path | bytes, name: str, url: str | None) -> Source:
    if isinstance(given, bytes):
        return Source(name or "-", given, url)
    path = Path(given)
    try:
        return Source(name or path.name, path.read_bytes(), url)
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror or error}）") from error


def report_on(source: Source, document: Document) -> Report:
    """Recognize, read, solve and check one document."""
    found = find_tables(document.blocks)
    identity = identify(source, document)
    outline = find_outline(document.blocks, found.taken, identity.begin)
    settled = _settle(found)
    checks = [check for table_id in found.tables for check in _check(found, settled, table_id)]
    cells = {cell_id: cell for each in settled.values() for cell_id, cell in each.cells.items()}
    form = _form_of(found)
    notices = [*document.notices, *identity.notices, *found.notices, *_mixed_editions(found, form)]
    notices.extend(notice for each in settled.values() for notice in each.notices)
    verdict, reasons = decide(
        found=found,
        settled=settled,
        checks=checks,
        about_disclosure=is_about_disclosure(document, identity.title),
        codes=[section.code for section in outline.sections if section.code],
        named=identity.issuer.name is not None or identity.year is not None,
    )
    return Report(
        source=_source_info(source, document),
        title=identity.title,
        issuer=identity.issuer,
        year=identity.year,
        form=form,  # type: ignore[arg-type]  # the ids of the editions are the literals
        sections=outline.sections,
        tables=_tables(found, cells),
        cells=cells,
        other_tables=_other_tables(document, found, outline.section_of),
        figures=(),
        checks=tuple(checks),
        verdict=verdict,
        notices=(*notices, *reasons),
    )


def _source_info(source: Source, document: Document) -> SourceInfo:
    digest = hashlib.sha256(source.data).hexdigest()
    return SourceInfo(
        source.name, document.format, digest, len(source.data), source.url, source.retrieved_at, source.member
    )


_ORDER = ("proactive", "requests", "disputes", "statistics")


def _settle(found: FoundTables) -> dict[str, Settled]:
    found.tables = {name: found.tables[name] for name in _ORDER if name in found.tables}
    dropped = blanks_were_dropped(found.tables.values())
    settled = {}
    for name, table in found.tables.items():
        table_form = load_form(table.form).table(name)
        assert table_form is not None  # found under this very form
        settled[name] = settle_table(table_form, table, blanks_dropped=dropped)
    return settled


def _check(found: FoundTables, settled: dict[str, Settled], table_id: str) -> list[Check]:
    table_form = load_form(found.tables[table_id].form).table(table_id)
    assert table_form is not None
    facts: dict[tuple[str, str], Number | None] = {}
    for cell_id, cell in settled[table_id].cells.items():
        if cell.state in ("read", "blank", "decoded", "repaired"):
            _, row, column = cell_id.split(".")
            facts[row, column] = cell.value
    return run_checks(table_form, facts)


def _form_of(found: FoundTables) -> str | None:
    """Return the edition of the requests table, else of another standard table."""
    for name in ("requests", "proactive", "statistics", "disputes"):
        if name in found.tables:
            return found.tables[name].form
    return None


def _mixed_editions(found: FoundTables, form: str | None) -> list[Notice]:
    others = {name: t.form for name, t in found.tables.items() if t.form != form and name != "statistics"}
    if not others:
        return []
    names = "、".join(f"{name} 为 {edition} 年版" for name, edition in others.items())
    return [Notice("mixed-editions", f"表格版本不一：requests 为 {form} 年版，{names}")]


def _tables(
    found: FoundTables, cells: dict[str, CellValue]
) -> dict[str, dict[str, dict[str, int | Decimal | None]]]:
    tables: dict[str, dict[str, dict[str, int | Decimal | None]]] = {}
    for cell_id, cell in cells.items():
        table, row, column = cell_id.split(".")
        tables.setdefault(table, {}).setdefault(row, {})[column] = cell.value
    return tables


def _other_tables(
    document: Document, found: FoundTables, section_of: dict[int, str | None]
) -> tuple[OtherTable, ...]:
    return tuple(
        OtherTable(section_of.get(index), _expanded(block), block.locator)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table) and index not in found.blocks
    )


def _expanded(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table as texts, a merged cell's text in every place it covers."""
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = cell.text.strip()
    return tuple(tuple(row) for row in grid)
