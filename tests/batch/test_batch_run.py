"""A batch from inputs to the harvest: every document once, whatever is among them."""

import json
import os
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from pages import make_reports
from poison import POISON, read_poison

from extractor.batch import Batch, Limits, Settings, run_batch
from extractor.batch.pool import Workers
from extractor.batch.settings import MEBIBYTE
from extractor.disk import writing_to
from extractor.errors import CannotWrite, DiskFull, ExitCode, Misused, Unreadable
from extractor.outcome import OK

ONE = Settings(workers=1)


def codes_of(batch: Batch) -> Counter[str]:
    codes = Counter(outcome.code for outcome in batch.harvest.outcomes)
    codes.update(sighting.code for sighting in batch.harvest.sightings if sighting.code != OK)
    return codes


def code_of(batch: Batch, name: str) -> str:
    for outcome in batch.harvest.outcomes:
        if outcome.place.name == name:
            return outcome.code
    return next(sighting.code for sighting in batch.harvest.sightings if sighting.place.name == name)


def test_every_document_of_a_folder_comes_back_with_its_report(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 5)
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    reports = [(outcome, json.loads(report)) for outcome, report in batch.harvest.reports()]
    assert [outcome.verdict for outcome, _ in reports] == ["verified"] * 5
    assert [outcome.document for outcome, _ in reports] == sorted(r["source"]["sha256"] for _, r in reports)
    assert {report["source"]["name"] for _, report in reports} == {f"年报{n:04}.html" for n in range(5)}


def test_the_same_content_in_two_places_is_one_document_with_two_sources(tmp_path: Path) -> None:
    first, second = make_reports(tmp_path / "in", 2)
    second.write_bytes(first.read_bytes())
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    (outcome,) = batch.harvest.outcomes
    assert [sighting.place.name for sighting in batch.harvest.sightings] == [first.name, second.name]
    assert {sighting.document for sighting in batch.harvest.sightings} == {outcome.document}
    assert outcome.place.name == first.name


def test_a_second_run_reads_only_what_is_new(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 3)
    run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    make_reports(tmp_path / "in", 4)
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    assert (batch.tally.read, batch.tally.known) == (1, 3)
    assert len(list(batch.harvest.outcomes)) == 4


def test_a_file_that_has_changed_is_read_again_and_its_old_content_leaves(tmp_path: Path) -> None:
    (path,) = make_reports(tmp_path / "in", 1)
    run_batch([str(path)], tmp_path / "out", ONE)
    path.write_bytes(path.read_bytes() + "<!-- 修订 -->".encode())
    batch = run_batch([str(path)], tmp_path / "out", ONE)
    (outcome,) = batch.harvest.outcomes
    assert outcome.size == path.stat().st_size


POISONED = {
    "hang": "timeout",
    "crash": "crashed",
    "killed": "killed",
    "eat": "memory",
    "raise": "internal",
}


def test_poison_has_its_code_and_takes_nobody_with_it(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 12)
    for number, poison in enumerate(POISONED):
        path = tmp_path / "in" / f"年报{number:04}之后.html"
        path.write_bytes(POISON + poison.encode() + b" -->" + path.name.encode())
    limits = Limits(seconds=3, memory=700 * MEBIBYTE)
    settings = Settings(workers=2, limits=limits)
    batch = run_batch(
        [str(tmp_path / "in")], tmp_path / "out", settings, engine=partial(Workers, read=read_poison)
    )
    assert codes_of(batch) == {"ok": 12, **dict.fromkeys(POISONED.values(), 1)}
    for number, code in enumerate(POISONED.values()):
        assert code_of(batch, f"年报{number:04}之后.html") == code
    assert all(outcome.message for outcome in batch.harvest.outcomes if outcome.code != OK)


def test_failures_are_read_again_only_when_asked_for(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 1)
    (tmp_path / "in" / "坏.html").write_bytes(POISON + b"raise -->")
    run_batch([str(tmp_path / "in")], tmp_path / "out", ONE, engine=partial(Workers, read=read_poison))
    again = run_batch(
        [str(tmp_path / "in")], tmp_path / "out", ONE, engine=partial(Workers, read=read_poison)
    )
    assert again.tally.read == 0
    asked = Settings(workers=1, retry_failed=True)
    retried = run_batch([str(tmp_path / "in")], tmp_path / "out", asked)
    assert retried.tally.read == 1
    assert code_of(retried, "坏.html") != "internal"


def test_the_end_of_the_helper_that_starts_processes_is_blamed_on_no_document(tmp_path: Path) -> None:
    reports = make_reports(tmp_path / "in", 4)
    reports[1].write_bytes(POISON + b"orphan -->" + reports[1].read_bytes())
    batch = run_batch(
        [str(tmp_path / "in")], tmp_path / "out", ONE, engine=partial(Workers, read=read_poison)
    )
    assert codes_of(batch) == {"ok": 4}
    assert (tmp_path / "seen").exists()


def test_what_failed_under_other_limits_is_read_again(tmp_path: Path) -> None:
    (path,) = make_reports(tmp_path / "in", 1)
    path.write_bytes(POISON + b"hang -->")
    short = Settings(workers=1, limits=Limits(seconds=0.5))
    first = run_batch([str(path)], tmp_path / "out", short, engine=partial(Workers, read=read_poison))
    assert code_of(first, path.name) == "timeout"
    assert run_batch([str(path)], tmp_path / "out", short).tally.read == 0
    assert run_batch([str(path)], tmp_path / "out", ONE).tally.read == 1


def test_another_version_of_the_reader_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = make_reports(tmp_path / "in", 1)
    run_batch([str(path)], tmp_path / "out", ONE)
    monkeypatch.setattr("extractor.batch.run.fingerprint", lambda: "another")
    with pytest.raises(Misused, match="--force"):
        run_batch([str(path)], tmp_path / "out", ONE)
    assert run_batch([str(path)], tmp_path / "out", Settings(workers=1, force=True)).tally.read == 1


def test_two_runs_do_not_write_one_folder(tmp_path: Path) -> None:
    (path,) = make_reports(tmp_path / "in", 1)

    def second(_: object) -> None:
        with pytest.raises(Misused, match="另一个"):
            run_batch([str(path)], tmp_path / "out", ONE)

    run_batch([str(path)], tmp_path / "out", ONE, watch=second)


def test_a_file_that_vanishes_in_mid_run_is_told_of(tmp_path: Path) -> None:
    paths = make_reports(tmp_path / "in", 12)
    batch = run_batch(
        [str(path) for path in paths],
        tmp_path / "out",
        ONE,
        watch=lambda _: paths[-1].unlink(missing_ok=True),
    )
    assert codes_of(batch) == {"ok": 11, "vanished": 1}
    assert code_of(batch, paths[-1].name) == "vanished"


def test_a_sparse_file_of_two_gigabytes_is_not_read(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 1)
    with (tmp_path / "in" / "大.pdf").open("wb") as file:
        file.truncate(2 << 30)
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    assert codes_of(batch) == {"ok": 1, "too-large": 1}


def test_nested_tags_and_a_pdf_that_bites_its_tail_end(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 1)
    (tmp_path / "in" / "深.html").write_bytes(
        b"<div>" * 10_000 + "政府信息公开".encode() + b"</div>" * 10_000
    )
    (tmp_path / "in" / "环.pdf").write_bytes(_PDF_WITH_A_LOOP)
    batch = run_batch(
        [str(tmp_path / "in")], tmp_path / "out", Settings(workers=2, limits=Limits(seconds=20))
    )
    assert code_of(batch, "年报0000.html") == OK
    assert len(list(batch.harvest.outcomes)) == 3


_PDF_WITH_A_LOOP = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>> endobj
4 0 obj <</Length 5>> stream
/A Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 5/Resources<</XObject<</A 5 0 R>>>>>> stream
/A Do
endstream endobj
trailer <</Root 1 0 R>>
%%EOF"""


def test_a_pdf_of_too_many_pages_is_not_read(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "厚.pdf"))
    for _ in range(4):
        canvas.showPage()
    canvas.save()
    batch = run_batch(
        [str(tmp_path / "厚.pdf")], tmp_path / "out", Settings(workers=1, limits=Limits(pages=3))
    )
    assert codes_of(batch) == {"too-many-pages": 1}


def test_a_folder_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(CannotWrite, match="写不了") as stop:
        run_batch([str(tmp_path)], tmp_path / "out", ONE)
    assert stop.value.exit_code == ExitCode.CANNOT_WRITE


def test_a_full_disk_is_told_of_and_the_run_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_reports(tmp_path / "in", 9)
    settings = Settings(workers=1, commit_documents=2)
    with monkeypatch.context() as patch:
        _let_the_disk_be_full_after(30_000, patch)
        with pytest.raises(DiskFull, match="磁盘满了") as stop:
            run_batch([str(tmp_path / "in")], tmp_path / "out", settings)
    assert stop.value.exit_code == ExitCode.DISK_FULL
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", settings)
    assert 0 < batch.tally.read < 9
    assert codes_of(batch) == {"ok": 9}


def _let_the_disk_be_full_after(room: int, patch: pytest.MonkeyPatch) -> None:
    """Let the journal's writes fail as on a full disk: the last one is cut short."""
    write = os.write
    left = room

    def write_while_there_is_room(descriptor: int, data: bytes) -> int:
        nonlocal left
        if left == 0:
            raise OSError(28, "No space left on device")
        written = write(descriptor, data[:left])
        left -= written
        return written

    patch.setattr("extractor.batch.journal.write_some", write_while_there_is_room)


def test_a_damaged_journal_says_what_to_do(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 2)
    inputs, out = [str(tmp_path / "in")], tmp_path / "out"
    run_batch(inputs, out, ONE)
    (packed,) = (out / ".journal").glob("reports-*.bin")
    packed.write_bytes(b"x" * packed.stat().st_size)
    with pytest.raises(Unreadable, match="--force"):
        list(run_batch(inputs, out, ONE).harvest.reports())
    packed.unlink()
    with pytest.raises(Unreadable, match="--force"):
        list(run_batch(inputs, out, ONE).harvest.reports())
    (out / ".journal" / "reader.json").write_bytes(b"")
    with pytest.raises(Unreadable, match="--force"):
        run_batch(inputs, out, ONE)
    again = run_batch(inputs, out, Settings(workers=1, force=True))
    assert len(list(again.harvest.reports())) == 2


def test_a_link_that_leads_to_itself_is_one_line(tmp_path: Path) -> None:
    make_reports(tmp_path / "in", 1)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in" / "loop")
    (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
    batch = run_batch([str(tmp_path / "in")], tmp_path / "out", ONE)
    assert codes_of(batch) == {OK: 1, "vanished": 2}


def test_a_folder_that_is_deleted_meanwhile_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="再运行同一条命令"), writing_to(tmp_path / "gone"):
        (tmp_path / "gone" / "x").write_bytes(b"")
