"""Reads the metadata that a website prints above an article: a block of labelled fields.

The labels are those of content management systems, the same for every kind of article.
"""

from collections.abc import Iterable
from functools import lru_cache

from extractor.document import Cell
from extractor.formats.html.page import Draft
from extractor.patterns import kept_pattern, late_pattern

_NAMES = {
    "索引号": "索引号",
    "信息索取号": "索引号",
    "发布机构": "发布机构",
    "发布单位": "发布机构",
    "发文机关": "发布机构",
    "公开主体": "发布机构",
    "成文日期": "成文日期",
    "发文日期": "成文日期",
    "生成日期": "成文日期",
    "发布日期": "发布日期",
    "发布时间": "发布日期",
    "公开日期": "发布日期",
    "公开时间": "发布日期",
    "公布日期": "发布日期",
    "公布时间": "发布日期",
    "发表日期": "发布日期",
    "发表时间": "发布日期",
    "录入时间": "发布日期",
    "信息时间": "发布日期",
    "日期": "发布日期",
    "时间": "发布日期",
    "文号": "文号",
    "发文字号": "文号",
    "来源": "来源",
    "信息来源": "来源",
    "名称": "名称",
    "信息名称": "名称",
    "标题": "名称",
}
_OTHERS = (
    "主题词 分类 主题分类 信息分类 组配分类 有效性 时效 公开属性 公开方式 公开范围 公开时限 信息格式 "
    "体裁 关键词 内容概述 失效日期 废止日期 浏览次数 责任编辑 字体 字号"
)
_LABELS = frozenset(_NAMES) | frozenset(_OTHERS.split())
_FILLING = kept_pattern(r"[\s\[\]【】:：]+")
_LONGEST_LABEL = 12
_MOST_FIELD_CELLS = 60
_FIELD = late_pattern(
    r"(?<![\u4e00-\u9fff])("
    + "|".join(
        r"[\s\u3000]*".join(label) for label in sorted(_LABELS, key=lambda label: (-len(label), label))
    )
    + r")\s*[:：]"
)


def read_fields(drafts: Iterable[Draft]) -> dict[str, tuple[str, str]]:
    """Return value and path of each labelled field, by the label's standard wording; the first one counts.

    >>> read_fields([Draft("索 引 号：K-1  来源：云岭县档案局  浏览次数：3", "/p")])
    {'索引号': ('K-1', '/p'), '来源': ('云岭县档案局', '/p')}
    """
    found: dict[str, tuple[str, str]] = {}
    for draft in drafts:
        pairs = _fields_of_line(draft.text) if draft.cells is None else _fields_of_cells(draft.cells)
        for label, value in pairs:
            name, value = _NAMES.get(label), value.strip()
            if name and value and _label(value) not in _LABELS:
                found.setdefault(name, (value, draft.path))
    return found


def is_field_table(cells: tuple[Cell, ...]) -> bool:
    """Return whether a table holds the website's metadata of the article, and nothing else."""
    if len(cells) > _MOST_FIELD_CELLS:
        return False
    filled = [cell for cell in cells if cell.text]
    labels = sum(1 for cell in filled if _opens_with_label(cell.text))
    return labels >= 2 and labels * 3 >= len(filled)


def _label(text: str) -> str:
    return _bare(text) if len(text) <= 2 * _LONGEST_LABEL else ""


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return _FILLING.sub("", text)


def _opens_with_label(text: str) -> bool:
    return _label(text) in _LABELS or (_has_colon(text) and _FIELD.match(text) is not None)


def _has_colon(text: str) -> bool:
    return "：" in text or ":" in text


def _fields_of_line(text: str) -> list[tuple[str, str]]:
    if not _has_colon(text):
        return []
    marks = list(_FIELD.finditer(text))
    if not marks:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(_label(mark[1]), text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]


def _fields_of_cells(cells: tuple[Cell, ...]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for cell, after in zip(cells, (*cells[1:], None), strict=True):
        if _label(cell.text) in _LABELS:
            if after is not None and after.row == cell.row:
                pairs.append((_label(cell.text), after.text))
        else:
            pairs.extend(_fields_of_line(cell.text))
    return pairs
