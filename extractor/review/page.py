"""Writes the review page: one self-contained HTML file in which no script of the source can run."""

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.document import Locator, Source
from extractor.formats import read_document
from extractor.magic import magic_of
from extractor.report import Report, Section
from extractor.review.charts import draw_charts
from extractor.review.desk import Desk, draw_panel
from extractor.review.drawn import Drawn, text
from extractor.review.findings_view import draw_findings, draw_notices
from extractor.review.model_view import draw_document
from extractor.review.reading_view import draw_sections, draw_tables
from extractor.review.shell import asset, framed, source_hash, style_of_pages
from extractor.review.text_view import draw_text
from extractor.rules import Finding, Rule, examine
from extractor.rules.compare import over_years
from extractor.words import said, word, words_of


def review_page(
    source: Source,
    report: Report,
    other: Report | None = None,
    own: Sequence[Rule] = (),
    desk: Desk | None = None,
) -> bytes:
    """Return a page that shows a source beside the values read from it, as UTF-8 HTML.

    Args:
        source: The bytes that were read.
        report: The report read from them.
        other: The agency's report of the year before or after, to be compared with this one.
        own: The user's rules.
        desk: How the page is used, and its language; None: a separate file in Chinese.

    Raises:
        ExtractorError: The source cannot be drawn.
    """
    findings = examine(report, own)
    if other is not None:
        findings += over_years(report, other, tuple(own))
    return page_of_drawn(draw_source(source, report), report, findings, desk or Desk(), other)


def page_of_drawn(
    drawn: Drawn, report: Report, findings: Sequence[Finding], desk: Desk, other: Report | None = None
) -> bytes:
    """Return the page for a source that is rendered already; see review_page()."""
    parts = (
        _header(report, other, findings, desk),
        f'<main><section id="source" aria-label="{desk.says("source")}" tabindex="0">{drawn.html}</section>',
        f'<section id="reading" aria-label="{desk.says("reading")}" tabindex="0">',
        f"<h2>{desk.says('findings')}</h2>{draw_findings(report, findings, desk)}",
        draw_notices(report, desk),
        f"<h2>{desk.says('tables')}</h2>{draw_tables(report, drawn, findings, desk)}",
        f'<div class="charts">{draw_charts(report, other, desk)}</div>',
        f"<h2>{desk.says('prose')}</h2>{draw_sections(report, drawn, desk)}</section></main>",
        f"{draw_panel(report, desk)}<script>{_script()}</script>",
    )
    title = (
        f"{report.title or report.source.name}{said('colon', desk.language)}{said('review', desk.language)}"
    )
    return framed(title, "".join(parts), policy_of(desk), desk.language)


def policy_of(desk: Desk) -> str:
    """Return the Content-Security-Policy: the page's one script, and on a server saving decisions."""
    style, script = source_hash(style_of_pages()), source_hash(_script())
    save = "connect-src 'self'; " if desk.save_to else ""
    return (
        f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{script}'; "
        f"{save}base-uri 'none'; form-action 'none'"
    )


def draw_source(source: Source, report: Report) -> Drawn:
    """Draw the source: pages as images, plain text as text, everything else from its document model."""
    locators = list(_places(report))
    if report.source.format == "pdf" and magic_of(source.data) == "pdf":
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


def _header(report: Report, other: Report | None, findings: Sequence[Finding], desk: Desk) -> str:
    says, language = desk.says, desk.language
    counts = Counter(finding.outcome for finding in findings)
    agency = report.issuer.name or report.issuer.printed or said("agency-unknown", language)
    told = words_of("outcome", language)
    outcomes = says("comma").join(
        f"{told[kind]} {counts[kind]}" for kind in ("holds", "fails", "not_checked")
    )
    sums = f"{says('checked-places') % len(findings)}{says('colon')}{outcomes}"
    unknown = said("year-unknown", language)
    beside = text(said("beside", language) % (other.source.name, other.year or unknown)) if other else ""
    digest = f"sha256 {report.source.sha256[:16]}…"
    about = (text(agency), str(report.year or unknown), text(report.source.name), digest, beside)
    links = "".join(f'<a href="{text(address)}">{says(key)}</a>' for key, address in desk.links)
    buttons = "".join(
        f'<button id="{name}" type="button">{says(name)}{says("key") % key}</button>'
        for name, key in (("next-finding", "n"), ("next-doubt", "d"), ("theme", "t"))
    )
    return (
        f'<header class="{report.verdict}"><h1>{text(report.title or report.source.name)}</h1>'
        f'<p id="verdict"><b>{text(word("verdict", report.verdict, language))}</b> '
        f"<small>{report.verdict}</small>{says('full-stop')}{sums}{says('full-stop').strip()}</p>"
        f"<p><small>{says('bar').join(filter(None, about))}</small></p>"
        f'<div id="tools">{f"<nav>{links}</nav>" if links else ""}<input id="search" type="search" '
        f'placeholder="{says("search")}{says("key") % "/"}" aria-label="{says("search")}">'
        f'<span id="found" aria-live="polite"></span>{buttons}</div></header>'
    )


def _script() -> str:
    return asset("review.js") + asset("correct.js")
