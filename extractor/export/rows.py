"""Turns a report into rows of each table: tuples in the order of the columns of data/tables.yaml."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import structs

from extractor.catalog import UNKNOWN, DocumentFacts, KeptVersion
from extractor.cell_id import split_cell_id, table_of
from extractor.document import NOWHERE, Locator
from extractor.export.columns import PRECISION, SCALE
from extractor.forms import Form, TableForm, load_forms, per_forms
from extractor.outcome import Outcome, Sighting
from extractor.report import Number, Report, Section
from extractor.standard import standard_value

Row = tuple[Any, ...]

_JSON = msgspec.json.Encoder()
_ABOVE = " › "  # separates a label from those above it
_LARGEST = 10 ** (PRECISION - SCALE)


def document_row(outcome: Outcome, report: Report | None, facts: DocumentFacts = UNKNOWN) -> Row:
    """Return the row of a document in `documents`."""
    place = outcome.place
    head = (outcome.document, outcome.code, outcome.message or None, outcome.verdict)
    found_at = facts.url or place.url, timestamp(place.retrieved_at)
    tail = (place.name, report.source.format if report else None, outcome.size, *found_at)
    if report is None:
        agency = facts.agency
        known = (facts.printed, None, agency.region_code, agency.region_code_today)
        return (*head, *known, *(None,) * 4, facts.year, None, None, *tail, None, *_facts(facts))
    who = report.issuer
    told = (
        who.name, who.printed, who.region_code, who.region_code_today, who.region, who.level, who.kind,
        who.scope, report.year, report.form, report.title,
    )  # fmt: skip
    return (*head, *(value or None for value in told), *tail, report.schema_version, *_facts(facts))


def _facts(facts: DocumentFacts) -> Row:
    agency = facts.agency
    return (
        agency.id, agency.id_today, agency.name, agency.province, agency.prefecture, agency.why,
        agency.region_by, facts.published, facts.published_by, _locator(facts.published_at),
        facts.version, facts.change, timestamp(facts.withdrawn_at), facts.superseded_by,
        _JSON.encode(facts.given).decode() if facts.given else None,
    )  # fmt: skip


def with_facts(report: Report, facts: DocumentFacts) -> Report:
    """Return the report with agency, year and region from the facts where the report lacks them."""
    issuer, agency = report.issuer, facts.agency
    if (issuer.name, issuer.region_code, report.year) == (facts.printed, agency.region_code, facts.year):
        return report
    told = structs.replace(issuer, name=issuer.name or facts.printed)
    if issuer.region_code is None and agency.region_code is not None:
        told = structs.replace(
            told,
            region_code=agency.region_code,
            region_code_today=agency.region_code_today,
            region=issuer.region or agency.region,
            level=issuer.level or agency.level,
        )
    return structs.replace(report, issuer=told, year=report.year or facts.year)


def timestamp(text: str | None) -> str | None:
    """Return an ISO 8601 date in UTC, to the second; None if it is not one.

    >>> timestamp("2024-02-01T08:00:00.5+08:00"), timestamp("2024-02-01"), timestamp("早上")
    ('2024-02-01T00:00:00Z', '2024-02-01T00:00:00Z', None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def source_row(sighting: Sighting, kept: KeptVersion | None = None) -> Row:
    """Return the row in `sources` for a place where a document was found."""
    place = sighting.place
    crawled = (
        (kept.version, kept.change, timestamp(kept.gone_at), kept.agency, kept.report) if kept else _NOT_KEPT
    )
    return (
        str(place), sighting.document, place.path, place.member, place.url, timestamp(place.retrieved_at),
        sighting.code, sighting.message or None, sighting.size, *crawled,
    )  # fmt: skip


_NOT_KEPT = (None,) * 5


def cell_rows(document: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a report in `cells`, in the order of the report."""
    who = report.issuer
    head = (document, who.name or None, who.region_code, who.level, report.year)
    editions = _editions(report)
    for cell_id, cell in report.cells.items():
        named, unit = _named(cell_id, editions[table_of(cell_id)])
        value = _exact(cell.value)
        standard = value if cell.unit is None else _exact(standard_value(cell_id, cell))
        yield (
            *head, *named, value, cell.unit or unit, cell.raw or None, cell.state, _locator(cell.locator),
            standard,
        )  # fmt: skip


def check_rows(document: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a report in `checks`."""
    for check in report.checks:
        cells = _JSON.encode(check.cells).decode()
        yield (
            document, check.id, check.at, check.ordinal, check.outcome, _exact(check.left),
            _exact(check.right), cells, check.message or None,
        )  # fmt: skip


def figure_rows(document: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a report in `figures`."""
    for number, figure in enumerate(report.figures, start=1):
        yield (
            document, number, figure.code, _exact(figure.value), figure.unit or None, figure.text or None,
            figure.section or None, _locator(figure.locator),
        )  # fmt: skip


def section_rows(document: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a report in `sections`; a section comes before its subsections."""
    numbers = iter(range(1, 1 << 30))

    def rows(sections: tuple[Section, ...], parent: int | None, depth: int) -> Iterator[Row]:
        for section in sections:
            number = next(numbers)
            yield (
                document, number, parent, depth, section.code, section.heading or None,
                section.text or None, _locator(section.locator),
            )  # fmt: skip
            yield from rows(section.sections, number, depth + 1)

    return rows(report.sections, None, 1)


def notice_rows(document: str, report: Report) -> Iterator[Row]:
    """Yield the rows of a report in `notices`, including those on values with too many digits."""
    notices = [(notice.code, notice.message, notice.locator) for notice in report.notices]
    for cell_id, cell in report.cells.items():
        if cell.value is not None and _exact(cell.value) is None:
            notices.append(("too-long-a-number", f"{cell_id}：数字太长，表里留空，见 raw", cell.locator))
    for number, (code, message, locator) in enumerate(notices, start=1):
        yield (document, number, code, message or None, _locator(locator))


ROWS_OF_REPORT = {
    "cells": cell_rows,
    "checks": check_rows,
    "figures": figure_rows,
    "sections": section_rows,
    "notices": notice_rows,
}


def _exact(value: Number | None) -> Number | None:
    """Return the number if the tables can hold all of its digits, else None."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -SCALE or abs(value) >= _LARGEST:
            return None
        return value
    return value if value is None or -_LARGEST < value < _LARGEST else None


def _locator(locator: Locator) -> str | None:
    return None if locator is NOWHERE or locator == NOWHERE else _JSON.encode(locator).decode()


def _editions(report: Report) -> dict[str, str | None]:
    """Return the edition of each table, decided by its cells: a report may mix two editions."""
    ids: dict[str, set[str]] = {}
    for cell_id in report.cells:
        ids.setdefault(table_of(cell_id), set()).add(cell_id)
    return {table: _edition_of(table, frozenset(cells), report.form) for table, cells in ids.items()}


@per_forms()
def _edition_of(table: str, cells: frozenset[str], of_report: str | None) -> str | None:
    fitting = [form.id for form in load_forms() if cells <= _cells_of(form, table)]
    return of_report if of_report in fitting else next(iter(fitting), None)


def _cells_of(form: Form, table: str) -> set[str]:
    definition = form.table(table)
    return set(definition.cell_ids()) if definition else set()


@per_forms()
def _named(cell_id: str, edition: str | None) -> tuple[Row, str | None]:
    """Return what an edition says of a cell: the columns from `edition` to `column_label`, and its unit."""
    table, row, column = split_cell_id(cell_id)
    definition = _table_form(edition, table)
    if definition is None:
        return (edition, table, row, column, None, None, None), None
    of_row = definition.row(row)
    of_column = next(each for each in definition.columns if each.id == column)
    unit = of_row.units.get(column, of_row.unit)
    row_label, column_label = (_ABOVE.join((*named.group, named.label)) for named in (of_row, of_column))
    labels = definition.title, row_label, column_label
    return (edition, table, row, column, *labels), None if unit == "as printed" else unit or None


def _table_form(edition: str | None, table: str) -> TableForm | None:
    return next((form.table(table) for form in load_forms() if form.id == edition), None)
