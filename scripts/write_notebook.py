"""Writes the notebook of the documentation in both languages, with what its cells answer.

    make notebook          # docs/tutorial/notebook.ipynb, docs/en/tutorial/notebook.ipynb

The code is the same in both; what is told between stands in CELLS. A test runs the code again and
compares the answers with those that are kept.
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "zh": ROOT / "docs" / "tutorial" / "notebook.ipynb",
    "en": ROOT / "docs" / "en" / "tutorial" / "notebook.ipynb",
}
# What is told before a cell, Chinese and English, and the cell.
CELLS = (
    (
        "# 教程：在笔记本里\n\n样本都是虚构的，在仓库的 `fixtures/` 里；换成你自己的文件即可。",
        "# In a notebook\n\nThe samples are invented and lie in `fixtures/`; put your own in their place.",
        "from pathlib import Path\n\nimport extractor\n\n"
        'root = next(p for p in [Path.cwd(), *Path.cwd().parents] if (p / "fixtures").is_dir())\n'
        'cases = root / "fixtures" / "cases"\n'
        'report = extractor.parse(cases / "fault-zero-total" / "source.html")\n'
        "print(report)",
    ),
    (
        "笔记本里，一份报告就是它的结论、不相符的地方和各张表：",
        "In a notebook a report is its verdict, what does not add up, and its tables:",
        "report",
    ),
    (
        "一个数印的是什么、在哪里、凭什么：",
        "What is printed for a number, where, and how it is known:",
        'cell = report.cells["disputes.review.total"]\ncell.raw, cell.value, cell.state, cell.locator.path',
    ),
    (
        "哪里不相符，应为多少（印出来的数从不改动）：",
        "What does not add up, and what it should be (nothing printed is ever changed):",
        "[(f.at, f.left, f.right, f.should_be) for f in extractor.check(report)]",
    ),
    (
        "读很多份，错误是值，不是异常：",
        "Many files; an error is a value, not an exception:",
        'names = ["html-plain-2021", "docx-plain-2019", "pdf-ruled-2019", "text-glued-2021"]\n'
        'paths = [next((cases / name).glob("source.*")) for name in names]\n'
        'outcomes = list(extractor.parse_many([*paths, "no-such-file.pdf"], workers=1))\n'
        "[str(outcome.report or outcome.error) for outcome in outcomes]",
    ),
    (
        "接到 pandas：每格一行，有状态。`undecided` 的没有数，不会悄悄混进去。",
        "On to pandas: a row a cell, with its state. What is `undecided` has no number to mix in silently.",
        "import pandas as pd\n\n"
        "cells = pd.concat([o.report.to_frame() for o in outcomes if o.report], ignore_index=True)\n"
        'cells.groupby(["agency", "state"]).size().unstack(fill_value=0)',
    ),
    (
        "各机关新收的申请，按申请人：",
        "New requests of each agency, by applicant:",
        'new = cells[(cells.table == "requests") & (cells.row == "new")]\n'
        'wide = new.pivot(index="agency", columns="column", values="value")\n'
        'wide[["natural_person", "business", "total"]]',
    ),
)


def notebook(language: str) -> nbformat.NotebookNode:
    """Return the notebook in a language, "zh" or "en", with its answers."""
    cells = []
    for number, (zh, en, code) in enumerate(CELLS):
        cells.append(nbformat.v4.new_markdown_cell(zh if language == "zh" else en, id=f"text-{number}"))
        cells.append(nbformat.v4.new_code_cell(code, id=f"code-{number}"))
    made = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    NotebookClient(
        made, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()
    for cell in made.cells:
        cell.metadata.clear()  # when it was run
    made.metadata.pop("language_info", None)  # which Python it was
    return made


def main() -> None:
    """Write both."""
    for language, place in PLACES.items():
        nbformat.write(notebook(language), place)


if __name__ == "__main__":
    main()
