"""What fixtures/ has to hold: every file by its path, built from the code."""

import json
from collections.abc import Iterator
from typing import Any

from .cases import CASES, Case, render
from .refusals import REFUSALS, Refusal
from .registry import LAYOUTS

# The labelled sets beside the cases: kept by hand, not built here.
SETS = {
    "agencies.tsv": "titles and addresses of real reports, with where each agency is, labelled by hand",
    "agency_spellings.tsv": "spellings of one agency a line, written before the rules that join them",
    "agency_spellings_second.tsv": "the same, written after the rules, measured before a change for it",
    "agency_spellings_third.tsv": "the same again, after the second was used",
    "clauses.jsonl": "clauses of our own with the numbers that they tell",
    "clauses_heldout.jsonl": "clauses by labellers who had not seen the rules, used since",
    "clauses_first_sight_*.jsonl": "harder ones, each measured once before it was used (first_sight.tsv)",
    "clause_corrections.tsv": "labels of these sets that were found wrong later, with the reason",
    "beside_tables.jsonl.gz": "clauses beside tables, with whether they contradict them",
    "first_sight.tsv": "what each set gave when it was read for the first time",
    "baseline*.json": "the scores of scripts/evaluate.py; they may only rise",
}
REPRODUCIBLE = ("html", "text")  # formats whose bytes do not depend on a library's version


def json_text(data: dict[str, Any]) -> bytes:
    """Return readable JSON, one cell a line."""
    lines = json.dumps(data | {"cells": {}}, ensure_ascii=False, indent=1) if "cells" in data else None
    if lines is None:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    cells = ",\n".join(
        f"  {json.dumps(cell)}: {json.dumps(entry, ensure_ascii=False)}"
        for cell, entry in data["cells"].items()
    )
    return (lines.replace('"cells": {}', f'"cells": {{\n{cells}\n }}') + "\n").encode()


def case_files(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files of one case."""
    rendered = render(case)
    folder = f"cases/{case.name}"
    yield f"{folder}/{case.source_name}", rendered.data
    yield f"{folder}/expected.json", json_text(rendered.expected.to_plain())


def refusal_files(refusal: Refusal) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files of one refusal."""
    folder = f"refusals/{refusal.name}"
    yield f"{folder}/source.{refusal.extension}", refusal.build()
    yield f"{folder}/expected-error.json", json_text(refusal.expected)


def every_file(formats: tuple[str, ...] | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield every file of fixtures/ that the code builds, the table of contents last.

    Args:
        formats: Only cases of these formats, and no refusals, where given.
    """
    for case in CASES:
        if formats is None or LAYOUTS[case.layout].format in formats:
            yield from case_files(case)
    if formats is None:
        for refusal in REFUSALS:
            yield from refusal_files(refusal)
    yield "README.md", readme().encode()


def readme() -> str:
    """Return the table of contents of fixtures/."""
    lines = [
        "# Fixtures",
        "",
        "Built by `scripts/make_fixtures.py`; every agency, sentence and number is invented. `expected.json`",
        "is written from the truth that the document was made from, never from the reader's output.",
        "",
        "| labelled set | what it is |",
        "| --- | --- |",
        *(f"| {name} | {told} |" for name, told in SETS.items()),
        "",
        "| case | format | edition | what it is there for |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| {c.name} | {LAYOUTS[c.layout].format} | {c.edition} | {c.why} |" for c in CASES]
    lines += ["", "| refusal | file | what it is there for |", "| --- | --- | --- |"]
    lines += [f"| {r.name} | {r.extension} | {r.why} |" for r in REFUSALS]
    return "\n".join(lines) + "\n"
