"""The pages that people read: README and docs/, one language at a time, and the blocks in them."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
# The README, and under it the pages of the same language.
README = {"Chinese": ROOT / "README.md", "English": ROOT / "README.en.md"}
PAGES = {
    "Chinese": [
        README["Chinese"],
        *sorted(p for p in DOCS.rglob("*.md") if DOCS / "en" not in p.parents),
    ],
    "English": [README["English"], *sorted((DOCS / "en").rglob("*.md"))],
}
ALL_PAGES = [page for pages in PAGES.values() for page in pages]
LANGUAGES = tuple(README)


def name_of_page(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(language: str) -> str:
    """Return all pages of a language, one behind the other."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES[language])


def page_in(language: str, path: str) -> str:
    """Return a page of docs/ in a language."""
    return (DOCS / ("en" if language == "English" else "") / path).read_text(encoding="utf-8")


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def lines_missing(excerpt: str, whole: str) -> list[str]:
    """Return the first line of an excerpt that does not follow the others; "…" stands for any lines."""
    rest = iter(whole.splitlines())
    for line in excerpt.splitlines():
        if line.strip() != "…" and line not in rest:
            return [line]
    return []
