"""The summary at the end of a batch: counts, the slowest documents, and each failure in one sentence."""

from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from itertools import islice
from pathlib import Path

from extractor.batch import Batch, Harvest
from extractor.cli.table import align
from extractor.cli.unread_pages import sentence_on_unread_pages
from extractor.outcome import FAILURES, OK, Outcome
from extractor.words import words_of

_SLOWEST = 5
_FAILURES_SHOWN = 50


def summary_lines(batch: Batch, files: list[Path], out: str, unread: int = 0) -> Iterator[str]:
    """Yield the lines of the final summary of everything in the output folder.

    Args:
        batch: The finished batch, including earlier runs.
        files: The files that were written.
        out: The folder, as the user gave it.
        unread: How many pages were not read because recognition is not installed.
    """
    outcomes = list(batch.harvest.outcomes)
    yield ""
    yield from align([("结果", "份数", "意思"), *_counts(outcomes, batch.harvest)])
    yield from _slowest(outcomes)
    yield from _failures(outcomes, batch.harvest)
    yield ""
    tally = batch.tally
    known = f"；以前读过或内容相同 {tally.known} 份" if tally.known else ""
    skipped = f"；跳过网页存档里的非文档 {tally.skipped} 条" if tally.skipped else ""
    yield f"本次读 {tally.read} 份{known}{skipped}"
    if unread:
        yield sentence_on_unread_pages(unread)
    yield f"已写 {out}：{'、'.join(path.name for path in files)}"


def _counts(outcomes: list[Outcome], harvest: Harvest) -> Iterator[tuple[str, str, str]]:
    verdicts: Counter[str] = Counter(outcome.verdict for outcome in outcomes if outcome.verdict)
    for verdict, sentence in words_of("verdict").items():
        if verdicts[verdict]:
            yield verdict, str(verdicts[verdict]), sentence
    codes = Counter(outcome.code for outcome in outcomes if outcome.code != OK)
    codes.update(sighting.code for sighting in harvest.sightings if sighting.code != OK)
    for code, count in codes.most_common():
        yield code, str(count), FAILURES.get(code, "")


def _slowest(outcomes: list[Outcome]) -> Iterator[str]:
    slowest = nlargest(_SLOWEST, outcomes, key=lambda outcome: outcome.seconds)
    if slowest:
        yield ""
        yield "最慢的："
        yield from align([(f"{outcome.seconds:.2f} 秒", str(outcome.place)) for outcome in slowest])


def _failures(outcomes: list[Outcome], harvest: Harvest) -> Iterator[str]:
    failed = [(str(o.place), o.code, o.message) for o in outcomes if o.code != OK]
    failed += [(str(s.place), s.code, s.message) for s in harvest.sightings if s.code != OK]
    if not failed:
        return
    yield ""
    yield "读不了的："
    for place, code, message in islice(failed, _FAILURES_SHOWN):
        yield f"{place}: {code}，{message or FAILURES.get(code, '')}"
    if len(failed) > _FAILURES_SHOWN:
        yield f"……还有 {len(failed) - _FAILURES_SHOWN} 个，全部见 documents 和 sources 表"
