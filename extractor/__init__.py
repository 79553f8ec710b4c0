"""Government annual reports in, verified facts out.

    bytes ─ formats ─▶ Document ─ recognize ─▶ located characters ─ settle ─▶ cells ─ checks ─▶ Report

Formats know nothing of forms; recognizers know nothing of formats; checks know only facts.
What a report must contain is data, in forms/*.yaml.

Read in this order: document.py, report.py, forms/, pipeline.py.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.analysis import load
    from extractor.asked import check, parse_many
    from extractor.document import Source
    from extractor.errors import ExtractorError
    from extractor.forms import use_forms
    from extractor.integrations.response import parse_response
    from extractor.pipeline import parse, parse_all
    from extractor.report import Report

__all__ = [
    "ExtractorError",
    "Report",
    "Source",
    "check",
    "load",
    "parse",
    "parse_all",
    "parse_many",
    "parse_response",
    "use_forms",
]
__version__ = "0.1.0"

_HOMES = {
    "check": "extractor.asked",
    "load": "extractor.analysis",
    "parse": "extractor.pipeline",
    "parse_all": "extractor.pipeline",
    "parse_many": "extractor.asked",
    "parse_response": "extractor.integrations.response",
    "Report": "extractor.report",
    "Source": "extractor.document",
    "ExtractorError": "extractor.errors",
    "use_forms": "extractor.forms",
}


def __getattr__(name: str) -> object:
    """Import the public names when they are first used: a command that only prints help needs none."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    public: object = getattr(import_module(_HOMES[name]), name)
    return public
