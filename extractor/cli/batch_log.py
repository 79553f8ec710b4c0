"""Information about a batch for programs: a log in JSON Lines, and one JSON object at the end."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from extractor import __version__
from extractor.batch import Batch
from extractor.disk import writing_to
from extractor.errors import ExitCode
from extractor.outcome import OK, Outcome, Sighting

_ENCODER = msgspec.json.Encoder()


@contextmanager
def batch_log(name: str | None) -> Iterator[Callable[[Outcome | Sighting], None]]:
    """Yield a function that appends each event to a file at once; it does nothing without a file."""
    if name is None:
        yield lambda happened: None
        return
    path = Path(name)
    with writing_to(path.parent), path.open("ab", buffering=0) as file:
        file.write(_line("begin", version=__version__))
        yield lambda happened: _write(file, happened)
        file.write(_line("end"))


def _write(file: Any, happened: Outcome | Sighting) -> None:
    known = msgspec.to_builtins(happened)
    event = "read" if isinstance(happened, Outcome) else "unopened"
    level = "info" if happened.code == OK else "warning"
    file.write(_line(event, level, **known))


def _line(event: str, level: str = "info", **known: Any) -> bytes:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return _ENCODER.encode({"time": now, "level": level, "event": event, **known}) + b"\n"


def summary_json(batch: Batch, files: list[Path], code: ExitCode) -> bytes:
    """Return the result of the batch as JSON: what this run did, and what is in the folder now."""
    outcomes = list(batch.harvest.outcomes)
    unopened = Counter(each.code for each in batch.harvest.sightings if each.code != OK)
    told = {
        "version": __version__,
        "exit_code": int(code),
        "run": {name: getattr(batch.tally, name) for name in ("files", "found", "known", "read", "skipped")},
        "documents": len(outcomes),
        "verdicts": dict(Counter(each.verdict for each in outcomes if each.verdict)),
        "failures": dict(Counter(each.code for each in outcomes if each.code != OK)),
        "unopened": dict(unopened),
        "files": [path.name for path in files],
    }
    return msgspec.json.format(_ENCODER.encode(told), indent=2) + b"\n"
