"""The newest reports as an Atom feed."""

from collections.abc import Collection
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from extractor.site.holdings import HeldReport

_NEWEST = 100  # entries


def write_feed(
    site: Path, reports: Collection[HeldReport], title: str, url: str | None, amended: Collection[str]
) -> bool:
    """Write the feed of the newest reports, if any has a date; reports without date are omitted.

    Args:
        site: The folder of the site.
        reports: All of them.
        title: Title of the site.
        url: Where the site will stand; without it the links are relative.
        amended: The documents that replaced another one.

    Returns:
        Whether there is a feed.
    """
    dated = sorted(((r.dated, r.document, r) for r in reports if r.dated), reverse=True)[:_NEWEST]
    if not dated:
        return False
    base = url or ""
    entries = [_entry(day, report, base, report.document in amended) for day, _, report in dated]
    own = f'<link rel="self" href={quoteattr(f"{url}feed.xml")}/><link href={quoteattr(url)}/>' if url else ""
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_text(url or 'urn:extractor:site')}</id><title>{_text(title)}</title>{own}"
        f"<author><name>extractor</name></author><updated>{escape(dated[0][0])}T00:00:00Z</updated>"
        f"{''.join(entries)}</feed>\n"
    )
    (site / "feed.xml").write_text(feed, encoding="utf-8", newline="\n")
    return True


def _entry(day: str, report: HeldReport, base: str, is_amended: bool) -> str:
    kind, said = ("amended", "（更改后的）") if is_amended else ("new", "")
    return (
        f"<entry><id>urn:sha256:{escape(report.document)}</id>"
        f'<title>{_text(report.title or report.name)}{said}</title><category term="{kind}"/>'
        f"<updated>{escape(day)}T00:00:00Z</updated><link href={quoteattr(base + report.page)}/></entry>"
    )


def _text(text: str) -> str:
    """Return a text for XML, without the control characters that XML does not allow."""
    return escape("".join(char for char in text if char.isprintable()))
