"""What the tests of the batch share."""

import pytest


@pytest.fixture(autouse=True)
def _reader_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reader the same for a whole test, also where someone edits the package meanwhile."""
    monkeypatch.setattr("extractor.batch.run.fingerprint", lambda: "the reader of this test")
