"""The gate before publication: the hook for commits and the action fail where check fails."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.errors import ExitCode

ROOT = Path(__file__).parents[2]
CASES = ROOT / "fixtures" / "cases"


def steps() -> list[dict[str, Any]]:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return list(action["runs"]["steps"])


@pytest.mark.parametrize(
    ("case", "code"),
    [("html-plain-2021/source.html", ExitCode.OK), ("fault-wrong-part/source.html", ExitCode.INCONSISTENT)],
)
def test_the_step_of_the_action_ends_as_check_does(case: str, code: ExitCode, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "extractor").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m extractor "$@"\n')
    (programs / "extractor").chmod(0o755)
    step = next(step for step in steps() if step.get("id") == "check")
    environment = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        **{"PATHS": str(CASES / case), "OPTIONS": "--codes", "WORKBOOK": ""},
        **{"GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")},
    }
    # GitHub runs the script of a step like this.
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment, cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert (tmp_path / "output").read_text() == f"exit-code={int(code)}\n"
    assert "核对" in (tmp_path / "summary").read_text(encoding="utf-8")


def test_the_action_puts_no_input_into_a_script() -> None:
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_the_hook_runs_check_on_reports_alone() -> None:
    hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
    assert hook["entry"] == "extractor check"
    files = ("年报.docx", "年报.doc", "a/b.html", "a.htm", "a.pdf", "a.ofd", "a.xlsx")
    assert all(re.search(hook["files"], file) for file in files)
    assert not any(re.search(hook["files"], file) for file in ("a.py", "pdf", "a.docx.txt", "a.html.j2"))
