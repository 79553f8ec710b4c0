"""The fingerprint changes when the same bytes may be read otherwise, and only then."""

from pathlib import Path

import pytest

from extractor.batch import settings


def test_the_fingerprint_is_that_of_the_code_and_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings.fingerprint()
    assert settings.fingerprint() == before
    monkeypatch.setattr(settings, "_version_of", lambda name: "another")
    assert settings.fingerprint() != before


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("recognize/tables/__init__.py", True),
        ("forms/2021.yaml", True),
        ("pipeline.py", True),
        ("batch/run.py", False),
        ("cli/batch.py", False),
        ("recognize/__pycache__/tables.pyc", False),
    ],
)
def test_only_what_reads_has_a_say(path: str, says: bool) -> None:
    assert settings._has_a_say(Path(path)) is says
