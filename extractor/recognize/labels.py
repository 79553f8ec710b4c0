"""The labels of all editions in one index, and the core of a label.

The core is what is left of its wording when serial numbers, brackets, quotes, blanks,
widths and scripts are forgiven.
"""

import re
from functools import cache, lru_cache
from typing import Literal
from unicodedata import normalize

from msgspec import Struct

from extractor.forms import TableForm, load_forms

# Only the characters of the forms' own labels and headers; no converter for prose.
_TRADITIONAL = (
    "規範許處罰強費數製發廢現項條決務對開總採購額內請結轉辦國關屬於類過執詢機構沒補確認訪舉報複復訴訟維糾審經後"
    "個團體業會組織計無當繳納據統標單為專職員點設編輯網護負責聞佈線談讀輿熱應眾電傳絡時圍祕隱濟穩險條體級長訊檔專"
    "動與學從實參種產價權證請稱勞衛監環資銀錄願遠門間問聯號齊義舊導廳區縣鄉鎮"
)
_SIMPLIFIED = (
    "规范许处罚强费数制发废现项条决务对开总采购额内请结转办国关属于类过执询机构没补确认访举报复复诉讼维纠审经后"
    "个团体业会组织计无当缴纳据统标单为专职员点设编辑网护负责闻布线谈读舆热应众电传络时围秘隐济稳险条体级长讯档专"
    "动与学从实参种产价权证请称劳卫监环资银录愿远门间问联号齐义旧导厅区县乡镇"
)
_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
# Mirrors in Taiwan convert the vocabulary along with the script.
_CONVERTED = (("资讯", "信息"), ("规范性档案", "规范性文件"), ("专案", "项目"))

_SERIAL = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十]{0,3}\)|\(?\d{1,2}[.、)](?!\d)|其中:?)+"
)
_DROPPED = re.compile(r"[^\u3400-\u9fff0-9A-Za-z]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_LEAKED = re.compile(r"<!--.*?-->")


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
    """Return the core of a label without its bracketed hints: 规范性文件(指…) is 规范性文件."""
    return _DROPPED.sub("", _BRACKETED.sub("", _without_serial(text)))


def _without_serial(text: str) -> str:
    plain = "".join(simplified(normalize("NFKC", text)).split())
    if "<!--" in plain:
        plain = _LEAKED.sub("", plain)
    serial = _SERIAL.match(plain)
    return plain[serial.end() :] if serial else plain


def simplified(text: str) -> str:
    """Return text in the simplified script, as far as the forms' own words go.

    Keeps the length but for the converted vocabulary of mirrors.
    """
    if text.isascii():
        return text
    plain = text.translate(_TO_SIMPLIFIED)
    if plain != text:
        for converted, original in _CONVERTED:
            plain = plain.replace(converted, original)
    return plain


class Label(Struct, frozen=True):
    """What a label means in one edition."""

    kind: Literal["row", "column", "word", "ignored"]
    form: str
    table: str
    id: str  # of the row or column; "" for words
    order: int  # place among its kind


class LabelIndex:
    """All labels of all editions by their core. Built once; a look-up is one dict access."""

    def __init__(self) -> None:
        """Index every edition of the form."""
        self._by_core: dict[str, tuple[Label, ...]] = {}
        for form in load_forms():
            for table in form.tables:
                self._add_table(form.id, table)

    def _add_table(self, form: str, table: TableForm) -> None:
        for order, row in enumerate(table.rows):
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
        """Return what a printed label may mean; empty where it is none of the forms'."""
        return self._by_core.get(core(text)) or self._by_core.get(core_outside_brackets(text), ())


@cache
def label_index() -> LabelIndex:
    """Return the one index of all labels."""
    return LabelIndex()
