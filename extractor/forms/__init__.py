"""The editions of the standard form, as data: labels, nesting, units, equations.

One YAML file an edition, loaded and validated once. Declarations only: how a label is found in
a source is the recognizers' business, how an equation is tested that of checks.py.
Read in this order: model.py, load.py, derive.py.
"""

from extractor.forms.load import (
    FORMS_VARIABLE,
    english_labels,
    folders_in_use,
    form_in_force,
    load_form,
    load_forms,
    newest_tables,
    per_forms,
    presumed_form,
    tables_by_precedence,
    use_forms,
)
from extractor.forms.model import Column, Equation, Form, Relation, Row, TableForm, cells_of

__all__ = [
    "FORMS_VARIABLE",
    "Column",
    "Equation",
    "Form",
    "Relation",
    "Row",
    "TableForm",
    "cells_of",
    "english_labels",
    "folders_in_use",
    "form_in_force",
    "load_form",
    "load_forms",
    "newest_tables",
    "per_forms",
    "presumed_form",
    "tables_by_precedence",
    "use_forms",
]
