"""Writes the results of a batch: reports.jsonl, and tidy tables in the usual formats.

    entries, sorted ─ rows ─▶ rows of tables ─ one writer for each format ─▶ files, replaced as a whole

The tables are data (data/tables.yaml). Every format holds the same rows in the same
order, so that any two agree cell for cell.

Read in this order: columns.py, rows.py, write.py, and a writer.
"""

from extractor.export.columns import TableOfBatch, load_tables, parquet_at
from extractor.export.datapackage import table_schema
from extractor.export.harmless import DIALECT, FORMULA_LIKE, NUMBER_LIKE, harmless
from extractor.export.of_batch import write_batch
from extractor.export.views import load_views
from extractor.export.write import FORMATS, ExportEntry, write_outputs

__all__ = [
    "DIALECT",
    "FORMATS",
    "FORMULA_LIKE",
    "NUMBER_LIKE",
    "ExportEntry",
    "TableOfBatch",
    "harmless",
    "load_tables",
    "load_views",
    "parquet_at",
    "table_schema",
    "write_batch",
    "write_outputs",
]
