"""Words for people: rules, places, states, outcomes and faults."""

from extractor.codes import figure_codes
from extractor.document import Locator
from extractor.patterns import kept_pattern
from extractor.report import Report
from extractor.rules.editions import place_name
from extractor.rules.finding import Finding
from extractor.rules.rule import load_rules
from extractor.words import words_of

# The part of a locator's XPath that leads to a cell; rows are counted within thead, tbody or tfoot.
_PATH_OF_A_CELL = kept_pattern(r"/tr(?:\[(?P<row>\d+)\])?/t[dh](?:\[(?P<cell>\d+)\])?(?:/\w+(?:\[\d+\])?)*$")

SEVERITIES = words_of("severity")
OUTCOMES = words_of("outcome")
FAULTS = words_of("fault")
STATES = words_of("state")
VERDICTS = words_of("verdict")


def rule_in_words(rule: str) -> str:
    """Return the statement of a rule; for a comparison of prose and table, which number is compared.

    >>> rule_in_words("requests/outcomes")
    '（七）总计应等于各项办理结果之和'
    """
    says = next((each.says for each in load_rules() if each.id == rule), None)
    if says is None and rule.startswith("prose/"):
        code = figure_codes().get(rule.removeprefix("prose/"))
        return f"正文所述“{code.says}”应与表格一致" if code else rule
    return says or rule


def follower_in_words(follower: str, report: Report | None) -> str:
    """Return a failure of the same cause, given as rule@place, in words."""
    rule, _, at = follower.partition("@")
    place = place_name(report, rule.partition("/")[0], at) if report else at
    return rule_in_words(rule) if place == at else f"{rule_in_words(rule)}（{place}）"


def in_brief(finding: Finding) -> str:
    """Return a finding in one clause: the wrong cell and its number if known, else what disagrees."""
    what = what_is_wrong(finding)
    return what if finding.mends or what.startswith(finding.says) else f"{finding.says}：{what}"


def what_is_wrong(finding: Finding) -> str:
    """Return the wrong cell and its number if known, else the two sides; without the rule."""
    if finding.mends:
        return "；".join(
            f"{_without_table(mend.cell.label)} 印 {mend.cell.raw or '空'}，应为 {mend.should_be}"
            for mend in finding.mends
        )
    if finding.sides:
        return f"{finding.sides[0]}，不能断定是哪一处"
    if finding.cells and finding.left is not None and finding.right is not None:
        return f"{_without_table(finding.cells[0].label)} {finding.left} ≠ {finding.right}"
    return finding.message


def _without_table(label: str) -> str:
    return label.partition(" / ")[2] or label


def place_in_words(locator: Locator) -> str:
    """Return a place in words; "" if it is unknown.

    >>> place_in_words(Locator(page=4, bbox=(72.0, 90.5, 110.0, 104.0)))
    '第4页（左 72，上 90）'
    >>> place_in_words(Locator(table=2, row=5, column=3))
    '第2个表第5行第3列'
    """
    places = [_one_place(locator), *map(place_in_words, locator.more)]
    return "，续".join(place for place in places if place)


def _one_place(locator: Locator) -> str:
    if locator.page is not None:
        box = f"（左 {locator.bbox[0]:.0f}，上 {locator.bbox[1]:.0f}）" if locator.bbox else ""
        return f"第{locator.page}页{box}"
    if locator.path is not None:
        cell = _PATH_OF_A_CELL.search(locator.path)
        return f"表格第{cell['row'] or 1}行第{cell['cell'] or 1}格" if cell else locator.path
    if locator.table is not None:
        row = f"第{locator.row}行" if locator.row is not None else ""
        column = f"第{locator.column}列" if locator.column is not None else ""
        return f"第{locator.table}个表{row}{column}"
    if locator.paragraph is not None:
        return f"第{locator.paragraph}段"
    if locator.line is not None:
        column = f"第{locator.column}列" if locator.column is not None else ""
        return f"第{locator.line}行{column}"
    return ""
