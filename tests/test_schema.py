"""The published JSON Schema: it is what the code generates, and what the output obeys."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extractor.cli.schema import published_schema
from extractor.document import Locator, Notice
from extractor.report import CellValue, Check, Figure, OtherTable, Report, Section, json_schema
from scripts.write_definitions import COMPILED, compiled_definitions

SCHEMA = Path(__file__).parent.parent / "extractor" / "report.schema.json"


@pytest.fixture
def full_report(make_report: Callable[..., Report]) -> Report:
    """Return a report that uses every key of the contract."""
    place = Locator(page=2, bbox=(1.5, 2.0, 3.0, 4.0))
    fees = CellValue("488.7800", Decimal("488.7800"), "read", "万元", place)
    return make_report(
        sections=(Section("overview", "一、总体情况", "正文", place, (Section(None, "小节", "", place),)),),
        tables={"proactive": {"fees": {"amount": fees.value}, "licensing": {"decisions": None}}},
        cells={
            "proactive.fees.amount": fees,
            "proactive.licensing.decisions": CellValue("", None, "missing"),
        },
        other_tables=(OtherTable("other", (("指标", "数"), ("条数", "3")), place),),
        figures=(Figure("proactive", 12, "条", "主动公开信息12条", "overview", place),),
        checks=(Check("requests/balance", "total", "fails", 3, 4, ("requests.new.total",), "不成立"),),
        notices=(Notice("two-titles", "标题出现两次。", place),),
    )


def test_the_committed_schema_is_what_the_code_generates() -> None:
    assert SCHEMA.read_bytes() == published_schema() + b"\n", "run make schema and commit the difference"


def test_the_compiled_definitions_say_what_the_yaml_says() -> None:
    committed = {path.name: path.read_bytes() for path in COMPILED.iterdir()}
    assert committed == compiled_definitions(), "run make definitions and commit the difference"


def test_the_schema_names_every_key_of_a_report() -> None:
    keys = json_schema()["$defs"]["Report"]["properties"]
    assert set(keys) == set(Report.__struct_fields__)


def test_a_report_obeys_the_schema(full_report: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.validate(json.loads(full_report.to_json()), json_schema())


def test_a_report_that_breaks_the_contract_is_refused_by_the_schema(full_report: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    broken: dict[str, Any] = json.loads(full_report.to_json())
    broken["verdict"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, json_schema())


def test_a_report_survives_its_json_digit_by_digit(full_report: Report) -> None:
    data = full_report.to_json()
    assert b'"amount":488.7800' in data
    assert msgspec.json.decode(data, type=Report) == full_report
