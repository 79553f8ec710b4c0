"""Writes answers for `scripts/evaluate.py` out of what people corrected: gold/, one JSON a document.

Run it over a folder of documents and the corrections made on them (`corrections.jsonl` of serve or view).
A correction of the publisher's error is no part of the answer: the reader shall read what is printed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import extractor  # noqa: E402
from extractor.corrections import CellCorrection, load_corrections, with_corrections  # noqa: E402
from extractor.document import Source  # noqa: E402
from extractor.errors import ExtractorError  # noqa: E402
from extractor.report import OPEN_STATES, Report, walk_sections  # noqa: E402


def gold_of(report: Report, corrections: Mapping[str, CellCorrection]) -> dict[str, Any]:
    """Return the answer for a document: what was read, with what a person read otherwise."""
    of_reading = {cell: each for cell, each in corrections.items() if each.of == "reading"}
    right = with_corrections(report, {report.source.sha256: of_reading})
    sections = walk_sections(right.sections)
    return {
        "file": right.source.name,
        "title": right.title,
        "issuer": {"name": right.issuer.name, "printed": right.issuer.printed is not None},
        "year": right.year,
        "form": right.form,
        "sections": [{"code": each.code, "heading": each.heading} for _, each, _ in sections],
        "tables": right.to_dict()["tables"],
        "uncertain": {cell: each.raw for cell, each in right.cells.items() if each.state in OPEN_STATES},
        "checks_failing": [{"id": each.id, "where": each.at} for each in right.failing_equations()],
        "verdict": right.verdict,
        "notes": "；".join(f"{cell} {each.who} {each.when} {each.why}" for cell, each in of_reading.items()),
    }


def write_gold(folder: Path, corrections: Path) -> Iterator[Path]:
    """Write an answer for each document of a folder that a person corrected; yield the files."""
    overlay = load_corrections(corrections)
    (folder / "gold").mkdir(exist_ok=True)
    for path in sorted(each for each in folder.iterdir() if each.is_file()):
        try:
            report = extractor.parse(Source(path.name, path.read_bytes()))
        except ExtractorError:
            continue
        if own := overlay.get(report.source.sha256):
            named = replace(report, source=replace(report.source, name=path.name))
            target = folder / "gold" / f"{path.stem}.json"
            answer = json.dumps(gold_of(named, own), ensure_ascii=False, indent=1, default=float)
            target.write_text(answer + "\n", encoding="utf-8")
            yield target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the documents")
    parser.add_argument("corrections", type=Path, help="corrections.jsonl")
    asked = parser.parse_args()
    for written in write_gold(asked.folder, asked.corrections):
        print(written)
