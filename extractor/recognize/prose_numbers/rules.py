"""The rules of data/figures.yaml: which words determine what a number counts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose_numbers.pattern_index import PatternIndex, kept_index

TOPICS = (
    *("", "requests", "disclosed", "reviews", "litigation", "ours"),
    *(
        "normative",
        "issued",
        "training",
        "trained",
        "checked",
        "concluded",
        "unswept",
        "feeword",
        "feename",
        "mail",
        "done",
        "tabled",
        "work",
        "notabled",
        "clips",
    ),
)
_RULE = kept_pattern(r"(\w+): (?:([a-z|]+(?: [a-z|]+)*) )?((?:-[a-z]+ )*)@(\S*)(?: /([a-z]+))?( !)?")


class Groups(Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts grouped by how they are used; data/figures.yaml explains the groups."""

    verbs: frozenset[str]
    how: frozenset[str]
    told: frozenset[str]
    only: frozenset[str]
    kinds: frozenset[str]
    own: frozenset[str]
    channels: frozenset[str]


class _Printed(Struct, frozen=True, forbid_unknown_fields=True):
    units: dict[str, list[str]]
    groups: Groups
    phrases: dict[str, str]
    tails: dict[str, str]
    publications: tuple[str, ...]
    deniable: frozenset[str]
    signs: tuple[str, ...]
    rules: list[str]


class CodeRule(Struct, frozen=True):
    """A number is a `code` if its words have one concept of each set in `all` and none of `none`."""

    code: str
    all: tuple[frozenset[str], ...]
    none: frozenset[str]
    units: frozenset[str]
    topic: str
    last: bool  # the number's nearest noun must be a concept of the first set


class Phrase(Struct, frozen=True):
    """Words that together express a concept."""

    concepts: frozenset[str]
    pattern: re.Pattern[str]


class UnitRules(Struct, frozen=True):
    """The rules that accept one unit, indexed by the concepts that they need."""

    rules: tuple[CodeRule, ...]  # in order of precedence
    by_concept: dict[str, tuple[int, ...]]  # a concept of their first set → their indices in `rules`
    unconditional: tuple[int, ...]  # indices of the rules that need no concept

    def met_by(self, concepts: frozenset[str]) -> Iterator[CodeRule]:
        """Yield, in order, the rules whose first set contains one of these concepts."""
        places = set(self.unconditional)
        for concept in concepts:
            places.update(self.by_concept.get(concept, ()))
        for place in sorted(places):
            yield self.rules[place]


class FigureRules(Struct, frozen=True):
    """The rules, compiled."""

    by_unit: dict[str, UnitRules]
    phrases: tuple[Phrase, ...]
    phrase_index: PatternIndex
    groups: Groups
    units: frozenset[str]  # all units that any rule accepts
    publications: tuple[str, ...]  # final words of the names of publications
    signs: re.Pattern[str]  # expressions used only for requests
    deniable: frozenset[str]  # codes for which a negation means zero


@cache
def figure_rules() -> FigureRules:
    """Load data/figures.yaml. Raise InvalidDefinition if it contradicts itself."""
    printed = load_definition("figures.yaml", _Printed)
    rules = tuple(_rule(rule, printed.units) for rule in printed.rules)
    units = frozenset().union(*(rule.units for rule in rules))
    patterns = _patterns(printed)
    phrases = tuple(
        Phrase(frozenset(name.partition("/")[0].split()), late_pattern(pattern))
        for name, pattern in patterns.items()
    )
    return FigureRules(
        by_unit={unit: _unit_rules([rule for rule in rules if unit in rule.units]) for unit in units},
        phrases=phrases,
        phrase_index=kept_index(tuple(patterns.values())),
        groups=printed.groups,
        units=units,
        publications=printed.publications,
        signs=late_pattern("|".join(printed.signs)),
        deniable=printed.deniable,
    )


def phrase_patterns() -> tuple[str, ...]:
    """Return the patterns of the phrases in data/figures.yaml, in order."""
    return tuple(_patterns(load_definition("figures.yaml", _Printed)).values())


def _patterns(printed: _Printed) -> dict[str, str]:
    """Return the pattern of each phrase, by its name: `concepts`, or `concepts/which`."""
    return {
        name: pattern + printed.tails.get(name.partition("/")[0], "")
        for name, pattern in printed.phrases.items()
    }


def _unit_rules(rules: Sequence[CodeRule]) -> UnitRules:
    return UnitRules(
        rules=tuple(rules),
        by_concept=_places((word, at) for at, rule in enumerate(rules) if rule.all for word in rule.all[0]),
        unconditional=tuple(at for at, rule in enumerate(rules) if not rule.all),
    )


def _places(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for word, at in pairs:
        places.setdefault(word, []).append(at)
    return {word: tuple(found) for word, found in places.items()}


def _rule(printed: str, groups: dict[str, list[str]]) -> CodeRule:
    match = _RULE.fullmatch(printed)
    if match is None or (match[5] or "") not in TOPICS:
        raise InvalidDefinition(f"figures.yaml: no rule: {printed}")
    return CodeRule(
        code=match[1],
        all=tuple(frozenset(word.split("|")) for word in (match[2] or "").split()),
        none=frozenset(word[1:] for word in match[3].split()),
        units=frozenset(groups.get(match[4]) or match[4].split(",")),
        topic=match[5] or "",
        last=match[6] is not None,
    )
