"""The codes and rules of data/figures.yaml."""

import re
from functools import cache
from importlib import resources

import msgspec
import yaml
from msgspec import Struct, field

from extractor.errors import InvalidDefinition

TOPICS = (
    *("", "requests", "disclosed", "reviews", "litigation", "ours"),
    *("normative", "issued", "training", "trained", "checked", "concluded", "unswept", "feeword"),
)


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """What a code says, and by edition its cell, or the beginning of the ids of the cells that it sums."""

    says: str
    cells: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)


class _PrintedRule(Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    all: list[str]
    none: list[str] = field(default_factory=list)
    units: str | list[str] = field(default_factory=list)
    topic: str = ""
    last: bool = False


class _Groups(Struct, frozen=True, forbid_unknown_fields=True):
    """Concepts by the use that is made of them; see the file."""

    verbs: frozenset[str]
    how: frozenset[str]
    kinds: frozenset[str]
    own: frozenset[str]
    channels: frozenset[str]


class _Printed(Struct, frozen=True, forbid_unknown_fields=True):
    codes: dict[str, Code]
    units: dict[str, list[str]]
    phrases: dict[str, str]
    groups: _Groups
    rules: list[_PrintedRule]
    traditional: str


class Rule(Struct, frozen=True):
    """A number is a `code` if its words have one concept of each set in `all` and none of `none`."""

    code: str
    all: tuple[frozenset[str], ...]
    none: frozenset[str]
    units: frozenset[str]
    topic: str
    last: bool


class FigureRules(Struct, frozen=True):
    """The closed list of codes and the rules in their order."""

    codes: dict[str, Code]
    by_unit: dict[str, tuple[Rule, ...]]  # unit → the rules that admit it, in their order
    phrases: dict[str, re.Pattern[str]]  # concept → what stands for it
    groups: _Groups
    units: frozenset[str]  # all that any rule admits
    traditional: dict[int, int]  # character → common character


@cache
def figure_rules() -> FigureRules:
    """Load data/figures.yaml. Raise InvalidDefinition where it contradicts itself."""
    text = (resources.files("extractor") / "data" / "figures.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        printed = msgspec.convert(yaml.load(text, Loader=loader), _Printed)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InvalidDefinition(f"figures.yaml: {error}") from error
    rules = tuple(_rule(rule, printed) for rule in printed.rules)
    phrases = {concept: re.compile(pattern) for concept, pattern in printed.phrases.items()}
    units = frozenset().union(*(rule.units for rule in rules))
    by_unit = {unit: tuple(rule for rule in rules if unit in rule.units) for unit in units}
    traditional = str.maketrans(printed.traditional[::2], printed.traditional[1::2])
    return FigureRules(printed.codes, by_unit, phrases, printed.groups, units, traditional)


def _rule(printed: _PrintedRule, source: _Printed) -> Rule:
    if printed.code not in source.codes or printed.topic not in TOPICS:
        raise InvalidDefinition(f"figures.yaml: a rule names no known code or topic: {printed}")
    units = printed.units if isinstance(printed.units, list) else source.units[printed.units]
    concepts = tuple(frozenset(words.split("|")) for words in printed.all)
    return Rule(
        printed.code, concepts, frozenset(printed.none), frozenset(units), printed.topic, printed.last
    )
