"""The empty standard form, to be filled in: as a Word file, or as a workbook with formulas for the sums.

grid.py lays out the tables of an edition as printed; word.py and sheet.py write them. A completed form can be
read like any report.
"""

from extractor.blank_form.grid import BlankForm, blank_form
from extractor.blank_form.sheet import workbook_form
from extractor.blank_form.word import word_form

__all__ = ["BlankForm", "blank_form", "word_form", "workbook_form"]
