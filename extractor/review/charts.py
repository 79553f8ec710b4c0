"""Bar charts of the requests table: outcomes, reasons of refusal, this year against last."""

from collections.abc import Callable, Sequence
from functools import partial

from extractor.cell_id import split_cell_id
from extractor.codes import cells_of_code
from extractor.report import Number, Report
from extractor.review.desk import Desk
from extractor.review.drawn import text
from extractor.rules.editions import EffectiveNumbers, place_name
from extractor.words import said

# Key of a word → a code of data/figure_codes.yaml, for which each edition names cells.
_OUTCOMES = {
    "chart-granted": "requests_granted",
    "chart-partly": "requests_partly_granted",
    "chart-refused": "requests_refused",
    "chart-unavailable": "requests_unavailable",
    "chart-not-handled": "requests_rejected",
    "chart-other": "requests_other_outcome",
    "chart-carried-out": "requests_carried_out",
}
_REFUSED = "requests_refused"
_YEARS = {
    "chart-received": "requests_received",
    "chart-granted": "requests_granted",
    "chart-carried-out": "requests_carried_out",
    "chart-reviews": "reviews",
    "chart-direct": "litigation_direct",
    "chart-after-review": "litigation_after_review",
}
_WIDTH, _LABEL, _BAR, _GAP = 430, 168, 16, 6
_LABEL_CHARACTERS = 14
_LONGEST = 200

Bars = Sequence[tuple[str, Sequence[Number]]]
Say = Callable[[str], str]  # returns a text of the page by its key


def draw_charts(report: Report, other: Report | None, desk: Desk) -> str:
    """Draw the numbers of the requests table, and two years if another report is given.

    An unknown number has no bar.
    """
    say = partial(said, language=desk.language)
    parts = [
        _chart(say("chart-outcomes"), _outcomes(report, say)),
        _chart(say("chart-reasons"), _refusals(report)),
    ]
    if other is not None:
        title = say("chart-years") % (report.year or "?", other.year or "?")
        parts.append(_chart(title, _years(report, other, say)))
    return "".join(parts)


def _outcomes(report: Report, say: Say) -> Bars:
    told = ((say(key), _number(report, code)) for key, code in _OUTCOMES.items())
    return [(label, (value,)) for label, value in told if value is not None]


def _refusals(report: Report) -> Bars:
    ledger = EffectiveNumbers(report)
    cells = next(cells_of_code(_REFUSED, report.tables), ())
    told = ((place_name(report, *split_cell_id(cell)[:2]), ledger.number(cell)) for cell in cells)
    return [(label, (value,)) for label, value in told if value is not None] if len(cells) > 1 else ()


def _years(report: Report, other: Report, say: Say) -> Bars:
    pairs = ((say(key), _number(report, code), _number(other, code)) for key, code in _YEARS.items())
    return [(label, (now, then)) for label, now, then in pairs if now is not None and then is not None]


def _number(report: Report, code: str) -> Number | None:
    """Return the sum of the cells with a code; None if one of them is unknown."""
    ledger = EffectiveNumbers(report)
    values = [ledger.number(cell) for cell in next(cells_of_code(code, report.tables), ())]
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def _chart(title: str, bars: Bars) -> str:
    """Draw bars beside their labels; nothing if every number is zero."""
    most = max((value for _, values in bars for value in values), default=0)
    if most <= 0:
        return ""
    lines, y = [], 0
    for label, values in bars:
        shown = label if len(label) <= _LABEL_CHARACTERS else f"{label[: _LABEL_CHARACTERS - 1]}…"
        lines.append(f'<text x="{_LABEL - 8}" y="{y + _BAR - 4}" text-anchor="end">{text(shown)}</text>')
        for index, value in enumerate(values):
            width = float(max(value, 0)) / float(most) * _LONGEST
            kind = "now" if index == 0 else "then"
            lines.append(
                f'<rect class="{kind}" x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_BAR - 2}"/>'
            )
            lines.append(f'<text x="{_LABEL + width + 6:.1f}" y="{y + _BAR - 4}">{text(value)}</text>')
            y += _BAR
        y += _GAP
    size = f'viewBox="0 0 {_WIDTH} {y}" role="img" aria-label="{text(title)}"'
    drawing = f"<svg {size}>{''.join(lines)}</svg>"
    return f'<figure class="chart"><figcaption>{text(title)}</figcaption>{drawing}</figure>'
