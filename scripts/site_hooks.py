"""What MkDocs does not do by itself: pages made from definitions, titles of folders, llms.txt.

Named under `hooks` in mkdocs.yml; run by `make docs`.
"""

import re
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.reference_pages import reference_pages  # noqa: E402

# Titles of the folders of docs/, by the title that MkDocs gives them.
FOLDERS = {
    "zh": {"Tutorial": "教程", "Guide": "做法", "Reference": "参考", "Explanation": "说明", "En": "English"},
    "en": {"Guide": "How-to"},
}
# Pages for readers of both languages.
IN_BOTH = ("glossary.md", "notices.md", "reference/api.md")
# Pages that stand in the root of the repository, where people look for them.
FROM_ROOT = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
# One page for both languages: docstrings are English, and each name has one place.
API = "reference/api.md"
API_HEAD = """# Python

一般只用 `extractor` 里的名称；例子见[在 Python 里用](../guide/python.md)。

The names of `extractor` do for most; examples are in [In Python](../en/guide/python.md).
"""
API_MODULES = (
    "extractor.pipeline.parse",
    "extractor.asked",
    "extractor.report",
    "extractor.errors",
    "extractor.document",
    "extractor.analysis.load",
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from definitions."""
    pages = {**reference_pages("zh"), **reference_pages("en")}
    pages[API] = API_HEAD + "".join(f"\n::: {name}\n" for name in API_MODULES)
    for path, name in FROM_ROOT.items():
        text = (ROOT / name).read_text("utf-8")
        pages[path] = re.sub(r"\]\(docs/", "](", text)
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    files.append(File.generated(config, "llms.txt", content=llms_txt(files, config)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Give the folders titles in the language of their pages; English pages stand in one tab."""
    for item in nav.items:
        if isinstance(item, Section):
            rename(item, "zh")
    return nav


def rename(section: Section, language: str) -> None:
    """Give a folder and those in it the titles of FOLDERS."""
    inner = "en" if section.title == "En" else language
    section.title = FOLDERS[language].get(section.title, section.title)
    for child in section.children:
        if isinstance(child, Section):
            rename(child, inner)


def llms_txt(files: Files, config: MkDocsConfig) -> str:
    """Return the list of English pages for language models: title, address, first sentence."""
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", "", "## Pages", ""]
    for file in sorted(files.documentation_pages(), key=lambda file: file.src_uri):
        if file.src_uri.startswith("en/") or file.src_uri in IN_BOTH:
            title, first = title_and_first(file.content_string)
            lines.append(f"- [{title}]({file.url}): {first}")
    return "\n".join(lines) + "\n"


def title_and_first(text: str) -> tuple[str, str]:
    """Return the title of a page and its first paragraph, code and tables left out."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    first = re.search(r"^(?![#!|<*-])\S.*(?:\n\S.*)*", text, re.MULTILINE)
    return (title[1] if title else ""), (" ".join(first[0].split()) if first else "")
