"""Builds the issuer: completes its name, finds its place, level, kind and scope."""

from msgspec import structs

from extractor.document import Document, Notice
from extractor.recognize.issuer.divisions import Division
from extractor.recognize.issuer.index_number import division_of_index
from extractor.recognize.issuer.region import (
    AgencyPlace,
    kind_of,
    level_of,
    locate,
    prefix_in,
    region_name,
    without_relative,
)
from extractor.recognize.issuer.scope import scope_of
from extractor.recognize.issuer.words import RELATIVE, TOWNSHIP, fold
from extractor.report import Issuer

_HINT_KEYS = ("sitename", "contentsource", "columnname", "title", "keywords", "description")


def make_issuer(
    name: str | None,
    printed: str | None,
    year: int | None,
    texts: list[tuple[int, str]],
    document: Document,
    url: str | None,
    notices: list[Notice],
) -> Issuer:
    """Return the issuer with everything that its name and the page support.

    Args:
        name: The agency, folded; None where nothing supports one.
        printed: The agency as printed in the title.
        year: The year that the report is about.
        texts: The front of the report, folded and without blanks.
        document: The document, for the metadata that names the areas above.
        url: The address of the page.
        notices: Receives notices about what was inferred or is unknown.
    """
    scope = scope_of(text for _, text in texts)
    if name is None:
        return Issuer(printed=printed, scope=scope)
    hints = "\n".join((*(text for _, text in texts), *_metadata_hints(document)))
    place = locate(name, year, hints, url)
    if place.inferred:  # the name includes no place: the text may give the full name elsewhere
        bare = without_relative(name)
        prefix = prefix_in(bare, hints) if len(bare) >= 3 else ""
        if prefix:
            name = prefix + bare
            place = locate(name, year, hints, url)
        elif place.division is not None:
            name = _complete_name(name, bare, place.division, "网址所属地区", notices)
    if place.division is None and (coded := _division_by_code(name, place, document, year)):
        if place.inferred:
            name = _complete_name(name, without_relative(name), coded, "索引号里的区划代码", notices)
        place = structs.replace(place, division=coded, settled=not place.inferred)
    kind = kind_of(name)
    _note_place(name, place, year, notices)
    return Issuer(
        name=name,
        printed=printed,
        region_code=place.division.code if place.division else None,
        region_code_today=place.division.today or None if place.division else None,
        region=region_name(place, year),
        level=level_of(name, place, kind),
        kind=kind,
        scope=scope,
    )


def _metadata_hints(document: Document) -> list[str]:
    return [fold("".join(document.metadata.get(key, "").split())) for key in _HINT_KEYS]


def _division_by_code(name: str, place: AgencyPlace, document: Document, year: int | None) -> Division | None:
    """Return the division that the page's index number names, where the agency can belong to it."""
    if place.zone or not (place.inferred or place.candidates):
        return None
    coded = division_of_index(document, year)
    if coded is None or (place.candidates and coded not in place.candidates):
        return None
    relative = RELATIVE.match(name)
    if relative and not coded.name.endswith(relative.group()):
        return None
    return coded if coded.level == "county" or not TOWNSHIP.search(name) else None


def _complete_name(name: str, bare: str, division: Division, source: str, notices: list[Notice]) -> str:
    completed = division.name + bare
    notices.append(Notice("agency-completed", f"文中只有“{name}”，按{source}补全为“{completed}”。"))
    return completed


def _note_place(name: str, place: AgencyPlace, year: int | None, notices: list[Notice]) -> None:
    if place.zone:
        notices.append(Notice("region-zone", f"“{name}”是功能区，没有自己的区划代码。"))
    elif place.division is not None and place.settled:
        message = f"“{name}”按正文、网址或索引号取{region_name(place, year)}，重名的地方不止一处。"
        notices.append(Notice("region-settled", message))
    elif place.division is None and place.candidates:
        each = "、".join(f"{region_name(AgencyPlace(one), year)}（{one.code}）" for one in place.candidates)
        notices.append(Notice("region-ambiguous", f"“{name}”可能属于{each}，来源不足以判断。"))
