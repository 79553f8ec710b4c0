"""What the prose says of the requests received."""

import pytest

from extractor.recognize.witness import find_witnesses
from extractor.report import Section


def told(*texts: str, code: str = "overview.requests") -> list[tuple[str, int]]:
    sections = [Section(code, "（二）依申请公开", text) for text in texts]
    return [(witness.cell, witness.value) for witness in find_witnesses(sections, "requests.new.total")]


@pytest.mark.parametrize(
    "text", ["全年共收到政府信息公开申请21件。", "今年受理申请21件，均已答复。", "新收21件依申请公开申请。"]
)
def test_the_number_received_is_heard(text: str) -> None:
    assert told(text) == [("requests.new.total", 21)]


@pytest.mark.parametrize(
    "text",
    [
        "历年累计收到政府信息公开申请210件。", "收到复议申请3件。",
        "上年结转申请3件。", "受理行政许可申请400件。",
        "收到咨询21件。", "收到申请若干。",
    ],
)  # fmt: skip
def test_other_numbers_are_not(text: str) -> None:
    assert told(text) == []


def test_two_numbers_say_nothing() -> None:
    assert told("收到政府信息公开申请21件。", "共受理政府信息公开申请22件。") == []


def test_elsewhere_the_sentence_must_speak_of_disclosure() -> None:
    assert told("受理申请21件。", code="overview.management") == []
    assert told("受理依申请公开申请21件。", code="overview.management") == [("requests.new.total", 21)]
