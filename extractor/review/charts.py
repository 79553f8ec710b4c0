"""Bar charts of the requests table: outcomes, reasons of refusal, this year against last."""

from collections.abc import Sequence

from extractor.report import Number, Report
from extractor.review.drawn import text
from extractor.rules.editions import EffectiveNumbers, tables_of

_OUTCOMES = {
    "予以公开": "granted",
    "部分公开": "partly_granted",
    "不予公开": "refused_",
    "无法提供": "unavailable_",
    "不予处理": "rejected_",
    "其他处理": "other",
    "结转下年度": "carried_out",
}
_YEARS = {
    "新收申请": "requests.new.total",
    "予以公开": "requests.granted.total",
    "结转下年度": "requests.carried_out.total",
    "行政复议": "disputes.review.total",
    "未经复议直接起诉": "disputes.litigation_direct.total",
    "复议后起诉": "disputes.litigation_after_review.total",
}
_WIDTH, _LABEL, _BAR, _GAP = 430, 168, 16, 6
_LABEL_CHARACTERS = 14
_LONGEST = 200

Bars = Sequence[tuple[str, Sequence[Number]]]


def draw_charts(report: Report, other: Report | None) -> str:
    """Draw what the requests table holds, and the two years where there are two.

    An unknown number has no bar.
    """
    parts = [
        _chart("申请的办理结果", _outcomes(report)),
        _chart("不予公开的理由", _refusals(report)),
    ]
    if other is not None:
        parts.append(
            _chart(f"{report.year or '本'}年（上）与{other.year or '另一'}年（下）", _years(report, other))
        )
    return "".join(parts)


def _outcomes(report: Report) -> Bars:
    ledger, rows = EffectiveNumbers(report), report.tables.get("requests", {})
    bars = []
    for label, code in _OUTCOMES.items():
        open_ended = code.endswith("_") or code == "other"
        names = [row for row in rows if row == code or (open_ended and row.startswith(code))]
        values = [ledger.number(f"requests.{row}.total") for row in names]
        known = [value for value in values if value is not None]
        if names and len(known) == len(names):
            bars.append((label, (sum(known),)))
    return bars


def _refusals(report: Report) -> Bars:
    table = tables_of(report).get("requests")
    if table is None:
        return ()
    ledger = EffectiveNumbers(report)
    rows = [row for row in table.rows if row.id.startswith("refused_")]
    told = ((row.label, ledger.number(f"requests.{row.id}.total")) for row in rows)
    return [(label, (value,)) for label, value in told if value is not None]


def _years(report: Report, other: Report) -> Bars:
    one, two = EffectiveNumbers(report), EffectiveNumbers(other)
    pairs = ((label, one.number(cell), two.number(cell)) for label, cell in _YEARS.items())
    return [(label, (now, then)) for label, now, then in pairs if now is not None and then is not None]


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
