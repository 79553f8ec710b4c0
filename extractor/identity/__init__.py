"""Which agency a report is of, so that its years join: one id through spellings and renamings.

    name, year, address ─ recognize/issuer ─▶ division and rest of the name
    division ─ places.py ─▶ the code that its area has kept     rest ─ bodies.py ─▶ the body

What a report does not say is told by others, and who told it is kept: a list of the user's, the
manifest of a crawl, the address, the other reports of the same site.

Read in this order: bodies.py, places.py, agency.py.
"""

from extractor.identity.agency import Agency, identify

__all__ = ["Agency", "identify"]
