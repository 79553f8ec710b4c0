"""Numbers as prose writes them."""

from decimal import Decimal

import pytest

from extractor.recognize.prose_numbers.numbers import find_quantities, read_chinese_numeral


@pytest.mark.parametrize(
    ("text", "value", "unit", "about"),
    [
        ("公开1,204条", 1204, "条", False),
        ("公开1 026条", 1026, "条", False),
        ("公开2.35万余条", 23500, "条", True),
        ("公开1.2亿次", 120_000_000, "次", False),
        ("近900件", 900, "件", True),
        ("四十余条", 40, "条", True),
        ("申请一条", 1, "条", False),
        ("召开两次", 2, "次", False),
        ("500条以上", 500, "条", True),
        ("占56.2%", Decimal("56.2"), "%", False),
        ("占百分之十五", 15, "%", False),
        ("收取35.60万元", Decimal("35.60"), "万元", False),
        ("数量为零", 0, "", False),
        ("9.2余万人次", 92000, "人次", True),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: object, unit: str, about: bool) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit, quantity.approximate) == (value, unit, about)


@pytest.mark.parametrize(
    "text",
    [
        "第12期",
        "国办发〔2021〕30号文",
        "一件事一次办",
        "统一条目",
        "一次性告知",
        "无一例",
        "一项重要工作",
        "12345热线",
    ],
)
def test_a_number_in_a_name_counts_nothing(text: str) -> None:
    assert [q for q in find_quantities(text) if q.unit not in ("", "号")] == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("十", 10), ("十六", 16), ("二十", 20), ("一百零六", 106), ("三千二百", 3200), ("一万五千", 15000)],
)
def test_chinese_numerals_are_read(words: str, value: int) -> None:
    assert read_chinese_numeral(words) == value
