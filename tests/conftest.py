"""What several test files share: reports typed in by hand, real ones, and runs of the command line."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

import extractor.cli
from extractor.report import Issuer, Report, SourceInfo

# What tests read is Chinese, whatever the machine speaks.
os.environ["EXTRACTOR_LANG"] = "zh"

ReportMaker = Callable[..., Report]

# No test is timed: on a busy machine, to draw examples takes long, too.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")
# For make mutants: the same examples each time, and no time spent on making a failing one smaller.
settings.register_profile(
    "mutants",
    settings.get_profile("tests"),
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)


@pytest.fixture
def make_report() -> ReportMaker:
    """Return a maker of reports: an empty verified one, with whatever keys the test gives."""

    def make(**facts: Any) -> Report:
        empty: dict[str, Any] = {
            "source": SourceInfo(name="云岭县.html", format="html", sha256="0" * 64, size=1),
            "title": "云岭县档案局2023年政府信息公开工作年度报告",
            "issuer": Issuer(name="云岭县档案局", printed="云岭县档案局"),
            "year": 2023,
            "form": "2021",
            "sections": (),
            "tables": {},
            "cells": {},
            "other_tables": (),
            "figures": (),
            "checks": (),
            "verdict": "verified",
            "notices": (),
        }
        return Report(**(empty | facts))

    return make


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """Return the folder of real reports beside the project; skip where there is none."""
    folder = Path(__file__).parent.parent.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip("no real reports beside the project (../shared/corpus)")
    return folder


@dataclass(frozen=True)
class Outcome:
    """How a run of the command line ended."""

    code: int
    out: bytes
    err: str

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Outcome]:
    """Return a runner of the command line in this process."""

    def run_main(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["extractor", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            extractor.cli.entry.run()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Outcome(int(stop.value.code or 0), out, err.decode())

    return run_main


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, make_report: ReportMaker) -> dict[str, Report | Exception]:
    """Let `parse` answer by file name; a file that is not named here gives a verified report."""
    by_name: dict[str, Report | Exception] = {}

    def parse(source: Path | bytes, *, name: str = "", url: str | None = None) -> Report:
        key = name or Path(str(source)).name
        answer = by_name.get(key) or make_report(title=key)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("extractor.cli.reading.parse", parse)
    return by_name
