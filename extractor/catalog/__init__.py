"""Facts about a document from outside its report: a crawl's manifest, the user's list, its site.

    heads of reports ─┐
    manifests.py ─────┼─ facts.py ─▶ agency, year, version, withdrawn, superseded; who told it
    given.py ─────────┘                     └─ doubts.py ─▶ agencies that may be one and were not joined

Read in this order: manifests.py, given.py, facts.py, doubts.py.
"""

from extractor.catalog.doubts import Doubt, find_doubts
from extractor.catalog.facts import (
    HEAD_DECODER,
    UNKNOWN,
    DocumentFacts,
    OtherSources,
    ReportHead,
    VersionIndex,
    facts_by_document,
)
from extractor.catalog.given import GivenLine, GivenList, load_given
from extractor.catalog.manifests import KeptVersion, keep_manifests, load_manifests

__all__ = [
    "HEAD_DECODER",
    "UNKNOWN",
    "DocumentFacts",
    "Doubt",
    "GivenLine",
    "GivenList",
    "KeptVersion",
    "OtherSources",
    "ReportHead",
    "VersionIndex",
    "facts_by_document",
    "find_doubts",
    "keep_manifests",
    "load_given",
    "load_manifests",
]
