"""The reference pages of the site, written from the definitions: nothing in them is typed by hand.

`reference_pages(language)` returns path → Markdown, the paths below docs/ (English ones below docs/en/).
"""

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
import yaml

from extractor.cli import app
from extractor.cli.forms import describe_forms
from extractor.crawl.lists import FAMILIES
from extractor.forms import load_forms

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "extractor"

# Page → its title and first sentence, by language.
TITLES = {
    "commands": {
        "zh": ("命令", "每个命令、参数和选项，与 `--help` 相同。"),
        "en": ("Commands", "Every command, argument and option, as in `--help`; the program speaks Chinese."),
    },
    "rules": {
        "zh": (
            "规则",
            "核对的规则，写在 `extractor/data/rules.yaml`。怎样用、怎样加见[核对报告](../guide/check.md)。",
        ),
        "en": (
            "Rules",
            "The rules of `extractor/data/rules.yaml`, as officials read them. Use: "
            "[checking](../guide/check.md).",
        ),
    },
    "forms": {
        "zh": ("标准表", "认识的各版：行、列、代码、勾稽关系，与 `extractor forms 版本` 相同。"),
        "en": (
            "Forms",
            "The editions that are known: rows, columns, codes, equations, as `extractor forms ID` prints.",
        ),
    },
    "figures": {
        "zh": ("正文数字的代码", "`figures` 里的 `code`。"),
        "en": ("Codes of prose numbers", "The `code` of `figures`."),
    },
    "tables": {
        "zh": ("数据表", "`extractor batch` 写出的表和列。没有的值是空，不是 0。"),
        "en": (
            "Tables",
            "Tables and columns that `extractor batch` writes. What is not there is null, never 0.",
        ),
    },
    "views": {
        "zh": ("视图和指标", "每个指标的定义和算法，写在 `extractor/data/measures.yaml`。"),
        "en": (
            "Views and measures",
            "The definition and SQL of every measure, from `extractor/data/measures.yaml`.",
        ),
    },
    "list-families": {
        "zh": (
            "脚本列表",
            "抓取时认得的、由脚本取列表的网站系统，各是 `extractor/crawl/lists/` 里的一个模块。",
        ),
        "en": (
            "List families",
            "Content systems whose lists come by script; each is a module of `extractor/crawl/lists/`.",
        ),
    },
}


def reference_pages(language: str) -> dict[str, str]:
    """Return the pages of a language, "zh" or "en"."""
    bodies = {
        "commands": _commands(language),
        "rules": _rules(language),
        "forms": _forms(),
        "figures": _figures(language),
        "tables": _tables(language),
        "views": _views(language),
        "list-families": _families(language),
    }
    folder = "reference/" if language == "zh" else "en/reference/"
    pages = {}
    for name, body in bodies.items():
        title, first = TITLES[name][language]
        pages[f"{folder}{name}.md"] = f"# {title}\n\n{first}\n\n{body}"
    return pages


def _heads(language: str, *pairs: str) -> list[str]:
    """Return the heads of a table, each given as "Chinese English"."""
    return [pair.split(" ", 1)[language == "en"] for pair in pairs]


def _rows(heads: list[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table; what has a line of its own in a cell becomes one line."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(_cell(text) for text in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(text: object) -> str:
    return "" if text is None else " ".join(str(text).replace("|", "\\|").split())


def _definition(name: str) -> Any:
    return yaml.safe_load((PACKAGE / "data" / name).read_text("utf-8"))


def _commands(language: str) -> str:
    commands = getattr(typer.main.get_command(app), "commands", {})
    heads = _heads(language, "参数 parameter", "意思 meaning", "缺省 default")
    parts = []
    for name, command in commands.items():
        text = re.sub(r"^\x08\n|^\\b\n", "", str(command.help), flags=re.MULTILINE)
        first, _, rest = text.partition("\n")
        rows = [
            [_written(parameter), getattr(parameter, "help", ""), _default(parameter)]
            for parameter in command.params
            if parameter.name != "help"
        ]
        block = f"```text\n{rest.strip()}\n```\n\n" if rest.strip() else ""
        parts.append(f"## extractor {name} {{#{name}}}\n\n{first}\n\n{block}{_rows(heads, rows)}")
    return "\n".join(parts)


def _written(parameter: Any) -> str:
    names = ", ".join(f"`{option}`" for option in [*parameter.opts, *parameter.secondary_opts])
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar or parameter.name.upper()}`"
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def _default(parameter: Any) -> str:
    shown = isinstance(parameter.default, int | float | str) and not isinstance(parameter.default, bool)
    return f"`{parameter.default}`" if shown else ""


def _rules(language: str) -> str:
    scopes = {
        "report": _heads(language, "一份之内 One report")[0],
        "years": _heads(language, "相邻两年 Two years")[0],
        "series": _heads(language, "一个机关的各年 An agency's years")[0],
        "peers": _heads(language, "同年同类机关 Peers of a year")[0],
        "family": _heads(language, "上下级 A parent and its children")[0],
    }
    rules = _definition("rules.yaml")["rules"]
    heads = _heads(language, "编号 id", "说法 what it says", "公式 formula", "轻重 severity")
    parts = []
    for scope, title in scopes.items():
        own = [rule for rule in rules if rule.get("scope", "report") == scope]
        rows = [[f"`{r['id']}`", r["says"], r.get("formula"), f"`{r['severity']}`"] for r in own]
        parts.append(f"## {title}\n\n{_rows(heads, rows)}")
    return "\n".join(parts)


def _forms() -> str:
    ids = sorted((form.id for form in load_forms()), reverse=True)
    return "\n".join(
        f"## {name}\n\n```text\n{describe_forms(name, as_json=False).decode().rstrip()}\n```\n"
        for name in ids
    )


def _figures(language: str) -> str:
    codes = _definition("figure_codes.yaml")
    rows = ([f"`{code}`", told["says"]] for code, told in codes.items())
    return _rows(_heads(language, "代码 code", "意思 meaning"), rows)


def _tables(language: str) -> str:
    suffix = "" if language == "zh" else "_en"
    heads = _heads(language, "列 column", "类型 type", "名称 title", "说明 about")
    parts = []
    for table in _definition("tables.yaml")["tables"]:
        rows = [
            [f"`{c['id']}`", c["type"], c.get(f"title{suffix}"), c.get(f"about{suffix}")]
            for c in table["columns"]
        ]
        about = table.get(f"about{suffix}", "")
        parts.append(
            f"## {table['id']}\n\n{table.get(f'title{suffix}', '')}: {about}\n\n{_rows(heads, rows)}"
        )
    return "\n".join(parts)


def _views(language: str) -> str:
    suffix = "" if language == "zh" else "_en"
    views = _definition("measures.yaml")["views"]
    return "\n".join(
        f"## {view['id']}\n\n{view.get(f'about{suffix}', '')}\n\n```sql\n{view['sql'].rstrip()}\n```\n"
        for view in views
    )


def _families(language: str) -> str:
    heads = _heads(language, "名称 name", "列表怎么来 how its lists come")
    rows = []
    for family in FAMILIES:
        homes = (_module_of(read) for read in (family.rows_of_page, family.rows_of_answer) if read)
        home = next((name for name in homes if name.startswith("extractor.crawl.lists.")), "")
        told = (getattr(import_module(home), "__doc__", "") or "").partition("\n\n")[0] if home else ""
        rows.append([f"`{family.name}`", told])
    return _rows(heads, rows)


def _module_of(read: object) -> str:
    """Return the module of a reader; what wraps one is looked through."""
    cells = getattr(read, "__closure__", None) or ()
    inner = [getattr(cell.cell_contents, "__module__", "") for cell in cells]
    return next((name for name in inner if name), getattr(read, "__module__", ""))
