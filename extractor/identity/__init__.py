"""Which agency a report is of, so that its years join: one id through spellings and renamings.

    name, year, address ─ recognize/issuer ─▶ division and rest of the name
    division ─ places.py ─▶ the code that its area has kept     rest ─ bodies.py ─▶ the body

What a report does not say is told by others, and who told it is kept: a list of the user's, the
manifest of a crawl, the address, the other reports of the same site.

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
