"""The ready measures, as data: a name, a definition in both languages, and the SQL that computes it."""

from functools import cache

from msgspec import Struct

from extractor.definitions import load_definition


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """A measure or a step towards one, as a view over the tables of a batch."""

    id: str
    title: str
    about: str
    about_en: str
    sql: str


class _Views(Struct, frozen=True, forbid_unknown_fields=True):
    views: tuple[View, ...]


@cache
def load_views() -> tuple[View, ...]:
    """Return the views; one that uses another comes after it.

    Raises:
        InvalidDefinition: data/measures.yaml is not what it should be.
    """
    return load_definition("measures.yaml", _Views).views
