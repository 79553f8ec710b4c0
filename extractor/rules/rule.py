"""A rule as data: what must hold, in an official's words, how grave a breach is, and where it applies."""

from fnmatch import fnmatchcase
from importlib import resources
from pathlib import Path
from typing import Literal

from msgspec import Struct

from extractor.definitions import read_definition
from extractor.errors import InvalidDefinition, MissingFile
from extractor.forms import TableForm, load_forms, per_forms
from extractor.patterns import kept_pattern

Severity = Literal["error", "warning", "notice"]
Scope = Literal["report", "years", "series", "peers", "family"]

_TERM = kept_pattern(r"(?P<minus>-)?(?P<previous>previous\.)?(?P<name>[a-z][a-z0-9_.]*)")
_ID = kept_pattern(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")


class Summand(Struct, frozen=True):
    """One summand: a row, a column or a whole cell id, of this report or of the year before."""

    name: str
    previous: bool
    minus: bool


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """A condition on reports. Either `test` names a test function, or two sums must be equal.

    With `within: row` the summands are columns of `table` and the rule is tested in every row that
    has them; with `within: column` they are rows; without it they are cells, `table.row.column`.
    """

    id: str
    says: str
    severity: Severity = "warning"
    scope: Scope = "report"
    formula: str = ""
    suggestion: str = ""
    test: str = ""
    table: str = ""
    within: Literal["row", "column"] | None = None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    relation: Literal["=", "<="] = "="
    cells: tuple[str, ...] = ()  # the cells that `test` examines; * stands for every row or column
    columns: tuple[str, ...] = ()  # the columns of `table` that `test` examines
    quotes: Literal["note"] | None = None  # "note": cite the note under table 二, which may explain a breach

    def terms(self) -> tuple[tuple[Summand, ...], tuple[Summand, ...]]:
        """Return the summands of both sides."""
        return tuple(map(_term, self.left)), tuple(map(_term, self.right))

    @property
    def is_sum(self) -> bool:
        """Whether the rule compares two sums."""
        return bool(self.left and self.right)


class _RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...]


@per_forms()
def load_rules() -> tuple[Rule, ...]:
    """Return the built-in rules (data/rules.yaml)."""
    text = (resources.files("extractor") / "data" / "rules.yaml").read_text(encoding="utf-8")
    return _parsed(text, "rules.yaml")


def load_own_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a user's file: sums only, within one report or over two years.

    Raises:
        MissingFile: There is no such file.
        InvalidDefinition: It is no such file, or a rule in it cannot be tested.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise InvalidDefinition(f"{path}: 不是 UTF-8 文本") from error
    rules = _parsed(text, str(path))
    known = {rule.id for rule in load_rules()}
    for rule in rules:
        if rule.test or not rule.is_sum:
            raise InvalidDefinition(f"{path}: {rule.id} 要有 left 和 right 两边的和，不能有 test")
        if rule.scope not in ("report", "years"):
            raise InvalidDefinition(f"{path}: {rule.id} 的 scope 只能是 report 或 years")
        if rule.id in known or rule.id.startswith("prose/"):
            raise InvalidDefinition(f"{path}: {rule.id} 是内置规则的编号")
    return rules


def _parsed(text: str, name: str) -> tuple[Rule, ...]:
    rules = read_definition(name, text, _RuleFile).rules
    if len({rule.id for rule in rules}) < len(rules):
        raise InvalidDefinition(f"{name}: 有编号用了两次")
    for rule in rules:
        _require_testable(rule, name)
    return rules


def _require_testable(rule: Rule, name: str) -> None:
    if not _ID.fullmatch(rule.id):
        raise InvalidDefinition(f"{name}: 编号 {rule.id} 只能有小写字母、数字、- 和 /")
    if bool(rule.test) == rule.is_sum:
        raise InvalidDefinition(f"{name}: {rule.id} 要么有 test，要么有 left 和 right")
    terms = [term for side in rule.terms() for term in side] if rule.is_sum else []
    if rule.scope != "years" and any(term.previous for term in terms):
        raise InvalidDefinition(f"{name}: {rule.id} 用了 previous，scope 要写 years")
    if strange := [cell for cell in rule.cells if not _names_a_cell(cell)]:
        raise InvalidDefinition(f"{name}: {rule.id} 里没有这样的格：{'、'.join(strange)}")
    known = _known_names(rule)
    if unknown := [term.name for term in terms if term.name not in known]:
        raise InvalidDefinition(f"{name}: {rule.id} 里没有这样的行、列或格：{'、'.join(unknown)}")


def _names_a_cell(pattern: str) -> bool:
    return any(
        fnmatchcase(cell, pattern)
        for form in load_forms()
        for table in form.tables
        for cell in table.cell_ids()
    )


def _known_names(rule: Rule) -> set[str]:
    tables = [table for form in load_forms() for table in form.tables]
    if rule.within is None:
        return {cell for table in tables for cell in table.cell_ids()}
    return {
        name for table in tables if table.id == rule.table for name in _headings_across(table, rule.within)
    }


def _headings_across(table: TableForm, within: str) -> list[str]:
    return [column.id for column in table.columns] if within == "row" else [row.id for row in table.rows]


def _term(text: str) -> Summand:
    match = _TERM.fullmatch(text.replace(" ", ""))
    if match is None:
        raise InvalidDefinition(f"“{text}”不是行、列或格的代码")
    return Summand(match["name"], bool(match["previous"]), bool(match["minus"]))
