"""A server as a client meets it, within the process of the tests, and what waits for its jobs."""

import time
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
SECONDS = 120  # until a job must be done, on a machine that others use

Client = Any


def serving(folder: Path, **settings: Any) -> Any:
    testclient = pytest.importorskip("starlette.testclient", reason="needs the extra serve, and httpx")
    from extractor.batch import Limits, Settings
    from extractor.serve.app import make_app
    from extractor.serve.guard import Door
    from extractor.serve.settings import ServeSettings

    known: dict[str, Any] = {
        "data": folder,
        "is_kept": True,
        "door": Door(("testserver",)),
        "batch": Settings(workers=1, limits=Limits(seconds=60)),
        "who": "李",
    }
    return testclient.TestClient(make_app(ServeSettings(**(known | settings))))


def until_done(client: Client, job: str) -> dict[str, Any]:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        status: dict[str, Any] = client.get(f"/v1/jobs/{job}").json()
        if status["state"] in ("done", "failed"):
            return status
        time.sleep(0.05)
    raise AssertionError(f"job {job} is not done after {SECONDS} s: {status['state']}")


def part(name: str, case: str) -> tuple[str, tuple[str, bytes]]:
    """Return a file of a form: a sample under another name."""
    return "files", (name, next((CASES / case).glob("source.*")).read_bytes())
