"""Where a sentence stands: what its section is about, and what the sentences before it were about."""

from typing import Literal

from msgspec import Struct

from extractor.recognize.headings import simplified
from extractor.recognize.prose import cut_into_terms
from extractor.report import Section

Topic = Literal[
    "", "requests", "disclosed", "reviews", "litigation", "normative", "training", "foreign", "other"
]

_HOME: dict[str | None, frozenset[str]] = {
    "overview.proactive": frozenset({"disclosed"}),
    "overview.platforms": frozenset({"disclosed"}),
    "proactive": frozenset({"disclosed"}),
    "overview.requests": frozenset({"requests", "ours"}),
    "requests": frozenset({"requests", "ours"}),
    "disputes": frozenset({"ours"}),
    "overview.supervision": frozenset({"ours"}),
}
# What a heading outside the standard speaks of, by the concepts of its words.
_TOLD_BY = {
    "request": ("requests", "ours"),
    "review": ("ours",),
    "litigation": ("ours",),
    "complaint": ("ours",),
    "disclose": ("disclosed",),
    "interpretation": ("disclosed",),
    "respond": ("disclosed",),
}


class Setting(Struct):
    """What is taken for granted at a place of the text; `topic` and `code` change with every figure."""

    home: frozenset[str]
    year: int | None
    topic: Topic = ""
    code: str = ""  # of the number before, "" where it was none of ours
    listing: bool = False  # in a list of kinds of information (其中：…)


def setting_of(section: Section, around: str | None, year: int | None) -> Setting:
    """Return the setting at the beginning of a section; `around` is the code of the section around it."""
    home = _HOME.get(section.code)
    if home is None:
        home = _told_by_heading(section.heading) or (
            _HOME.get(around, frozenset()) if not section.code else frozenset()
        )
    return Setting(home, year)


def _told_by_heading(heading: str) -> frozenset[str]:
    text = simplified(heading)
    concepts = {concept for term in cut_into_terms(text, 0, len(text)) for concept in term.concepts}
    return frozenset(topic for concept in concepts for topic in _TOLD_BY.get(concept, ()))
