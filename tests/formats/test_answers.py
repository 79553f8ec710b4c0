"""Articles in the JSON answer of an interface, and comma-separated tables in text."""

import json

import pytest

from extractor.document import Paragraph, Source, Table
from extractor.errors import UnsupportedFormat
from extractor.formats import read_document

PAGE = "<p>云岭县档案局2023年政府信息公开工作年度报告</p><table><tr><td>规章</td><td>3</td></tr></table>"


@pytest.mark.parametrize("article", [PAGE, PAGE.replace("<", "&lt;").replace(">", "&gt;")])
def test_the_longest_article_of_an_answer_is_read_as_a_page(article: str) -> None:
    answer = {"code": 0, "data": [{"title": "年报", "summary": "<p>短</p>", "content": article}]}
    document = read_document(Source("answer.json", json.dumps(answer).encode()))
    assert (document.format, document.metadata["title"]) == ("html", "年报")
    assert [[cell.text for cell in b.cells] for b in document.blocks if isinstance(b, Table)] == [
        ["规章", "3"]
    ]


@pytest.mark.parametrize("answer", ['{"code": 1, "rows": []}', '{"a": "no markup"}'])
def test_an_answer_without_an_article_is_no_page(answer: str) -> None:
    with pytest.raises(UnsupportedFormat):
        read_document(Source("answer.json", answer.encode()))


def test_lines_of_fields_are_a_table_with_every_field_at_its_place() -> None:
    text = '标题\n规章,1,,3\n"行政许可,备案",0,"1,204",7\n其他,,,2\n正文。\n'
    document = read_document(Source("a.csv", text.encode()))
    table = next(block for block in document.blocks if isinstance(block, Table))
    fields = [(cell.row, cell.column, cell.text) for cell in table.cells]
    assert fields[4:8] == [(1, 0, "行政许可,备案"), (1, 1, "0"), (1, 2, "1,204"), (1, 3, "7")]
    for cell in table.cells:
        assert document.text[cell.locator.start : cell.locator.end] == cell.text
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["标题", "正文。"]


def test_sentences_with_commas_are_no_table() -> None:
    text = "健全机制,压实责任,强化督导\n完善制度,明确分工,抓好落实\n加强培训,提高能力,改进作风\n"
    document = read_document(Source("a.txt", text.encode()))
    assert not any(isinstance(block, Table) for block in document.blocks)


@pytest.mark.parametrize("call", ["jsonpCallback({});", "/**/ jQuery1234_5({})", "  $.show( {} ) ;\n"])
def test_an_answer_inside_a_call_is_read_too(call: str) -> None:
    answer = json.dumps({"result": {"title": "年报", "content": PAGE}}, ensure_ascii=False)
    document = read_document(Source("answer.js", call.replace("{}", answer).encode()))
    assert (document.format, document.metadata["title"]) == ("html", "年报")


def test_an_article_of_lines_in_an_answer_is_read_as_text() -> None:
    lines = ["一、总体情况", *(f"第{n}段。" for n in range(9)), "甲\t乙\t丙", "子\t1\t2", "丑\t3\t4"]
    answer = {"标题": "云岭县档案局2023年年报", "正文": "\n".join(lines), "来源": "网站"}
    document = read_document(Source("a.json", json.dumps(answer, ensure_ascii=False).encode()))
    assert [b.text for b in document.blocks[:2] if isinstance(b, Paragraph)] == [answer["标题"], lines[0]]
    assert [c.text for b in document.blocks if isinstance(b, Table) for c in b.cells][4:6] == ["1", "2"]
