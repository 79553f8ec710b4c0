"""The right side: tables, sections and findings, each linked to its place in the source."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extractor.forms import Row, TableForm
from extractor.report import Report, Section
from extractor.review.drawn import Drawn, text
from extractor.rules import CitedCell, Finding, failing
from extractor.rules.editions import tables_of
from extractor.rules.wording import FAULTS, OUTCOMES, SEVERITIES, STATES, place_in_words

_DOUBTFUL = ("missing", "unreadable", "undecided")
_WORKED_OUT = ("decoded", "repaired")


def draw_tables(report: Report, drawn: Drawn, findings: Sequence[Finding]) -> str:
    """Draw the standard tables; every cell is linked to its place in the source."""
    broken = {cell.id for finding in failing(findings) for cell in _blamed(report, finding)}
    tables = tables_of(report)
    return "".join(_table(report, table, drawn, broken) for table in tables.values())


def _table(report: Report, table: TableForm, drawn: Drawn, broken: set[str]) -> str:
    parts = [f'<section class="standard"><h3>{text(table.title)}</h3>']
    for columns, rows in groupby(table.rows, key=table.columns_of):
        parts.append(_grid(report, table, columns, list(rows), drawn, broken))
    return "".join((*parts, "</section>"))


def _grid(
    report: Report,
    table: TableForm,
    columns: Sequence[str],
    rows: Sequence[Row],
    drawn: Drawn,
    broken: set[str],
) -> str:
    labels = {column.id: column.label for column in table.columns}
    head = "".join(f'<th scope="col">{text(labels[column])}</th>' for column in columns)
    lines = [f"<tr><th></th>{head}</tr>"]
    for row in rows:
        cells = "".join(_cell(report, f"{table.id}.{row.id}.{column}", drawn, broken) for column in columns)
        group = f"<small>{text(' / '.join(row.group))}</small> " if row.group else ""
        lines.append(f'<tr><th scope="row">{group}{text(row.label)}</th>{cells}</tr>')
    return f'<div class="wide"><table>{"".join(lines)}</table></div>'


def _cell(report: Report, cell_id: str, drawn: Drawn, broken: set[str]) -> str:
    cell = report.cells[cell_id]
    keys = drawn.keys_of(cell.locator)
    kinds = [
        "bad" if cell_id in broken else "",
        "doubt" if cell.state in _DOUBTFUL else "worked" if cell.state in _WORKED_OUT else "",
        "" if keys else "nowhere",
    ]
    shown = cell.raw if cell.value is None else str(cell.value)
    told = f"{cell_id}｜{STATES[cell.state]}｜原文“{cell.raw}”｜{place_in_words(cell.locator) or '位置不明'}"
    classes = " ".join(kind for kind in kinds if kind)
    return (
        f'<td tabindex="0" id="{text(cell_id)}" data-c="{text(cell_id)}" data-k="{" ".join(keys)}" '
        f'class="{classes}" title="{text(told)}">{text(shown)}</td>'
    )


def draw_findings(report: Report, findings: Sequence[Finding]) -> str:
    """Draw the failing rules, the most severe first and with both sides, then all that hold."""
    broken = failing(findings)
    rest = [finding for finding in findings if finding.outcome != "fails"]
    shown = "".join(_finding_html(report, finding) for finding in broken) or "<li>没有不相符之处</li>"
    held = "".join(_finding_html(report, finding) for finding in rest)
    return (
        f'<ol class="findings" id="broken">{shown}</ol>'
        f'<details><summary>相符和未核的 {len(rest)} 处</summary><ol class="findings">{held}</ol></details>'
    )


def _finding_html(report: Report, finding: Finding) -> str:
    cells = " ".join(cell.id for cell in _own_cells(report, finding))
    sides = ""
    if finding.should_be is not None:
        before = finding.mends[0].cell.value
        sides = (
            f'<span class="sides"><b>{text(before)}</b> <i>应为</i> <b>{text(finding.should_be)}</b></span>'
        )
    elif finding.outcome == "fails" and finding.left is not None:
        right = "" if finding.right is None else f" <i>≠</i> <b>{text(finding.right)}</b>"
        sides = f'<span class="sides"><b>{text(finding.left)}</b>{right}</span>'
    quote = f"<q>{text(finding.quote)}</q>" if finding.quote and finding.quote not in finding.message else ""
    follows = f"；随之不符：{text('、'.join(finding.follows))}" if finding.follows else ""
    fault = f"；差错出在：{FAULTS[finding.fault]}" if finding.fault else ""
    word = SEVERITIES[finding.severity] if finding.outcome == "fails" else OUTCOMES[finding.outcome]
    return (
        f'<li tabindex="0" class="{finding.outcome} {finding.severity}" data-cells="{text(cells)}">'
        f"<em>{word}</em> {sides}{text(finding.message)}{quote}"
        f"<small>{text(finding.rule)} @ {text(finding.at)}{follows}{fault}</small></li>"
    )


def _own_cells(report: Report, finding: Finding) -> Iterator[CitedCell]:
    """Yield the cells of a finding that stand in this report and not in the one beside it."""
    return (cell for cell in finding.cells if cell.report == report.source.name)


def _blamed(report: Report, finding: Finding) -> Iterator[CitedCell]:
    """Yield the cells that a finding says are wrong; all that it speaks of where that cannot be told."""
    if finding.mends:
        return (mend.cell for mend in finding.mends)
    return _own_cells(report, finding)


def draw_sections(report: Report, drawn: Drawn) -> str:
    """Draw the sections as a tree, each tied to the place of its heading."""
    return "".join(_section(section, drawn, 3) for section in report.sections)


def _section(section: Section, drawn: Drawn, level: int) -> str:
    keys = " ".join(drawn.keys_of(section.locator))
    code = f" <small>{text(section.code)}</small>" if section.code else ""
    heading = text(section.heading) or "（标题之后、第一部分之前）"
    paragraphs = "".join(f"<p>{text(line)}</p>" for line in section.text.split("\n") if line.strip())
    below = "".join(_section(each, drawn, min(level + 1, 6)) for each in section.sections)
    return (
        f'<section class="words"><h{level} tabindex="0" data-k="{keys}">{heading}{code}</h{level}>'
        f"{paragraphs}{below}</section>"
    )


def draw_notices(report: Report) -> str:
    """Draw what the reader noticed."""
    return _list(f"{notice.message} <{notice.code}>" for notice in report.notices)


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    return f'<ul class="notices">{items}</ul>' if items else ""
