"""The right side: tables and sections, each linked to its place in the source."""

from collections.abc import Sequence, Set
from itertools import groupby

from msgspec import Struct

from extractor.forms import Row, TableForm
from extractor.report import OPEN_STATES, Report, Section
from extractor.review.desk import CellFacts, Desk
from extractor.review.drawn import Drawn, text
from extractor.review.findings_view import blamed
from extractor.rules import Finding, failing
from extractor.rules.editions import tables_of
from extractor.rules.wording import place_in_words
from extractor.words import word

_DOUBTFUL = ("missing", "unreadable", "undecided")
_WORKED_OUT = ("decoded", "repaired")


class _Reading(Struct, frozen=True):
    """The data needed to draw cells."""

    report: Report
    drawn: Drawn
    desk: Desk
    facts: CellFacts
    broken: Set[str]  # cells that a finding says are wrong


def draw_tables(report: Report, drawn: Drawn, findings: Sequence[Finding], desk: Desk) -> str:
    """Draw the standard tables; every cell is linked to its place in the source."""
    broken = {cell.id for finding in failing(findings) for cell in blamed(report, finding)}
    reading = _Reading(report, drawn, desk, CellFacts(report, desk), broken)
    return "".join(_table(reading, table) for table in tables_of(report).values())


def _table(reading: _Reading, table: TableForm) -> str:
    says = reading.desk.says
    buttons = "".join(
        f'<button type="button" class="take" data-take="{each}">{says(each)}</button>'
        for each in ("copy", "save-csv")
    )
    parts = [
        f'<section class="standard" data-table="{table.id}"><h3>{text(reading.desk.told(table.title))}</h3>'
    ]
    parts.append(f'<div class="takes">{buttons}</div>')
    for columns, rows in groupby(table.rows, key=table.columns_of):
        parts.append(_grid(reading, table, columns, list(rows)))
    return "".join((*parts, "</section>"))


def _grid(reading: _Reading, table: TableForm, columns: Sequence[str], rows: Sequence[Row]) -> str:
    told = reading.desk.told
    labels = {column.id: told(column.label) for column in table.columns}
    head = "".join(f'<th scope="col">{text(labels[column])}</th>' for column in columns)
    lines = [f"<tr><td></td>{head}</tr>"]
    for row in rows:
        cells = "".join(_cell(reading, f"{table.id}.{row.id}.{column}") for column in columns)
        group = f"<small>{text(told(' / '.join(row.group)))}</small> " if row.group else ""
        lines.append(f'<tr><th scope="row">{group}{text(told(row.label))}</th>{cells}</tr>')
    named = text(told(table.title))
    return f'<div class="wide"><table aria-label="{named}">{"".join(lines)}</table></div>'


def _cell(reading: _Reading, cell_id: str) -> str:
    cell, desk = reading.report.cells[cell_id], reading.desk
    keys = reading.drawn.keys_of(cell.locator)
    kinds = [
        "bad" if cell_id in reading.broken else "",
        "doubt" if cell.state in _DOUBTFUL else "worked" if cell.state in _WORKED_OUT else "",
        "" if keys else "nowhere",
        "corrected" if cell_id in desk.corrections else "",
    ]
    place = desk.told(place_in_words(cell.locator)) or desk.says("place-unknown")
    told = (
        f"{cell_id}｜{word('state', cell.state, desk.language)}｜{desk.says('printed')}“{cell.raw}”｜{place}"
    )
    classes = " ".join(kind for kind in kinds if kind)
    value = "" if cell.value is None else str(cell.value)
    return (
        f'<td tabindex="0" id="{text(cell_id)}" data-c="{text(cell_id)}" data-k="{" ".join(keys)}" '
        f'class="{classes}" title="{text(told)}" data-v="{text(value)}" data-raw="{text(cell.raw)}"'
        f"{reading.facts.attribute(cell_id)}>{_shown(reading, cell_id)}</td>"
    )


def _shown(reading: _Reading, cell_id: str) -> str:
    """Return the text of a cell; for an open cell `?` and the printed text, never a value."""
    cell = reading.report.cells[cell_id]
    if cell.state in OPEN_STATES:
        printed = f' <small class="raw">“{text(cell.raw)}”</small>' if cell.raw.strip() else ""
        return f'<span class="open">?</span>{printed}'
    return text(cell.raw if cell.value is None else cell.value)


def draw_sections(report: Report, drawn: Drawn, desk: Desk) -> str:
    """Draw the sections as a tree, each linked to the place of its heading."""
    return "".join(_section(section, drawn, desk, 3) for section in report.sections)


def _section(section: Section, drawn: Drawn, desk: Desk, level: int) -> str:
    keys = " ".join(drawn.keys_of(section.locator))
    code = f" <small>{text(section.code)}</small>" if section.code else ""
    heading = text(section.heading) or desk.says("preamble")
    paragraphs = "".join(f"<p>{text(line)}</p>" for line in section.text.split("\n") if line.strip())
    below = "".join(_section(each, drawn, desk, min(level + 1, 6)) for each in section.sections)
    return (
        f'<section class="words"><h{level} tabindex="0" data-k="{keys}">{heading}{code}</h{level}>'
        f"{paragraphs}{below}</section>"
    )
