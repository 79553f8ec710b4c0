"""The review pages of a site: each source beside the values read from it, if the source still exists."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from extractor.analysis import Tables
from extractor.document import Source
from extractor.errors import ExtractorError
from extractor.report import Report
from extractor.review import review_page

FOLDER = "review"  # path in the site
_PLACES = (
    "SELECT document, path FROM sources WHERE code = 'ok' AND member IS NULL ORDER BY document, path DESC"
)


def places_of_originals(tables: Tables, folder: Path) -> dict[str, Path]:
    """Return the path of each document; documents inside archives are omitted.

    Args:
        tables: Tables of the batch.
        folder: The folder in which the batch was run: its paths are relative to it.
    """
    return {row["document"]: folder / row["path"] for row in tables.query(_PLACES).to_pylist()}


def write_review(site: Path, report: Report, places: Mapping[str, Path]) -> bool:
    """Write the review page of a report; return whether there is one.

    There is none if the file is gone, has changed, or cannot be drawn.
    """
    digest = report.source.sha256
    try:
        data = places[digest].read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            return False
        page = review_page(Source(report.source.name, data), report)
    except (KeyError, OSError, ExtractorError):
        return False
    (site / FOLDER / f"{report.source.document}.html").write_bytes(page)
    return True
