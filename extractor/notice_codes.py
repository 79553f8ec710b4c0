"""What each notice code means and what a reader can do about it (data/notices.yaml, docs/notices.md)."""

from functools import cache

from msgspec import Struct

from extractor.definitions import load_definition


class InBothLanguages(Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence in Chinese and in English."""

    zh: str
    en: str


class NoticeCode(Struct, frozen=True, forbid_unknown_fields=True):
    """One code of `Notice.code`."""

    meaning: InBothLanguages
    remedy: InBothLanguages


class _Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    notices: dict[str, NoticeCode]


@cache
def notice_codes() -> dict[str, NoticeCode]:
    """Return every code that a notice may have, in alphabetical order."""
    return load_definition("notices.yaml", _Catalogue).notices
