"""Work grows with the text: twice as long is at most twice as much to do and to write, whatever it says."""

from collections.abc import Callable

import msgspec
import pytest
from counted_steps import steps_of

from extractor.recognize.problems import find_problems
from extractor.recognize.prose_numbers import find_figures
from extractor.recognize.witness import find_witnesses
from extractor.report import Section

UNITS = [
    *(
        "公开信息1条、",
        "收到申请1件，",
        "行政复议3件均维持；",
        "一百二十三万",
        "123 456 ",
        "1,234",
        "百分之",
        "约近",
    ),
    *(
        "（",
        "（一）",
        "《",
        "《甲》",
        "“",
        "“乙”",
        "未",
        "未收到申请，",
        "其中：",
        "2019年",
        "占12%，",
        "\n",
        "12、",
    ),
    *(
        "一是",
        "1.",
        "为此，",
        "（1）甲不足；",
        "虽然有成效",
        "各部门",
        "通过",
        "向",
        "被",
        "申请公开甲的",
        "无、",
        "甲",
    ),
]
_MOST = 2.4  # times the work of half the text


def _figures(text: str) -> object:
    return find_figures((Section("overview.requests", "", text),), 2023)


def _problems(text: str) -> object:
    return find_problems((Section("problems", "", text),))


def _witnesses(text: str) -> object:
    return find_witnesses((Section("overview", "", text),), "requests.new.total")


def work_of(recognizer: Callable[[str], object], text: str) -> tuple[int, int]:
    """Return how many lines run and how much is written."""
    found: list[object] = []
    return steps_of(lambda: found.append(recognizer(text))), len(msgspec.json.encode(found[0]))


@pytest.mark.parametrize("recognizer", [_figures, _problems, _witnesses])
@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_no_more_than_twice_the_work(
    recognizer: Callable[[str], object], unit: str
) -> None:
    def text_of(length: int) -> str:
        body = (unit * (length // len(unit) + 1))[:length]
        return f"未收到申请，本年公开信息12条，{body}，其中收到申请3件，行政复议0件。"

    recognizer(text_of(100))  # what is loaded once is not counted
    one, two = (work_of(recognizer, text_of(length)) for length in (1_000, 2_000))
    assert two[0] <= _MOST * one[0] + 200
    assert two[1] <= _MOST * one[1] + 200


@pytest.mark.parametrize("unit", UNITS)
def test_a_figure_holds_no_more_than_its_clause(unit: str) -> None:
    figures = find_figures((Section("overview", "", f"本年公开信息12条，{unit * 400}公开信息9条"),), 2023)
    assert all(len(figure.text) <= 300 for figure in figures)
