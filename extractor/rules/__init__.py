"""Rules as data, findings as records: conditions that a report must meet, and the result at each place.

A finding never changes a verdict. Passes are findings too.
"""

from extractor.rules.examine import examine, examine_family, examine_pair, examine_peers, examine_years
from extractor.rules.finding import CitedCell, Fault, Finding, cited, failing
from extractor.rules.rule import Rule, load_own_rules, load_rules

__all__ = [
    "CitedCell",
    "Fault",
    "Finding",
    "Rule",
    "cited",
    "examine",
    "examine_family",
    "examine_pair",
    "examine_peers",
    "examine_years",
    "failing",
    "load_own_rules",
    "load_rules",
]
