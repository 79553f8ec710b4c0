"""Writes the review page: one self-contained HTML file in which no script of the source can run."""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources

from extractor.document import Locator, Source
from extractor.formats import read_document
from extractor.report import Report, Section
from extractor.review.charts import draw_charts
from extractor.review.drawn import Drawn, text
from extractor.review.model_view import draw_document
from extractor.review.reading_view import draw_findings, draw_notices, draw_sections, draw_tables
from extractor.review.text_view import draw_text
from extractor.rules import Finding, Rule, examine
from extractor.rules.compare import over_years
from extractor.rules.wording import OUTCOMES, VERDICTS


def review_page(
    source: Source, report: Report, other: Report | None = None, own: Sequence[Rule] = ()
) -> bytes:
    """Return a page that shows a source beside what was read from it, as UTF-8 HTML.

    Args:
        source: The bytes that were read.
        report: What was read from them.
        other: The agency's report of the year before or after, to be held against this one.
        own: Rules of the user.

    Raises:
        ExtractorError: The source cannot be drawn.
    """
    drawn = draw_source(source, report)
    findings = examine(report, own)
    if other is not None:
        findings += over_years(report, other, tuple(own))
    style, script = _data("review.css"), _data("review.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(report.title or report.source.name)}：核对</title><style>{style}</style></head><body>",
        _header(report, other, findings),
        f'<main><section id="source" aria-label="原文">{drawn.html}</section>',
        '<section id="reading" aria-label="读出的内容">',
        f"<h2>核对</h2>{draw_findings(report, findings)}{draw_notices(report)}",
        f"<h2>表格</h2>{draw_tables(report, drawn, findings)}",
        f'<div class="charts">{draw_charts(report, other)}</div>',
        f"<h2>正文</h2>{draw_sections(report, drawn)}</section></main>",
        f"<script>{script}</script></body></html>",
    )
    return "".join(parts).encode("utf-8", "replace")


def draw_source(source: Source, report: Report) -> Drawn:
    """Draw the source: pages as images, plain text as text, everything else from its document model."""
    locators = list(_places(report))
    if report.source.format == "pdf" and source.data[:1024].find(b"%PDF-") >= 0:
        from extractor.review.pictures import draw_pdf

        return draw_pdf(source.name, source.data, report.cells, locators)
    if report.source.format == "image":
        from extractor.review.pictures import draw_picture

        return draw_picture(source.name, source.data, locators)
    document = read_document(source)
    if document.text:
        return draw_text(document.text, locators)
    return draw_document(document)


def _places(report: Report) -> Iterable[Locator]:
    yield from (cell.locator for cell in report.cells.values())
    yield from _headings(report.sections)


def _headings(sections: Iterable[Section]) -> Iterable[Locator]:
    for section in sections:
        yield section.locator
        yield from _headings(section.sections)


def _header(report: Report, other: Report | None, findings: Sequence[Finding]) -> str:
    counts = Counter(finding.outcome for finding in findings)
    agency = report.issuer.name or report.issuer.printed or "机关不明"
    outcomes = "，".join(f"{OUTCOMES[kind]} {counts[kind]}" for kind in ("holds", "fails", "not_checked"))
    sums = f"核对 {len(findings)} 处：{outcomes}"
    beside = f"｜与 {text(other.source.name)}（{other.year or '年度不明'}）互核" if other else ""
    return (
        f'<header class="{report.verdict}"><h1>{text(report.title or report.source.name)}</h1>'
        f'<p id="verdict"><b>{report.verdict}</b> {VERDICTS[report.verdict]}。{sums}。</p>'
        f"<p><small>{text(agency)}｜{report.year or '年度不明'}｜{text(report.source.name)}｜"
        f"sha256 {report.source.sha256[:16]}…{beside}</small></p>"
        '<div id="tools"><input id="search" type="search" placeholder="查找（/）" aria-label="查找">'
        '<span id="found" aria-live="polite"></span>'
        '<button id="next-finding" type="button">下一处不符（n）</button>'
        '<button id="next-doubt" type="button">下一存疑格（d）</button>'
        '<button id="theme" type="button">明暗（t）</button></div></header>'
    )


def _data(name: str) -> str:
    return (resources.files("extractor") / "data" / name).read_text(encoding="utf-8")


def _hash(code: str) -> str:
    return f"sha256-{b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}"
