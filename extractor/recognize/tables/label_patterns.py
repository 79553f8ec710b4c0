"""One regular expression for all labels of a table as they may occur in running text.

The text has no blanks; punctuation, brackets and hints may differ, and the serial number before a label may
be missing. The regular expression group that matched gives the meaning.
"""

import re
from collections.abc import Iterator

from extractor.forms import TableForm, load_form, per_forms
from extractor.numerals import FOLDED
from extractor.patterns import kept_pattern, late_pattern

GROUP, HEADER = -1, -2  # pseudo row numbers: a label of several rows, a word of the header

_ANY_HINT = r"[^()\d]{3,60}"
_BEGINNING = 5  # first characters that are enough to recognize a long label
# Characters that `_loose` leaves unchanged, at the beginning of a label; may match nothing.
_LITERAL = late_pattern(rf"[\u4e00-\u9fffA-Za-z0-9]{{0,{_BEGINNING}}}")
_SERIAL = late_pattern(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|(\d)\.)")
_HINT = late_pattern(r"（[^）]*）")


@per_forms()
def label_pattern(form: str, table_id: str) -> tuple[re.Pattern[str], list[list[tuple[int, str]]]]:
    """Return one pattern for all labels of a table, and what each of its groups may mean."""
    table = load_form(form).table(table_id)
    assert table is not None  # the caller asks for a table that exists
    meanings: dict[str, list[tuple[int, str]]] = {}
    for order, row in enumerate(table.rows):
        for text in (row.label, *row.aliases):
            meanings.setdefault(_pattern_of(text), []).append((order, row.id))
    for order, row in enumerate(table.rows):
        beginning = _telling_beginning(row.label, table)
        if beginning:  # a long label may wrap around its values
            meanings.setdefault(_pattern_of(beginning), []).append((order, row.id))
    labels = {row.label for row in table.rows}
    groups = {text for row in table.rows for text in row.group} - labels
    heads = {*table.words, *(column.label for column in table.columns)} - groups
    heads.update(text for column in table.columns for text in column.group)
    if table.has_header_per_group:
        heads, groups = heads | groups, set()
    for kind, words in ((GROUP, groups), (HEADER, heads)):
        for text in sorted(words):  # the same pattern in every process
            if len(text) > 2:
                meanings.setdefault(_pattern_of(text), [(kind, "")])
    # Longest first, so that 行政规范性文件 comes before 规范性文件.
    entries = sorted(meanings.items(), key=lambda entry: -len(entry[0]))
    # Most characters begin no label: a lookahead avoids trying every label there.
    wordings = {text for row in table.rows for text in (row.label, *row.aliases)}
    wordings.update(text for column in table.columns for text in (column.label, *column.aliases))
    first = re.escape(
        "".join(sorted({c for text in (*wordings, *heads, *groups) for c in _beginnings(text)}))
    )
    body = "|".join(f"({pattern})" for pattern, _ in entries)
    return kept_pattern(f"(?=[{first}\\d(])(?:{body})"), [rows for _, rows in entries]


def rows_begun_in(text: str, form: str, table_id: str, enough: int) -> int:
    """Return how many rows have the beginning of a label in the text; counting stops at `enough`.

    A cheap test before the full search.
    """
    count = 0
    for beginnings in _row_beginnings(form, table_id):
        count += any(beginning in text for beginning in beginnings)
        if count >= enough:
            break
    return count


@per_forms()
def _row_beginnings(form: str, table_id: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each row, texts one of which every match of its labels begins with."""
    table = load_form(form).table(table_id)
    assert table is not None  # the caller asks for a table that exists
    return tuple(
        tuple({_literal_beginning(_body_of(text)) for text in (row.label, *row.aliases)})
        for row in table.rows
    )


def _literal_beginning(body: str) -> str:
    found = _LITERAL.match(body)
    return found.group() if found else ""


def _beginnings(label: str) -> Iterator[str]:
    """Yield the characters that a label may begin with, with its serial number or without."""
    folded = label.translate(FOLDED)
    yield folded[0]
    serial = _SERIAL.match(label)
    if serial:
        yield folded[serial.end()]


def _telling_beginning(label: str, table: TableForm) -> str | None:
    """Return the first characters of a long label, if no other label of the table contains them."""
    plain = _HINT.sub("", label)
    serial = _SERIAL.match(plain)
    body = plain[serial.end() :] if serial else plain
    if len(body) < 2 * _BEGINNING:
        return None
    beginning = body[:_BEGINNING]
    others = [
        text for row in table.rows if row.label != label for text in (row.label, *row.aliases, *row.group)
    ]
    return plain[: len(plain) - len(body)] + beginning if not any(beginning in o for o in others) else None


def _body_of(label: str) -> str:
    """Return the words of a label without serial number and hints, as a pattern."""
    serial = _SERIAL.match(label)
    return _HINT.sub("", label[serial.end() :] if serial else label) or label


def _pattern_of(label: str) -> str:
    serial = _SERIAL.match(label)
    body = _body_of(label)
    pattern = _loose(body)
    # The form's own hint may contain digits (计1条); any other bracket after a label must not.
    hints = [_loose(hint[1:-1]) for hint in _HINT.findall(label)]
    pattern += rf"(?:\((?:{'|'.join([*hints, _ANY_HINT])})\))?"
    if not serial:
        return pattern
    printed = serial.group().translate(FOLDED)
    number = rf"{serial.group(1)}[.、,]" if serial.group(1) else re.escape(printed).replace("、", "[、.]")
    # A short word such as 其他 or 总计 is a label only with its serial number before it.
    return f"(?:{number}){pattern}" if len(body) <= 2 else f"(?:{number})?{pattern}"


def _loose(text: str) -> str:
    """Return a pattern for a text that allows other punctuation."""
    return "".join(c if "\u4e00" <= c <= "\u9fff" or c.isalnum() else r"[^\u4e00-\u9fff\d]?" for c in text)
