"""What people read: places, states, outcomes and faults in words."""

from extractor.document import Locator

SEVERITIES = {"error": "差错", "warning": "应核实", "notice": "提示"}
OUTCOMES = {"holds": "相符", "fails": "不相符", "not_checked": "未核"}
FAULTS = {"source": "报告本身", "reading": "读取", "undecided": "尚不能断定"}
STATES = {
    "read": "照原文读出",
    "blank": "原文留空",
    "missing": "原文没有这一格",
    "decoded": "原文丢了格线，由勾稽关系解出",
    "repaired": "原文辨认不清，由勾稽关系确定",
    "unreadable": "不是数字",
    "undecided": "有不止一种读法，未定",
}
VERDICTS = {
    "verified": "每个数字都已读出，能核的勾稽关系全部相符",
    "inconsistent": "每个数字都确定无疑，但报告自身的数字不平",
    "doubtful": "有不能确定的数字，或分不清是报告的差错还是读取的差错",
    "partial": "内容不完整：缺标准表或其中的格",
    "not_a_report": "不是政府信息公开工作年度报告，或是没有填写的空表",
}


def place_in_words(locator: Locator) -> str:
    """Say where something stands; "" where nobody knows.

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
        return locator.path
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
