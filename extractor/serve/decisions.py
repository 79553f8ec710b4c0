"""Decisions of people about a finding: correct as printed, or sent back (decisions.jsonl)."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from extractor.errors import InvalidDefinition
from extractor.report import Report
from extractor.rules import Finding, failing
from extractor.rules.standing import Examined, Standing, standing_of
from extractor.rules.workbook_rows import cause_of

Choice = Literal["checked", "send_back", "open"]


class Decision(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A person's decision about one cause in a document: one line of the file."""

    document: str  # sha256 of the bytes, hexadecimal
    cause: str  # rule|place|ordinal|year, as in the workbook that is sent back
    choice: Choice  # "open" withdraws the earlier decision
    who: str
    when: str  # ISO 8601
    note: str = ""


Decisions = Mapping[str, Mapping[str, Decision]]  # by document and cause

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Decision)


def load_decisions(path: Path) -> dict[str, dict[str, Decision]]:
    """Return the decisions of a file; the last one about each cause counts. Empty without a file.

    Raises:
        InvalidDefinition: A line is not a decision.
    """
    found: dict[str, dict[str, Decision]] = {}
    lines = path.read_bytes().splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        try:
            decision = _DECODER.decode(line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise InvalidDefinition(f"{path} 第{number}行: 不是一条决定（{error}）") from error
        found.setdefault(decision.document, {})[decision.cause] = decision
    return found


def add_decision(path: Path, decision: Decision) -> None:
    """Append one decision as a line of the file. Raise OSError if it cannot be written."""
    with path.open("ab") as file:
        file.write(_ENCODER.encode(decision) + b"\n")


def choice_of(finding: Finding, report: Report, decisions: Decisions) -> Choice:
    """Return the decision about a finding's cause; "open" if there is none."""
    known = decisions.get(report.source.document, {}).get(cause_of(finding, report))
    return known.choice if known else "open"


def left_to_tell(each: Examined, decisions: Decisions) -> Examined:
    """Return the report without those findings that a person marked as correct as printed."""
    kept = [
        finding
        for finding in each.findings
        if finding.outcome != "fails" or choice_of(finding, each.report, decisions) != "checked"
    ]
    return Examined(each.report, kept)


def standing_after(each: Examined, decisions: Decisions) -> Standing:
    """Return the action that a report needs, given people's decisions."""
    left = left_to_tell(each, decisions)
    choices = _choices(failing(left.findings), each.report, decisions)
    if "send_back" in choices and each.report.verdict != "not_a_report":
        return "send_back"
    return standing_of(each.report, left.findings)


def _choices(findings: Iterable[Finding], report: Report, decisions: Decisions) -> Sequence[Choice]:
    return [choice_of(finding, report, decisions) for finding in findings]
