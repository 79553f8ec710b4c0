"""What people see while a batch runs."""

from collections import Counter

import pytest

from extractor.batch import Tally
from extractor.cli.batch_progress import counts_sentence, expected_documents, progress_watcher, short_counts


def test_the_counts_name_verdicts_and_failures() -> None:
    tally = Tally(files=9, verdicts=Counter(verified=3, partial=1), codes=Counter(ok=4, timeout=2))
    assert counts_sentence(tally) == "无误 3，不全 1，失败 2"
    assert short_counts(tally) == "无误3 不全1 失败2"


def test_the_number_to_expect_grows_with_what_archives_hold() -> None:
    assert expected_documents(Tally(files=4)) == 4
    assert expected_documents(Tally(files=4, files_opened=2, found=20)) == 40


def test_without_a_terminal_there_are_plain_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.cli.batch_progress._LINE_EVERY", 0.0)
    with progress_watcher(quiet=False) as watch:
        watch(Tally(files=2, files_opened=1, read=1, verdicts=Counter(verified=1)))
    line = capsys.readouterr().err
    assert line.startswith("已读 1 份（")
    assert line.endswith("输入 1/2）；无误 1\n")


def test_quiet_draws_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_watcher(quiet=True) as watch:
        watch(Tally(files=2))
    assert capsys.readouterr().err == ""
