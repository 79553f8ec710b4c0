"""The place of an agency from the page's index number (索引号): many begin with a division's code.

Either it begins with the six digits, followed by a letter (330726JD050000/2017-04204), or
with the publisher's unified social credit code of GB 32100, which has them after 11 or 12.
Codes of organizations alone (000014349/…) say nothing about a place.
"""

from extractor.document import Document, Paragraph
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.issuer.divisions import Division, division_coded

_PRINTED = late_pattern(r"索\s*引\s*号\s*[:：|]?\s*([0-9A-Z][0-9A-Za-z/\-]{7,60})")
_BEGINS = kept_pattern(r"1[1-9](\d{6})[0-9A-Z]{10}(?![0-9A-Z])|(\d{6})(?=[A-Z])")
_WITHIN = 12  # blocks searched; the fields of an article are above it


def division_of_index(document: Document, year: int | None) -> Division | None:
    """Return the division whose code the index number of the page begins with, if it has one."""
    found = _BEGINS.match(_index_number(document))
    return division_coded(found[1] or found[2], year) if found else None


def _index_number(document: Document) -> str:
    stated = document.metadata.get("索引号", "").strip()
    if stated:
        return stated
    for block in document.blocks[:_WITHIN]:
        texts = [block.text[:600]] if isinstance(block, Paragraph) else [c.text for c in block.cells[:40]]
        if printed := _PRINTED.search("|".join(texts)):
            return printed[1]
    return ""
