"""Decides which agency a report belongs to, so that its years join: one id for all spellings and names.

    name, year, address ─ recognize/issuer ─▶ division and rest of the name
    division ─ places.py ─▶ the code that its area has kept     rest ─ bodies.py ─▶ the body

Facts missing in a report are taken from other sources, which are recorded: the user's list, the manifest of a
crawl, the address, other reports of the same site.

Read in this order: bodies.py, places.py, agency.py, successions.py.
"""

from extractor.identity.agency import Agency, By, identify, tells_rank
from extractor.identity.of_report import agency_of
from extractor.identity.successions import Succession, apply_successions, load_successions

__all__ = [
    "Agency",
    "By",
    "Succession",
    "agency_of",
    "apply_successions",
    "identify",
    "load_successions",
    "tells_rank",
]
