"""Compares the reports that should have been published with those a crawl has found.

    roster (file, or the governments of the divisions) ─┐
                                                        ├─▶ assess ─▶ one state a body and year ─▶ tables
    manifests of archives ─▶ what was found, where ─────┘

Read in this order: roster.py, holdings.py, assess.py, tables.py.
"""

from extractor.coverage.assess import STATES, Coverage, assess
from extractor.coverage.holdings import read_holdings
from extractor.coverage.roster import RosterBody, governments, read_roster
from extractor.coverage.tables import FORMATS, as_bytes

__all__ = [
    "FORMATS",
    "STATES",
    "Coverage",
    "RosterBody",
    "as_bytes",
    "assess",
    "governments",
    "read_holdings",
    "read_roster",
]
