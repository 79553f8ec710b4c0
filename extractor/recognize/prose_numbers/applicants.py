"""Tells whether a clause counts the requests of some kinds of applicants only: 自然人申请18件，办结12件."""

from extractor.recognize.prose import concepts_of
from extractor.recognize.prose_numbers.index import cut_into_terms
from extractor.report import Figure

CODE_OF_APPLICANTS = {
    "natural": "requests_natural_person",
    "organization": "requests_organization",
    "business": "requests_business",
    "research": "requests_research",
    "social": "requests_social_organization",
    "legal": "requests_legal_service",
}
_EVERYBODY = {"natural", "organization"}  # 公民、法人和其他组织
# What was done with requests, or how many were left: their numbers are not how many were handed in.
_HANDLED = frozenset(
    ("conclude", "reply", "granted", "partly", "refused", "rejected", "unavailable", "notheld", "otherout")
) | {"withdrawn", "carryin", "carryout"}


def is_of_some_applicants(figure: Figure) -> bool:
    """Return whether a figure's own clause names some kinds of applicants."""
    return figure.code.startswith("requests") and bool(_named(_concepts_in(figure.text)))


def counts_other_applicants(figure: Figure) -> bool:
    """Return whether a figure counts some applicants' requests, and the cells of its code others or all.

    办结自然人申请12件 is neither how many were concluded nor how many natural persons handed in.
    """
    concepts = _concepts_in(figure.text) if figure.code.startswith("requests") else frozenset()
    if not _named(concepts):
        return False
    return figure.code not in CODE_OF_APPLICANTS.values() or not concepts.isdisjoint(_HANDLED)


def _named(concepts: frozenset[str]) -> frozenset[str]:
    """Return the kinds of applicants that are named; none if together they are everybody."""
    named = concepts & CODE_OF_APPLICANTS.keys()
    return frozenset() if named >= _EVERYBODY else frozenset(named)


def _concepts_in(text: str) -> frozenset[str]:
    return concepts_of(cut_into_terms(text, 0, len(text)))
