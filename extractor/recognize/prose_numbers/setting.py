"""The context of a sentence: the topic of its section and of the sentences before it."""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.index import cut_into_terms
from extractor.report import Section
from extractor.script import simplified

Topic = Literal[
    "", "requests", "disclosed", "reviews", "litigation", "issued", "trained", "checked", "foreign", "other"
]

_HOME: dict[str | None, frozenset[str]] = {
    "overview.proactive": frozenset({"disclosed"}),
    "overview.platforms": frozenset({"disclosed"}),
    "proactive": frozenset({"disclosed", "tabled"}),
    "overview.requests": frozenset({"requests", "ours"}),
    "requests": frozenset({"requests", "ours"}),
    "disputes": frozenset({"ours"}),
    "overview.supervision": frozenset({"ours"}),
}
# The topic of a section with a non-standard heading, by the concepts of its words.
_TOLD_BY = {
    "request": ("requests", "ours"),
    "attribute": ("requests", "ours"),
    "review": ("ours",),
    "litigation": ("ours",),
    "complaint": ("ours",),
    "disclose": ("disclosed",),
    "interpretation": ("disclosed",),
    "respond": ("disclosed",),
}
_FIELD = kept_pattern(
    r"[（(]?[\d一二三四五六七八九十]+[）)、.．](?:推进|加强|深化|做好|抓好|强化|加大)?(.+?)信息公开。?$"
)
_EVERY_FIELD = kept_pattern(
    "(?:政府|政务|主动|其他|应|公开|的|积极|及时|推进|加强|深化|做好|认真|扎实|强化|全面|依法|各类|日常|重点领域)+"
)


class Setting(Struct):
    """The topic known at a position in the text; `topic` and `code` change with every figure."""

    home: frozenset[str]
    year: int | None
    topic: Topic = ""
    code: str = ""  # of the previous number; "" if it has none
    unit: str = ""  # of the previous number
    whole: str = ""  # code of the total that 其中 splits
    divided: bool = False  # whether the position is after 其中
    since: bool = False  # whether the previous number includes earlier years
    listing: bool = False  # whether the position is in a list of kinds of information (其中：…)
    # what a previous number of produced things counts: 制发信息405条，其中主动公开140条
    made: Literal["", "info", "document"] = ""
    former: str = ""  # code of a previous number of another year or of a day: 日均发布信息18条，全年6570条
    sued: bool = False  # whether lawsuits of any kind were counted before: 应诉案件18件，其中信息公开类3件
    work: bool = False  # whether the section is about disclosure work, so that its meetings and staff count
    domain: bool = False  # whether the section is about one field only: 推进环境保护信息公开


def setting_of(section: Section, around: str | None, year: int | None) -> Setting:
    """Return the setting at the beginning of a section; `around` is the code of the enclosing section."""
    home = _HOME.get(section.code)
    if home is None:
        home = _told_by_heading(section.heading) or (
            _HOME.get(around, frozenset()) if not section.code else frozenset()
        )
    if (section.code or "") == "overview":
        home |= {"overview"}
    domain = not section.code and names_a_field(section.heading)
    work = (section.code or around or "").startswith("overview") or bool(not section.code and section.heading)
    return Setting(home, year, work=work, domain=domain)


def names_a_field(heading: str) -> bool:
    """Return whether a heading limits its section to one field: 推进环境保护信息公开.

    >>> names_a_field("（7）推进环境保护信息公开。"), names_a_field("（一）积极推进政府信息公开")
    (True, False)
    """
    match = _FIELD.match(simplified(heading))
    return bool(match and not _EVERY_FIELD.fullmatch(match[1]))


@lru_cache(maxsize=1024)  # reports repeat the headings of the form
def _told_by_heading(heading: str) -> frozenset[str]:
    text = simplified(heading)
    concepts = {concept for term in cut_into_terms(text, 0, len(text)) for concept in term.concepts}
    return frozenset(topic for concept in concepts for topic in _TOLD_BY.get(concept, ()))
