"""Decides whether a number in the prose is the agency's own or that of its whole area.

A government's report may describe its office in one sentence and all its departments in the tables. The words
are data (data/whose.yaml).
"""

import re
from functools import cache
from typing import Literal

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern
from extractor.report import Figure, Issuer, Report, Section

Whose = Literal["own", "area"]

_FARTHEST = 300  # characters before a number in which its owner is looked for
_SENTENCE_ENDS = "。！？!?；;\n"


class _OwnerWords(Struct, frozen=True, forbid_unknown_fields=True):
    own: tuple[str, ...]
    office: tuple[str, ...]
    area: tuple[str, ...]
    referred: tuple[str, ...]


class _Patterns(Struct, frozen=True):
    own: re.Pattern[str]
    office: re.Pattern[str]
    area: re.Pattern[str]
    referred: re.Pattern[str]


def whose(figure: Figure, report: Report) -> Whose | None:
    """Return "own" or "area" by the nearest words before the number in its sentence; None if unknown."""
    section = section_at(report.sections, figure.path)
    if section is None:
        return None
    floor = max(figure.start - _FARTHEST, 0)
    begin = max(floor, *(section.text.rfind(mark, floor, figure.start) + 1 for mark in _SENTENCE_ENDS))
    return _owner(section.text[begin : figure.end], report.issuer)


def is_of_another_scope(figure: Figure, report: Report) -> bool:
    """Return whether the figure's scope and the report's differ: one the agency alone, the other its area."""
    scope = report.issuer.scope
    return scope is not None and {whose(figure, report), scope} == {"own", "area"}


def section_at(sections: tuple[Section, ...], path: tuple[int, ...]) -> Section | None:
    """Return the section at a path of indices."""
    found = None
    for number in path:
        if number >= len(sections):
            return None
        found = sections[number]
        sections = found.sections
    return found


def _owner(words: str, issuer: Issuer) -> Whose | None:
    patterns = _patterns()
    found: list[tuple[int, Whose]] = [(match.end(), "own") for match in patterns.own.finditer(words)]
    found += [(match.end(), "area") for match in patterns.area.finditer(words)]
    if issuer.scope == "area" or _is_of_a_government(issuer):
        found += [
            (match.end(), "own")
            for match in patterns.office.finditer(words)
            if not patterns.referred.search(_clause_before(words, match.start()))
        ]
    return max(found)[1] if found else None


def _is_of_a_government(issuer: Issuer) -> bool:
    name = f"{issuer.name or ''}{issuer.printed or ''}"
    return issuer.kind in ("government", "township") and "办公" not in name


def _clause_before(words: str, at: int) -> str:
    return words[max(words.rfind(mark, 0, at) for mark in "，,、") + 1 : at]


@cache
def _patterns() -> _Patterns:
    words = load_definition("whose.yaml", _OwnerWords)
    return _Patterns(*(kept_pattern("|".join(getattr(words, name))) for name in words.__struct_fields__))
