"""Write the JSON Schema of a report to extractor/report.schema.json.

Run it (`make schema`) after a change to extractor/report.py, and commit the difference.
"""

from pathlib import Path

from extractor.cli.schema import published_schema

SCHEMA = Path(__file__).parent.parent / "extractor" / "report.schema.json"

if __name__ == "__main__":
    SCHEMA.write_bytes(published_schema() + b"\n")
