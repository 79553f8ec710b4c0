"""The schema command: the JSON Schema of a report, as published in report.schema.json."""

import json

from extractor.report import json_schema


def published_schema() -> bytes:
    """Return the JSON Schema of one report, indented, keys in the order of the contract."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2).encode()
