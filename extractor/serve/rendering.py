"""Renders the page templates (templates/*.html); every inserted value is escaped."""

from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from extractor.serve.house import house_of, language_of
from extractor.words import said

_WORDS_OF_SCRIPT = (
    *("uploading", "reading-now", "examining-now", "waiting", "done", "failed", "skipped-n", "copies"),
    *(
        "delete-sure",
        "none-shown",
        "connection-lost",
        "summary",
        "all",
        "open-review",
        "not-saved",
        "sort-by",
    ),
    *("corrected-n", "decided-n"),
)


@cache
def _environment() -> Environment:
    loader = PackageLoader("extractor.serve", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def render(request: Request, name: str, **values: Any) -> Response:
    """Return a page in the reader's language."""
    language = language_of(request)
    settings = house_of(request).settings

    def says(key: str, *told: object) -> str:
        return said(key, language) % told if told else said(key, language)

    words = {key: said(key, language) for key in _WORDS_OF_SCRIPT}
    page = _environment().get_template(name)
    html = page.render(
        says=says,
        language=language,
        other_language="en" if language == "zh" else "zh",
        words=msgspec.json.encode(words).decode(),
        kept_in=str(settings.data) if settings.is_kept else "",
        **values,
    )
    return HTMLResponse(html)
