"""The editions of the standard form, as data: labels, nesting, units, equations.

One YAML file per edition, loaded and validated once. Only declarations: recognizers find labels in sources,
checks.py tests equations. Read in this order: model.py, load.py, derive.py.
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
