"""The core of a label, and what it may mean."""

import pytest

from extractor.recognize.labels import core, label_index


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("１．属于国家秘密", "属于国家秘密"), ("(一) 予以公开", "予以公开"), ("()予以公开", "予以公开"),
        ("三三、本年度办理结果", "本年度办理结果"), ("规 章", "规章"), ("本年新\n制作数量", "本年新制作数量"),
        ("危及“三安全一稳定”", "危及三安全一稳定"), ("重複申請", "重复申请"), ("規範性檔案", "规范性文件"),
        ("<!--[if !supportMisalignedColumns]-->总计", "总计"), ("其中：涉及商业秘密", "涉及商业秘密"),
    ],
)  # fmt: skip
def test_serials_widths_quotes_blanks_and_scripts_are_forgiven(printed: str, plain: str) -> None:
    assert core(printed) == plain


def test_one_label_may_mean_several_things() -> None:
    meanings = {(label.form, label.table, label.kind, label.id) for label in label_index().find("3.其他")}
    assert ("2021", "requests", "row", "other_misc") in meanings
    assert ("2021", "requests", "column", "other_organization") in meanings


def test_a_hint_in_brackets_is_no_part_of_a_label() -> None:
    hinted = label_index().find("规范性文件(指有正式文号的文件)")
    assert {label.id for label in hinted if label.form == "2019"} == {"normative_documents"}


def test_a_label_of_its_own_with_brackets_stays_whole() -> None:
    assert {label.id for label in label_index().find("本年收费金额（单位：万元）")} == {"amount"}


@pytest.mark.parametrize("text", ["", "3", "注：含修改2件", "地方性法规", "上年同期"])
def test_other_words_mean_nothing(text: str) -> None:
    assert label_index().find(text) == ()


def rows_meant(text: str) -> set[str]:
    return {label.id for label in label_index().find(text) if label.kind == "row" and label.form == "2021"}


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("办理结果总计", "handled_total"),
        ("三、本年度办理结果 （三）不予公开 1.属于国家秘密", "refused_state_secret"),
        ("（三）不予公开1.属于国家秘密", "refused_state_secret"),
        ("四、结转下年度继续办理\nIV. Carried over to 2025", "carried_out"),
        ("不予处   2.重复申请", "rejected_duplicate"),
    ],
)
def test_what_stands_before_or_behind_a_label_is_forgiven(printed: str, row: str) -> None:
    assert rows_meant(printed) == {row}


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量二、上年结转政府信息公开申请数量",
        "重复申请   属于国家秘密",
        "不予公开其他",
        "申请人总计",
    ],
)
def test_two_rows_in_one_label_are_none_of_both(text: str) -> None:
    assert rows_meant(text) == set()
