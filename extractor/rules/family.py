"""A report that sums up others: compares each cell with the sum of the same cell of its children."""

from collections.abc import Iterator, Sequence

from extractor.report import Number, Report
from extractor.rules.editions import EffectiveNumbers, label_of
from extractor.rules.finding import Facts
from extractor.rules.rule import Rule

_MOST_CITED = 40


def family_sum(rule: Rule, parent: Report, children: Sequence[Report]) -> Iterator[Facts]:
    """Compare each cell of the parent with the sum of its children's, for the parent's year only.

    A cell that a child's edition does not have, or whose number is not known there, is not tested.
    """
    others = [child for child in children if child.year == parent.year]
    if not others:
        yield Facts("report", "not_checked", f"没有 {parent.year} 年的下级报告")
        return
    own, ledgers = EffectiveNumbers(parent), [EffectiveNumbers(child) for child in others]
    for cell in parent.cells:
        numbers = [ledger.number(cell) for ledger in ledgers]
        yield _compared(parent, others, cell, own.number(cell), numbers)


def _compared(
    parent: Report, children: Sequence[Report], cell: str, left: Number | None, numbers: list[Number | None]
) -> Facts:
    known = [number for number in numbers if number is not None]
    right: Number | None = sum(known) if len(known) == len(numbers) else None
    cells = ((parent, cell), *((child, cell) for child in children[:_MOST_CITED]))
    label = label_of(parent, cell)
    if left is None or right is None:
        return Facts(cell, "not_checked", f"{label}：有数字缺失或未定，不能核", left, right, cells)
    if left == right:
        return Facts(cell, "holds", f"{label}：等于 {len(children)} 个下级之和", left, right, cells)
    message = f"{label}：汇总 {left}，{len(children)} 个下级之和 {right}"
    return Facts(cell, "fails", message, left, right, cells, "undecided")
