"""The list of a job: one row per document with the action it needs. Made in a worker process."""

from typing import Literal

from msgspec import Struct

from extractor.messages import translated
from extractor.outcome import FAILURES, OK
from extractor.report import OPEN_STATES
from extractor.rules import Finding, failing
from extractor.rules.standing import URGENCY, Examined, Standing, examine_together
from extractor.rules.wording import VERDICTS, in_brief
from extractor.serve.contents import ReadDocument, contents_of, corrections_of
from extractor.serve.decisions import (
    Decisions,
    choice_of,
    left_to_tell,
    load_decisions,
    standing_after,
)
from extractor.serve.job_folder import JobFolder
from extractor.words import word

_LONGEST_BRIEF = 160  # characters
_LONGEST_IN_ENGLISH = 400


class DocumentRow(Struct, frozen=True):
    """One row of the list."""

    document: str | None  # SHA-256; None if there were no bytes to read
    name: str
    standing: Standing | Literal["unread", "reading"]
    standing_says: tuple[str, str]  # Chinese, English
    code: str = OK  # "ok", or a key of FAILURES
    message: str = ""
    copies: int = 1
    agency: str = ""
    year: int | None = None
    form: str | None = None
    format: str = ""
    verdict: str | None = None
    verdict_says: tuple[str, str] = ("", "")
    errors: int = 0  # errors that still have to be reported
    to_verify: int = 0
    doubts: int = 0  # number of open cells
    corrected: int = 0  # number of cells corrected by a person
    decided: int = 0  # number of causes with a decision
    brief: str = ""  # the most severe finding in one clause
    brief_says: tuple[str, str] = ("", "")  # the same in Chinese and English


class Overview(Struct, frozen=True):
    """The rows, most urgent first, and the findings over an agency's years."""

    rows: tuple[DocumentRow, ...]
    across: dict[str, tuple[Finding, ...]]  # document → findings that involve other reports


def overview_of(folder: JobFolder) -> Overview:
    """Return the present list of a job."""
    held = list(contents_of(folder))
    decisions = load_decisions(folder.data.decisions)
    corrections = corrections_of(folder.data)
    reports = [each.report for each in held if each.report is not None]
    examined = {each.report.source.name: each for each in examine_together(reports)}
    rows, across = [], {}
    for each in held:
        if each.report is None or each.document is None:
            rows.append(_refused(each))
            continue
        found = examined[each.name]
        corrected = len(corrections.get(each.document, {}))
        rows.append(_row(each, found, decisions, corrected))
        if beside := [finding for finding in failing(found.findings) if _is_across(finding)]:
            across[each.document] = tuple(beside)
    return Overview(tuple(sorted(rows, key=_most_urgent_first)), across)


def standing_in_words(standing: str) -> tuple[str, str]:
    """Return an action in words, in Chinese and English."""
    return word("standing", standing), word("standing", standing, "en")


def in_both(message: str) -> tuple[str, str]:
    """Return a message in Chinese, as created, and in English."""
    return message, translated(message, "en")


def _is_across(finding: Finding) -> bool:
    return finding.scope != "report"


def _refused(each: ReadDocument) -> DocumentRow:
    says = each.message or FAILURES.get(each.code, each.code)
    return DocumentRow(
        each.document,
        each.name,
        "unread",
        standing_in_words("unread"),
        each.code,
        says,
        each.copies,
        brief=says,
        brief_says=in_both(says),
    )


def _row(each: ReadDocument, found: Examined, decisions: Decisions, corrected: int) -> DocumentRow:
    report = found.report
    left = failing(left_to_tell(found, decisions).findings)
    standing = standing_after(found, decisions)
    graveness = [finding.severity for finding in left]
    brief, in_english = in_both(in_brief(left[0]) if left else "")
    decided = [choice_of(finding, report, decisions) for finding in failing(found.findings)]
    return DocumentRow(
        each.document,
        each.name,
        standing,
        standing_in_words(standing),
        copies=each.copies,
        agency=found.agency,
        year=report.year,
        form=report.form,
        format=report.source.format,
        verdict=report.verdict,
        verdict_says=(VERDICTS[report.verdict], word("verdict", report.verdict, "en")),
        errors=graveness.count("error"),
        to_verify=graveness.count("warning"),
        doubts=sum(cell.state in OPEN_STATES for cell in report.cells.values()),
        corrected=corrected,
        decided=sum(choice != "open" for choice in decided),
        brief=_cut(brief, _LONGEST_BRIEF),
        brief_says=(_cut(brief, _LONGEST_BRIEF), _cut(in_english, _LONGEST_IN_ENGLISH)),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _most_urgent_first(row: DocumentRow) -> tuple[int, str, int, str]:
    return URGENCY.index(row.standing), row.agency, row.year or 0, row.name
