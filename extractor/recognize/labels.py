"""The labels of all editions in one index, and the core of a label.

The core of a label is its wording without serial numbers, brackets, quotes and blanks, in half-width
simplified characters.
"""

from functools import lru_cache
from typing import Literal
from unicodedata import normalize, numeric

from msgspec import Struct

from extractor.forms import TableForm, load_forms, per_forms
from extractor.patterns import kept_pattern, late_pattern
from extractor.script import in_common_ideographs, simplified

# Mirror sites in Taiwan convert words as well as characters.
_CONVERTED = (("规范性档案", "规范性文件"), ("专案", "项目"))

# ①, ⑴, ⒈, Ⅳ and the like are handled before folding, so that ①其他 does not become 1其他.
_ENCLOSED = kept_pattern(r"[\u2460-\u249b\u2776-\u2793\u24ea\u24f5-\u24fe]")
_HAN_SERIAL = "一二三四五六七八九十"
_SERIAL = kept_pattern(
    rf"(?:[{_HAN_SERIAL}]{{1,3}}[、.,]|\([{_HAN_SERIAL}]{{0,3}}\)|\(?\d{{1,2}}[.、)](?!\d)"
    r"|\(?[IVXivx]{1,4}[.、)]|[IVX]{1,4}(?=[\u4e00-\u9fff])|\(?[A-Ha-h][.、)]|其中:?)+"
)
_LATIN = kept_pattern(r"\d*[A-Za-z][A-Za-z0-9]*")  # may include years: Carried over to 2025
_ROMAN = {"I": 1, "V": 5, "X": 10}
_DROPPED = kept_pattern(r"[^\u3400-\u9fff0-9A-Za-z]+")
_UNIT_NAMED = kept_pattern(r"单位[:：为]?[^()（）]{1,6}$|/[^/]{1,4}$")  # 本年收费金额单位:元
_BRACKETED = kept_pattern(r"\([^()]*\)|\[[^\]]*\]")
_PATH = kept_pattern(r"[—─－>›→/\\|·・•]+|(?<=[^\d\s])(?:-+|[:：])(?=[^\d\s])|\s::?\s")
_GROUP_AND_BRACKET = kept_pattern(r"([^()]{2,20})\(([^()]{2,20})\)")
# A serial number after a label begins the next label: 三、本年度办理结果 （三）不予公开 1.属于国家秘密.
_NEXT_SERIAL = kept_pattern(
    rf"(?<=[\u4e00-\u9fff)])(?=\([{_HAN_SERIAL}]{{1,3}}\)|\d{{1,2}}[.、](?!\d)|[{_HAN_SERIAL}]{{1,3}}、)"
)
_DEEPEST = 4  # most labels in one text
_SHORTEST_GROUP, _LONGEST_GROUPED = 2, 40  # characters: of a group label, and of group and label together
_WIDE_GAP = kept_pattern(r"[ \u3000\u00a0]{2,}")
_LEAKED = late_pattern(r"<!--.*?-->")


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """Return the core of a label.

    >>> core("２．其他法律 行政法规禁止公开")
    '其他法律行政法规禁止公开'
    >>> core("三三、本年度办理结果"), core("（七）总计"), core("危及”三安全一稳定”")
    ('本年度办理结果', '总计', '危及三安全一稳定')
    """
    return _DROPPED.sub("", _without_serial(text))


@lru_cache(maxsize=2048)
def core_outside_brackets(text: str) -> str:
    """Return the core of a label without hints and unit: 规范性文件(指…) gives 规范性文件."""
    return _DROPPED.sub("", _UNIT_NAMED.sub("", _BRACKETED.sub("", _without_serial(text))))


@lru_cache(maxsize=2048)
def serial_of(text: str) -> int | None:
    """Return the serial number that a label begins with, in any notation; None if it has none.

    >>> [serial_of(label) for label in ("3.其他", "③其他", "c.其他", "Ⅲ、其他", "（三）不予公开", "其他")]
    [3, 3, 3, 3, 3, None]
    """
    plain = _plain(text)
    found = _SERIAL.match(plain)
    written = kept_pattern(r"\W|其中").sub("", found.group()) if found else ""
    if not written:
        return None
    if written.isdigit():
        return int(written)
    if all(character in _HAN_SERIAL for character in written):
        return _HAN_SERIAL.index(written[-1]) + 1 + (10 if len(written) > 1 else 0)
    if set(written.upper()) <= set(_ROMAN):
        values = [_ROMAN[character] for character in written.upper()]
        return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return ord(written[0].lower()) - ord("a") + 1


def _plain(text: str) -> str:
    enclosed = _ENCLOSED.sub(lambda found: f"{int(numeric(found.group()))}.", text)
    plain = "".join(in_wording_of_forms(normalize("NFKC", in_common_ideographs(enclosed))).split())
    return _LEAKED.sub("", plain) if "<!--" in plain else plain


def _without_serial(text: str) -> str:
    plain = _plain(text)
    serial = _SERIAL.match(plain)
    return plain[serial.end() :] if serial else plain


def behind_blanks(text: str) -> str:
    """Return the text after the last wide gap, before which part of the group's label may have leaked.

    >>> behind_blanks("不予处   2.重复申请"), behind_blanks("2. 重复申请")
    ('2.重复申请', '2. 重复申请')
    """
    parts = _WIDE_GAP.split(text.strip())
    return parts[-1] if len(parts) > 1 and "\n" not in text else text


def in_wording_of_forms(text: str) -> str:
    """Return text in simplified characters and in the words of the forms (for Taiwanese wording)."""
    common = simplified(text)
    if common is not text:
        for converted, original in _CONVERTED:
            common = common.replace(converted, original)
    return common


class Label(Struct, frozen=True):
    """What a label means in one edition."""

    kind: Literal["row", "column", "word", "ignored"]
    form: str
    table: str
    id: str  # of the row or column; "" for header words
    order: int  # position among the rows, columns or words of the table

    @property
    def place(self) -> tuple[str, str, str]:
        """Return edition, table and id, which identify a row or column whatever its wording."""
        return self.form, self.table, self.id


class LabelIndex:
    """All labels of all editions by their core. Built once; a lookup is one dict access."""

    def __init__(self) -> None:
        """Index every edition of the form."""
        self._by_core: dict[str, tuple[Label, ...]] = {}
        self._over: dict[tuple[str, str, str], frozenset[str]] = {}  # the group labels above each row
        for form in load_forms():
            for table in form.tables:
                self._add_table(form.id, table)

    def _add_table(self, form: str, table: TableForm) -> None:
        for order, row in enumerate(table.rows):
            self._over[form, table.id, row.id] = frozenset(map(core, row.group))
            for text in (row.label, *row.aliases):
                self._add(text, Label("row", form, table.id, row.id, order))
        for order, column in enumerate(table.columns):
            for text in (column.label, *column.aliases):
                self._add(text, Label("column", form, table.id, column.id, order))
        groups = {text for row in table.rows for text in row.group}
        groups.update(text for column in table.columns for text in column.group)
        for text in (*table.words, *sorted(groups)):
            self._add(text, Label("word", form, table.id, "", 0))
        for text in table.ignored:
            self._add(text, Label("ignored", form, table.id, "", 0))

    def _add(self, text: str, label: Label) -> None:
        known = self._by_core.get(core(text), ())
        if label not in known:
            self._by_core[core(text)] = (*known, label)

    def find(self, text: str) -> tuple[Label, ...]:
        """Return the possible meanings of a printed label; empty if no form has it."""
        found = (
            self._by_core.get(core(text))
            or self._named_in_brackets(text)
            or self._by_core.get(core_outside_brackets(text))
        )
        if found is None and _LATIN.search(text):  # 总计 Total: a label in two languages
            found = self._by_core.get(_LATIN.sub("", core_outside_brackets(text)))
        return (
            found
            or self._named_by_path(text)
            or self._named_behind_its_group(text)
            or self._named_behind_blanks(text)
        )

    def _named_in_brackets(self, text: str) -> tuple[Label, ...]:
        """Return the rows whose label stands in brackets behind their group: 行政诉讼（复议后起诉）."""
        found = _GROUP_AND_BRACKET.fullmatch(_plain(text)) if "(" in text or "（" in text else None
        if found is None:
            return ()
        own = self._by_core.get(core(found[2]), ())
        return tuple(
            label
            for label in own
            if label.kind == "row" and core(found[1]) in self._over.get(label.place, ())
        )

    def _named_behind_blanks(self, text: str) -> tuple[Label, ...]:
        """Return the meanings of the part after the last wide gap, unless the part before it is a row too."""
        own = behind_blanks(text)
        before = self._by_core.get(core(text.strip()[: -len(own)]), ()) if own != text else ()
        if own == text or any(label.kind == "row" for label in before):
            return ()
        return self._by_core.get(core(own), ())

    def _named_behind_its_group(self, text: str) -> tuple[Label, ...]:
        """Return the rows whose label follows their group's label, or the end of it: 办理结果总计."""
        wording = core(text)
        found: list[Label] = []
        for cut in range(_SHORTEST_GROUP, len(wording) - 1) if len(wording) <= _LONGEST_GROUPED else ():
            found += [
                label
                for label in self._by_core.get(wording[cut:], ())
                if label.kind == "row"
                and any(group.endswith(wording[:cut]) for group in self._over.get(label.place, ()))
            ]
        return tuple(found)

    def _named_by_path(self, text: str) -> tuple[Label, ...]:
        """Return the meanings of the last of several labels in one text: （三）不予公开——1.属于国家秘密.

        The labels before it must be of the same table. If only a serial number separates two labels, the
        first must be a group: two rows run together (一、本年新收…二、上年结转…) mean neither.
        """
        # each with whether only a serial number separates it from the next
        parts: list[tuple[str, bool]] = []
        for stretch in _PATH.split(text):
            *leading, last = _NEXT_SERIAL.split(_plain(stretch))
            parts += [(part, True) for part in leading] + [(last, False)]
        parts = [(part, run_on) for part, run_on in parts if part]
        if len(parts) < 2 or len(parts) > _DEEPEST:
            return ()
        over = [
            {
                (label.form, label.table)
                for label in self._by_core.get(core(part), ())
                if label.kind == "word" or not run_on
            }
            for part, run_on in parts[:-1]
        ]
        last_labels = self._by_core.get(core(parts[-1][0]), ())
        return tuple(
            label for label in last_labels if all((label.form, label.table) in tables for tables in over)
        )


@per_forms()
def label_index() -> LabelIndex:
    """Return the one index of all labels."""
    return LabelIndex()
