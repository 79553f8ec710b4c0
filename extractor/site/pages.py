"""Writes pages from templates; every value is escaped, and both languages are on each page."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from extractor.errors import MissingDependency, to_install
from extractor.messages import translated
from extractor.words import word


class Pages:
    """Writes pages into one folder."""

    def __init__(self, folder: Path, shared: Mapping[str, Any]) -> None:
        """Take the folder and the values that all pages use."""
        self._folder = folder
        self._environment = _environment()
        self.shared = shared

    def write(self, address: str, template: str, **values: Any) -> None:
        """Write a page at its address in the site."""
        path = self._folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * address.count("/")
        html = self._environment.get_template(template).render(root=root, **self.shared, **values)
        path.write_text(html, encoding="utf-8", newline="\n")


def _environment() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingDependency(f"建网站需要 jinja2：{to_install('site')}") from error
    made = Environment(
        loader=PackageLoader("extractor.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(zh=_word_zh, en=_word_en, english=_in_english, href=_href, web=_web_address)
    return made


def _word_zh(code: str, kind: str) -> str:
    return word(kind, code, "zh")


def _word_en(code: str, kind: str) -> str:
    return word(kind, code, "en")


@lru_cache(maxsize=4096)
def _in_english(message: str) -> str:
    return translated(message, "en")


def _href(address: str) -> str:
    return quote(address)


def _web_address(url: str | None) -> str | None:
    """Return an address that is safe as a link; None if it is not a web address, for example a script."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
