"""The batch command: whole archives in, tables out, with a progress bar and a final summary."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct, structs

from extractor.analysis import concept_rows
from extractor.batch import Batch, Limits, Settings, run_batch
from extractor.batch.run import JOURNAL
from extractor.batch.storage import Mirror, output_folder
from extractor.batch.walk import paths_of_list
from extractor.catalog import OtherSources, keep_manifests, load_given, load_manifests
from extractor.cli.batch_log import batch_log, summary_json
from extractor.cli.batch_progress import progress_watcher
from extractor.cli.batch_summary import summary_lines
from extractor.cli.options import require_covered
from extractor.cli.output import write_file
from extractor.cli.terminal import end_on_terminate, say
from extractor.cli.unread_pages import UnreadPages
from extractor.corrections import Corrections, corrected_outcome, load_corrections
from extractor.disk import writing_to
from extractor.errors import ExitCode, Misused
from extractor.export import FORMATS, write_batch
from extractor.identity import load_successions
from extractor.outcome import OK, Outcome

MEBIBYTE = 1 << 20


class BatchOptions(Struct, frozen=True):
    """The options as given on the command line."""

    out: str
    to: str = "parquet"  # comma-separated
    workers: int | None = None
    seconds: float = 60.0
    size: int = 64  # MiB
    pages: int = 500
    memory: int = 1400  # MiB
    retry_failed: bool = False
    force: bool = False
    quiet: bool = False
    engine: str = "local"
    metadata: str | None = None  # path of a list of agencies, years, regions and addresses
    successions: str | None = None
    log: str | None = None  # path of a log in JSON Lines
    summary: str | None = None  # path of a final summary in JSON
    corrections: str | None = None  # path of people's corrections, applied to the output
    fail_over: str = "0"  # share of failures up to which the exit code is 0


def batch_files(inputs: list[str], options: BatchOptions) -> ExitCode:
    """Read everything behind the inputs and write the tables.

    Returns:
        OK; PARTIAL_BATCH if something could not be read; MISSING_FILE if nothing was found.
    """
    require_covered()
    inputs = _with_lists_read(inputs)
    formats, most = _formats(options.to), _share(options.fail_over)
    told = OtherSources(
        given=load_given(Path(options.metadata)) if options.metadata else None,
        successions=load_successions(Path(options.successions)) if options.successions else (),
    )
    corrections = load_corrections(Path(options.corrections)) if options.corrections else {}
    end_on_terminate()
    with output_folder(options.out) as (out, mirror):
        with progress_watcher(quiet=options.quiet) as watch, batch_log(options.log) as log:
            batch = _run(inputs, out, mirror, options, watch, log)
        kept = keep_manifests(inputs, out / JOURNAL)
        told = structs.replace(told, kept=tuple(load_manifests(out / JOURNAL)))
        pages = UnreadPages()
        files = _write(batch, out, formats, told, corrections, pages)
        if mirror:
            for file in (*kept, *files):
                mirror.send(file)
    if not options.quiet:
        for line in summary_lines(batch, files, options.out, pages.count):
            say(line)
    code = _code(batch, most)
    if code is ExitCode.MISSING_FILE:
        say(f"{'、'.join(inputs)}: 没有找到可读的文件；能读哪些见 extractor doctor")
    if options.summary:
        write_file(Path(options.summary), summary_json(batch, files, code))
    return code


def _with_lists_read(inputs: list[str]) -> list[str]:
    """Replace the first "-" by the paths listed on standard input."""
    listed = paths_of_list(sys.stdin.buffer.read()) if "-" in inputs else []
    return [*(path for path in inputs if path != "-"), *listed]


def _formats(text: str) -> list[str]:
    formats = [name.strip() for name in text.split(",") if name.strip()]
    if "all" in formats:
        return list(FORMATS)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise typer.BadParameter(
            f"没有 {'、'.join(unknown)}；可用 {'、'.join(FORMATS)}、all", param_hint="--to"
        )
    return ["jsonl", *formats]


def _run(
    inputs: list[str], out: Path, mirror: Mirror | None, options: BatchOptions, watch: Any, log: Any
) -> Batch:
    limits = Limits(
        seconds=options.seconds,
        size=options.size * MEBIBYTE,
        pages=options.pages,
        memory=options.memory * MEBIBYTE,
    )
    settings = Settings(limits=limits, retry_failed=options.retry_failed, force=options.force)
    if options.workers:
        settings = Settings(options.workers, limits, options.retry_failed, options.force)
    if options.engine == "local":
        return run_batch(inputs, out, settings, watch, mirror=mirror, log=log)
    if options.engine == "ray":
        from extractor.engines.ray_engine import RayWorkers  # needs an extra

        return run_batch(inputs, out, settings, watch, RayWorkers, mirror, log)
    raise Misused(f"没有 --engine {options.engine}；可用 local、ray")


def _write(
    batch: Batch,
    out: Path,
    formats: list[str],
    told: OtherSources,
    corrections: Corrections,
    pages: UnreadPages,
) -> list[Path]:
    harvest = batch.harvest

    def reports() -> Iterator[tuple[Outcome, bytes]]:
        for outcome, data in harvest.reports():
            pages.add(data)
            yield corrected_outcome(outcome, data, corrections)

    with writing_to(out):
        return write_batch(reports, harvest.sightings, out, formats, told, concept_rows())


def _code(batch: Batch, most: float) -> ExitCode:
    """Return PARTIAL_BATCH if a larger share than `most` could not be read."""
    sightings = batch.harvest.sightings
    if not sightings:
        return ExitCode.MISSING_FILE
    outcomes = list(batch.harvest.outcomes)
    unopened = sum(sighting.code != OK for sighting in sightings)
    failed = unopened + sum(outcome.code != OK for outcome in outcomes)
    return ExitCode.PARTIAL_BATCH if failed > most * (len(outcomes) + unopened) else ExitCode.OK


def _share(text: str) -> float:
    """Return 0.01 for 1%, or for 0.01."""
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise typer.BadParameter(f"{text} 不是一个比例，写成 1% 或 0.01", param_hint="--fail-over")
    return share
