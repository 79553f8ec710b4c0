"""What is said to people has English, whatever is filled in, and Chinese stays what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.forms import load_forms
from extractor.messages import translated
from extractor.rules import load_rules

PACKAGE = Path(__file__).parent.parent / "extractor"
TABLE = PACKAGE / "data" / "messages.tsv"
CHINESE = re.compile("[\u3400-\u9fff]")
SAYING = {"say", "BadParameter", "OptionsDisagree", "Option", "Argument", "Refused", "Notice"}


def rows() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(chinese, english) for chinese, english in pairs]


def filled(message: str) -> str:
    return re.sub(r"\{\d\}", "7", message)


def texts_in(node: ast.AST) -> Iterator[str]:
    """Yield the texts of an expression, 7 for what is filled in; those within a text are texts as well."""
    inner = {id(part) for each in ast.walk(node) if isinstance(each, ast.JoinedStr) for part in each.values}
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in inner:
            yield each.value


def said_in(path: Path) -> Iterator[str]:
    """Yield what a module says to people: in errors, lines, notices and messages, and in its help."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and node.exc:
            yield from texts_in(node.exc)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "message":
            if isinstance(node.value, ast.JoinedStr):  # one that is put together from pieces is no whole text
                yield next(texts_in(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SAYING:
            yield from texts_in(node)


def test_everything_that_is_said_has_english() -> None:
    missing = {
        f"{path.relative_to(PACKAGE)}: {line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in said_in(path)
        for line in text.splitlines()
        if CHINESE.search(translated(line, "en"))
    }
    assert not missing, "\n".join(sorted(missing))


def test_every_rule_and_equation_has_english() -> None:
    texts = [text for rule in load_rules() for text in (rule.says, rule.suggestion) if text]
    texts += [each.says for form in load_forms() for table in form.tables for each in table.equations]
    assert [text for text in texts if CHINESE.search(translated(text, "en"))] == []


def test_every_label_of_the_form_has_english() -> None:
    headings = [
        each for form in load_forms() for table in form.tables for each in (*table.rows, *table.columns)
    ]
    labels = {label for each in headings for label in (each.label, *each.group)}
    labels |= {table.title for form in load_forms() for table in form.tables}
    assert [label for label in sorted(labels) if CHINESE.search(translated(label, "en"))] == []


def test_both_sides_of_a_line_have_the_same_places_and_english_has_no_chinese() -> None:
    for chinese, english in rows():
        assert sorted(re.findall(r"\{\d\}", chinese)) == sorted(re.findall(r"\{\d\}", english)), chinese
        if not chinese.startswith("extractor ") and "勾稽" not in chinese:
            assert not CHINESE.search(english.replace("文件", "").replace("网址", "").replace("无", "")), (
                chinese
            )


def test_what_is_filled_in_is_still_there() -> None:
    values = {f"{{{number}}}": f"a{number}.docx" for number in range(1, 8)}
    lost = []
    for chinese, _ in rows():
        english = translated(re.sub(r"\{\d\}", lambda place: values[place[0]], chinese), "en")
        lost += [(chinese, place) for place in values if place in chinese and values[place] not in english]
    assert lost == []


@settings(deadline=None)
@given(st.text())
def test_any_text_is_translated_without_an_error_and_chinese_is_left_alone(text: str) -> None:
    translated(text, "en")
    assert translated(text, "zh") == text


@settings(deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF)))
def test_what_is_not_chinese_is_left_alone(text: str) -> None:
    assert translated(text, "en") == text


@settings(deadline=None)
@given(st.lists(st.sampled_from("：；，。、（）“”0 " + "甲乙空格相符件"), max_size=300).map("".join))
def test_long_lists_of_nothing_known_end_soon(text: str) -> None:
    assert isinstance(translated(text * 3, "en"), str)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("a.docx: 文件是空的", "a.docx: the file is empty"),
        ("inconsistent，报告自身的数字不平", "inconsistent, the report's own numbers do not add up"),
        ("共 3 份：1 份须退回，2 份没有发现问题", "3 in all: 1 to send back, 2 with nothing found"),
        ("云岭县 2023（a.docx）", "云岭县 2023（a.docx）"),
        ("第2页（左 10，上 20）", "page 2 (left 10, top 20)"),
        ("行政复议 0 ≠ 11", "administrative review 0 ≠ 11"),
        ("行政诉讼 / 复议后起诉 3", "administrative lawsuits / brought after a review 3"),
        (
            "（七）总计应等于各项办理结果之和（自然人）；随之不符：总计应等于自然人与各类法人或其他组织之和（（一）予以公开）",
            "the total (seven) should be the sum of the outcomes (natural persons); fails with it: the total "
            "should be the sum of natural persons and organizations of all kinds ((1) Granted)",
        ),
        ("“行政复议”没有内容", '"行政复议" has no content'),
    ],
)
def test_messages_within_messages(chinese: str, english: str) -> None:
    assert translated(chinese, "en") == english
