"""What MkDocs does not do by itself: pages made from definitions and notebooks, the navigation, llms.txt.

Named under `hooks` in mkdocs.yml; run by `make docs`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.reference_pages import reference_pages  # noqa: E402

# Titles of the folders of docs/, by the title that MkDocs gives them.
FOLDERS = {
    "zh": {
        "Tutorial": "教程",
        "Guide": "做法",
        "Reference": "参考",
        "Explanation": "说明",
        "Project": "项目",
        "En": "English",
    },
    "en": {"Guide": "How-to"},
}
# Folder → the pages of the root of docs/ that stand under it: each alone would be a tab of its own.
UNDER = {
    "Tutorial": (),
    "Guide": (),
    "Reference": ("notices.md", "glossary.md"),
    "Explanation": ("evaluation.md", "speed.md", "mutants.md"),
    "Project": ("contributing.md", "changelog.md"),
    "En": (),
}
NOTEBOOKS = ("tutorial/notebook.ipynb", "en/tutorial/notebook.ipynb")
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
    "extractor",
    "extractor.pipeline.parse",
    "extractor.pipeline.parse_all",
    "extractor.integrations.response.parse_response",
    "extractor.asked",
    "extractor.report",
    "extractor.analysis.load",
    "extractor.analysis.agency.AgencyTables",
    "extractor.rules.finding.Finding",
    "extractor.forms.use_forms",
    "extractor.errors",
    "extractor.document",
)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made from definitions."""
    pages = {**reference_pages("zh"), **reference_pages("en")}
    pages[API] = API_HEAD + "".join(f"\n::: {name}\n" for name in API_MODULES)
    for path, name in FROM_ROOT.items():
        text = (ROOT / name).read_text("utf-8")
        pages[path] = re.sub(r"\]\(docs/", "](", text)
    for path in NOTEBOOKS:
        pages[path.replace(".ipynb", ".md")] = page_of_notebook(ROOT / "docs" / path)
    for path, text in pages.items():
        files.append(File.generated(config, path, content=text))
    files.append(File.generated(config, "llms.txt", content=llms_txt(files, config)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Put the pages of the root under UNDER's folders, and give the folders titles in their language.

    English pages stand in one tab. A page that nobody has put anywhere stays a tab of its own.
    """
    sections = {item.title: item for item in nav.items if isinstance(item, Section)}
    sections["Project"] = Section("Project", [])
    at_root = {item.file.src_uri: item for item in nav.items if isinstance(item, Page)}
    for title, names in UNDER.items():
        for name in names:
            page = at_root.pop(name)
            page.parent = sections[title]
            sections[title].children.append(page)
    nav.items = [*at_root.values(), *(sections[title] for title in UNDER)]
    for section in sections.values():
        rename(section, "zh")
    nav.pages = list(pages_in(nav.items))
    for before, page, after in zip([None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    return nav


def pages_in(items: Iterable[StructureItem]) -> Iterator[Page]:
    """Yield the pages in the order in which the navigation shows them."""
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from pages_in(item.children)


def page_of_notebook(path: Path) -> str:
    """Return a notebook as Markdown: its text, its code, what the code answers, and a link to the file."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    parts = ["".join(cells[0]["source"]), f"[{path.name}]({path.name})"]
    for cell in cells[1:]:
        text = "".join(cell["source"])
        parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
        for output in cell.get("outputs", ()):
            data = output.get("data", {"text/plain": output.get("text", "")})
            html, plain = "".join(data.get("text/html", "")), "".join(data.get("text/plain", ""))
            parts.append(f'<div class="answer">{html}</div>' if html else f"```text\n{plain}\n```")
    return "\n\n".join(parts) + "\n"


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
