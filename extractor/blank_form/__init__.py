"""The standard form with no numbers in it, to be filled in: as a Word file or as a workbook that adds up.

`grid` lays out the tables of an edition as they are printed, `word` and `sheet` write them. What is
filled in can be read again like any report.
"""

from extractor.blank_form.grid import BlankForm, blank_form
from extractor.blank_form.sheet import workbook_form
from extractor.blank_form.word import word_form

__all__ = ["BlankForm", "blank_form", "word_form", "workbook_form"]
