"""The panel of a batch: one row per agency and year, one column per concept, ready for a regression.

    tables of a batch ─ variables.py (what a column is) ─ build.py ─▶ panel ─ files.py ─▶ parquet csv dta xlsx
                                                          coverage.py ─▶ what there is of each agency and year

Read in this order: variables.py, build.py, coverage.py, files.py.
"""

from extractor.panel.build import Panel, PanelOptions, build_panel
from extractor.panel.corrected import lay_corrections_over
from extractor.panel.coverage import coverage_rows, doubt_rows
from extractor.panel.files import SUFFIXES, require_suffix, write_panel
from extractor.panel.variables import Variable, load_variables

__all__ = [
    "SUFFIXES",
    "Panel",
    "PanelOptions",
    "Variable",
    "build_panel",
    "coverage_rows",
    "doubt_rows",
    "lay_corrections_over",
    "load_variables",
    "require_suffix",
    "write_panel",
]
