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
    "佈係俬個傢傳價內動務勞區參員問單噹國圍團埰執報學寀實審專對導屬廢廳強後徑從復應捲採據數於時會査條業構標機檔權決沒況減濟為無熱爲獲現環產當發監眞眾確祕種稱穩穫箇範糾納級組結絡統經"
    "綫維網線編縣總織繫繳繼續罰義聞聯職與舉舊萬蔘處號衆衕衛補製複規計訊訓訟訪設許訴註詢誌認談請證議護讀負責費資購踰輯輿轉辦迴這過遠鄉銀錄錯錶鎮長門開間閤閱閲關險隱隻電項題額願類駁體"
    "髮麪麫麵點齊齣"
)
_SIMPLIFIED = (
    "布系私个家传价内动务劳区参员问单当国围团采执报学采实审专对导属废厅强后径从复应卷采据数于时会查条业构标机档权决没况减济为无热为获现环产当发监真众确秘种称稳获个范纠纳级组结络统经"
    "线维网线编县总织系缴继续罚义闻联职与举旧万参处号众同卫补制复规计讯训讼访设许诉注询志认谈请证议护读负责费资购逾辑舆转办回这过远乡银录错表镇长门开间合阅阅关险隐只电项题额愿类驳体"
    "发面面面点齐出"
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
