"""Every layout by name: what renders it, for which editions, and what can still be read from it."""

from collections.abc import Callable

from msgspec import Struct

from .draft import Draft
from .expected import Expected
from .truth import EDITIONS


class Rendered(Struct, frozen=True):
    """One document and the right answer for it."""

    data: bytes
    expected: Expected


class Layout(Struct, frozen=True):
    """A way to print a report."""

    name: str
    format: str  # html, docx, pdf, text
    extension: str
    render: Callable[[Draft], Rendered]
    editions: tuple[str, ...] = EDITIONS
    sizes: tuple[str, ...] = ("none", "small", "medium", "large")
    faultless: bool = False  # True: so much is lost that a planted error need not show
    styled: bool = True  # False: only publishers that print every cell plainly


WITH_REQUESTS = tuple(e for e in EDITIONS if e != "2014")
