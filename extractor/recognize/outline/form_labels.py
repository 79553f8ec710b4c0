"""Numbered labels of the standard forms, which look like headings where a table has lost its borders."""

from extractor.forms import load_forms, per_forms, presumed_form
from extractor.patterns import late_pattern
from extractor.recognize.outline.numbering import NumberMark, Rank, find_marks

_LABEL_ENDS = late_pattern(r"(?![\u4e00-\u9fff])|(?:万元|人次|[件条次个人篇])[\d\s.]")


def is_form_label(mark: NumberMark, body: str) -> bool:
    """Return whether number and words without blanks are a row label of a standard form.

    Tables that lost their borders leave such labels in the text, and they look like headings.
    """
    whole, broken = _form_labels().get((mark.rank, mark.number), ((), ()))
    if body.startswith(whole):
        for label in whole:
            if body.startswith(label) and _LABEL_ENDS.match(body, len(label)):
                return True
    return bool(body) and any(label.startswith(body) or _begins_long(body, label) for label in broken)


def _begins_long(body: str, label: str) -> bool:
    return len(label) > 4 and body.startswith(label)


@per_forms()
def _form_labels() -> dict[tuple[int, int], tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the words of every numbered row label of the forms, by rank and number.

    The second part holds those that are recognized even if a line break cuts them. Labels of
    other tables are left out there, because they begin like headings: 主动公开政府信息数.
    """
    labels: dict[tuple[int, int], tuple[set[str], set[str]]] = {}
    for table in (table for form in load_forms() for table in form.tables):
        for printed in {label for row in table.rows for label in (row.label, *row.aliases, *row.group)}:
            for mark in find_marks("\n" + printed)[:1]:
                body = printed[mark.end - 1 :]
                if mark.start == 1 and not (mark.rank == Rank.MAIN and body.endswith("情况")):
                    labels.setdefault((mark.rank, mark.number), (set(), set()))[
                        bool(table.labels_in_pieces)
                    ].add(body)
    return {key: (tuple(whole | broken), tuple(broken)) for key, (whole, broken) in labels.items()}


@per_forms()
def _form_parts() -> frozenset[tuple[int, str]]:
    """Return number and words of 一、主动公开情况 and the like, which head rows of a standard form."""
    printed = {
        label for form in load_forms() for table in form.tables for row in table.rows for label in row.group
    }
    found = ((find_marks("\n" + label)[:1], label) for label in printed)
    return frozenset(
        (mark.number, label[mark.end - 1 :])
        for marks, label in found
        for mark in marks
        if mark.rank == Rank.MAIN
    )


def is_form_part(mark: NumberMark, body: str) -> bool:
    """True if a heading is identical to a group heading above rows of a standard form."""
    return mark.rank == Rank.MAIN and (mark.number, body) in _form_parts()


def holds_a_table(section: str | None) -> bool:
    """Return whether a section of this code holds a standard table."""
    return section in presumed_form().sections
