"""Reads one document, from bytes to report; no other module knows the order of the steps."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import structs

from extractor.document import Document, Locator, Notice, Source, Table, say_the_same
from extractor.errors import ExtractorError, OutOfMemory, ProgramFault
from extractor.formats import read_document, reread_document
from extractor.forms import TableForm, cells_of, load_form, newest_tables, use_forms
from extractor.located import FoundTables
from extractor.recognize.genre import (
    OTHER_DOCUMENT,
    is_in_chinese,
    may_be_about_disclosure,
    read_signs,
    tell_genre,
)
from extractor.recognize.issuer import NO_FRONT, read_front_matter
from extractor.recognize.issuer.title import read_head
from extractor.recognize.outline import find_outline
from extractor.recognize.several import reports_in
from extractor.recognize.tables import find_tables
from extractor.recognize.tables.editions import edition_of, mixed_editions
from extractor.recognize.witness import find_witnesses
from extractor.report import CellValue, Number, OtherTable, Report, Section, SourceInfo
from extractor.settle import Settled, blanks_were_dropped, check_table, settle_table
from extractor.settle.unplain import question_unplain
from extractor.sources import source_from
from extractor.verdict import better_of, cells_in_broken_checks, confirms, decide, shows_number


def parse(
    source: str | Path | bytes | Source,
    *,
    name: str = "",
    url: str | None = None,
    prose: bool = True,
    forms: str | Path | None = None,
) -> Report:
    """Read one report.

    Thread-safe. PDFs are read one at a time, whatever the number of threads; other formats as far as Python's
    lock allows. To use several cores, use processes.

    Args:
        source: A path, the bytes themselves, or a Source.
        name: What to call bytes that have no file name.
        url: Where the bytes came from, if known.
        prose: Whether to read the numbers in prose and the items of section 五 too.
        forms: A folder with further editions of the standard form; used from now on, as by use_forms().

    Raises:
        ExtractorError: No report can be produced; its `exit_code` says why. A fault of this program
            is a `ProgramFault`, whose cause is the original exception. Nothing else is raised.
    """
    return _read(_source_given(source, name, url, forms), prose=prose, every=False)[0]


def parse_all(
    source: str | Path | bytes | Source,
    *,
    name: str = "",
    url: str | None = None,
    prose: bool = True,
    forms: str | Path | None = None,
) -> list[Report]:
    """Read every report of a file that may contain several, such as a volume or an agency's years.

    For most files this is one report, the same as from `parse`. If there are several, `parse` returns the
    first; each has a notice, `several-reports`, with its number.

    Args:
        source: A path, the bytes themselves, or a Source.
        name: What to call bytes that have no file name.
        url: Where the bytes came from, if known.
        prose: As of `parse`.
        forms: As of `parse`.

    Raises:
        ExtractorError: As by `parse`.
    """
    return _read(_source_given(source, name, url, forms), prose=prose, every=True)


def _source_given(
    source: str | Path | bytes | Source, name: str, url: str | None, forms: str | Path | None
) -> Source:
    if forms is not None:
        use_forms(forms)
    return source if isinstance(source, Source) else source_from(source, name, url)


def _read(source: Source, *, prose: bool, every: bool) -> list[Report]:
    try:
        return _parsed(source, prose=prose, every=every)
    except ExtractorError:
        raise
    except MemoryError as error:
        raise OutOfMemory(f"{source.name}: 超过内存上限，已停止") from error
    except Exception as error:  # the package's public entry point: callers expect only ExtractorError
        if os.environ.get("EXTRACTOR_DEBUG") == "1":
            raise
        raise ProgramFault(f"{source.name}: 程序出错（{type(error).__name__}: {error}）") from error


def _parsed(source: Source, *, prose: bool, every: bool) -> list[Report]:
    document = read_document(source, may_be_about_disclosure)
    parts = reports_in(document)
    reports = []
    for at, part in enumerate(parts if every else parts[:1]):
        report = report_on(source, part)
        if _is_worth_another_look(report):
            report = _compared_with_second_reader(source, document, report, parts, at)
        if len(parts) > 1:
            own = structs.replace(report.source, part=at + 1)
            told = (_one_of(at, part, len(parts)), *report.notices)
            report = structs.replace(report, source=own, notices=told)
        is_report = report.verdict != "not_a_report"
        reports.append(with_prose(report) if prose and is_report else report)
    return reports


def _one_of(at: int, part: Document, count: int) -> Notice:
    message = f"文件里有 {count} 份年报，这是第 {at + 1} 份；各份都要，用 parse --all 或 parse_all()"
    return Notice("several-reports", message, part.blocks[0].locator)


def with_prose(report: Report) -> Report:
    """Add the numbers of the prose; a conflict with a table becomes a check, the verdict stays."""
    from extractor.recognize.problems import find_problems
    from extractor.recognize.prose_numbers import find_figures
    from extractor.recognize.prose_numbers.compare import compare_with_cells
    from extractor.standard import in_units_of_form
    from extractor.whose import is_of_another_scope

    figures = find_figures(report.sections, report.year)
    others = [figure for figure in figures if is_of_another_scope(figure, report)]
    tables = in_units_of_form(report).tables
    return structs.replace(
        report,
        figures=figures,
        checks=(*report.checks, *compare_with_cells(figures, tables, others, report.issuer)),
        problems=find_problems(report.sections),
    )


def _is_worth_another_look(report: Report) -> bool:
    """Return whether tables were found but not verified, so that a reading error is possible."""
    return bool(report.tables) and report.verdict in ("inconsistent", "doubtful", "partial")


def _compared_with_second_reader(
    source: Source, first: Document, report: Report, parts: Sequence[Document], at: int
) -> Report:
    """Read the source with the second reader of its format; a notice names the cells that differ.

    Of a file with several reports, the same one is compared, if the second reader finds as many.
    """
    try:
        if report.verdict == "inconsistent" and len(parts) == 1 and _is_confirmed(source, report):
            return report
        document = reread_document(source, first=first)
    except ExtractorError:
        return report
    again = reports_in(document) if document is not None else []
    if len(again) != len(parts) or say_the_same(again[at], parts[at]):
        return report
    return better_of(report, report_on(source, again[at]))


def _is_confirmed(source: Source, report: Report) -> bool:
    """Return whether the second reader, on their pages only, reads the same numbers in the failing checks."""
    involved = cells_in_broken_checks(report)
    places = [place for i in involved for place in (report.cells[i].locator, *report.cells[i].locator.more)]
    pages = frozenset(place.page for place in places if place.page is not None)
    if not pages:
        return False
    document = reread_document(source, pages)
    if document is None:
        return True
    settled = _settle(document, find_tables(document.blocks, report.year), ())
    second = {i: cell for each in settled.values() for i, cell in each.cells.items() if i in involved}
    return confirms(second, report)


def report_on(source: Source, document: Document) -> Report:
    """Recognize, read, solve and check one document."""
    readable = is_in_chinese(document)  # a document without Chinese text cannot be a report
    head = read_head(document) if readable else None
    front = read_front_matter(source, document, head) if readable else NO_FRONT
    found = find_tables(document.blocks, front.year) if readable else FoundTables()
    outline = find_outline(document.blocks, found.taken, front.begin, headed=readable)
    settled = _settle(document, found, outline.sections)
    checks = [
        check for name in found.tables for check in check_table(_table_form(found, name), settled[name])
    ]
    cells = {cell_id: cell for each in settled.values() for cell_id, cell in each.cells.items()}
    form = edition_of(found)
    unplain = question_unplain({name: _table_form(found, name) for name in settled}, settled)
    numbers = shows_number(settled)
    genre = OTHER_DOCUMENT
    if readable:
        signs = read_signs(document, outline.sections, tables=bool(found.tables), numbers=numbers, head=head)
        genre = tell_genre(document, front.title, signs)
    if not genre.is_report:
        front, checks = NO_FRONT, []  # then the title found belongs to another document
    verdict, reasons = decide(
        found=found, settled=settled, checks=checks, other_kind=genre.other, part_of_year=genre.part_of_year
    )
    notices = [*document.notices, *front.notices, *found.notices, *mixed_editions(found, form)]
    notices.extend((*(notice for each in settled.values() for notice in each.notices), *unplain))
    return Report(
        source=_source_info(source, document),
        title=front.title,
        issuer=front.issuer,
        year=front.year,
        form=form,
        sections=outline.sections,
        tables=_tables(found, cells),
        cells=cells,
        other_tables=_other_tables(document, found, outline.section_of),
        figures=(),
        checks=tuple(checks),
        verdict=verdict,
        notices=(*notices, *reasons),
        published=front.published,
    )


def _source_info(source: Source, document: Document) -> SourceInfo:
    digest = hashlib.sha256(source.data).hexdigest()
    return SourceInfo(
        source.name, document.format, digest, len(source.data), source.url, source.retrieved_at, source.member
    )


def _settle(document: Document, found: FoundTables, sections: tuple[Section, ...]) -> dict[str, Settled]:
    found.tables = {name: found.tables[name] for name in newest_tables() if name in found.tables}
    dropped = blanks_were_dropped(found.tables.values())
    alternatives = _alternatives(document)
    settled = {}
    for name, table in found.tables.items():
        form = _table_form(found, name)
        told = form.witnessed and table.glued
        heard = find_witnesses(sections, f"{name}.{form.witnessed}") if told else ()
        settled[name] = settle_table(
            form, table, blanks_dropped=dropped, witnesses=heard, alternatives=alternatives
        )
    return settled


def _alternatives(document: Document) -> dict[Locator, Sequence[tuple[str, float]]]:
    """Return the readings of the cells that were recognized in a picture, with their scores."""
    tables = (block for block in document.blocks if isinstance(block, Table))
    cells = (cell for table in tables for cell in table.cells if cell.alternatives)
    return {cell.locator: cell.alternatives for cell in cells}


def _table_form(found: FoundTables, name: str) -> TableForm:
    table_form = load_form(found.tables[name].form).table(name)
    assert table_form is not None  # it was found under this very form
    return table_form


def _tables(
    found: FoundTables, cells: dict[str, CellValue]
) -> dict[str, dict[str, dict[str, Number | None]]]:
    return {
        name: {
            row: {column: cells[cell_id].value for column, cell_id in ids.items()}
            for row, ids in cells_of(_table_form(found, name)).items()
        }
        for name in found.tables
    }


def _other_tables(
    document: Document, found: FoundTables, section_of: dict[int, str | None]
) -> tuple[OtherTable, ...]:
    return tuple(
        OtherTable(section_of.get(index), _texts_of_grid(block), block.locator)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table) and index not in found.blocks
    )


def _texts_of_grid(table: Table) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table as texts, a merged cell's text in every place it covers."""
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    grid = [[""] * width for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = cell.text.strip()
    return tuple(tuple(row) for row in grid)
