"""Archives of thousands of generated reports for the measures of whole-archive runs.

Drawing a report takes about as long as reading it, so at most a thousand are drawn;
the others are these with a mark that changes their bytes and nothing that is read.
"""

import io
import zipfile
from itertools import count, cycle
from pathlib import Path

from .readings import TooManyReadings
from .registry import LAYOUTS
from .samples import draft_of, draw_samples

_DRAWN = 1000
_SUFFIXES = {"text": "txt"}


def make_archive(folder: Path, reports: int, seed: int) -> Path:
    """Fill a folder with this many reports of all formats that differ; keep one that is there already."""
    whole = folder / ".whole"
    if whole.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    drawn = _draw(min(reports, _DRAWN), seed)
    for number, (name, data) in zip(range(reports), cycle(drawn), strict=False):
        stem, _, suffix = name.rpartition(".")
        (folder / f"{number:06}-{stem}.{suffix}").write_bytes(marked(data, suffix, number))
    whole.touch()
    return folder


def _draw(reports: int, seed: int) -> list[tuple[str, bytes]]:
    drawn: list[tuple[str, bytes]] = []
    for attempt in count(seed * 1000):
        for sample in draw_samples(reports, attempt):
            layout = LAYOUTS[sample.layout]
            try:
                data = layout.render(draft_of(sample)).data
            except TooManyReadings:
                continue
            drawn.append((f"{layout.name}-{sample.seed}.{_SUFFIXES.get(layout.format, layout.format)}", data))
            if len(drawn) == reports:
                return drawn
    return drawn


def marked(data: bytes, suffix: str, number: int) -> bytes:
    """Return the same document with other bytes: a comment where its format has one, blank lines in text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: two bytes a character
        return data + " ".encode("utf-16-le" if data.startswith(b"\xff") else "utf-16-be") * (1 + number)
    if suffix == "html":
        return data + f"<!-- {number} -->".encode("ascii")
    if suffix == "pdf":
        return data + f"\n%{number}\n".encode("ascii")
    if suffix == "txt":
        return data + b"\n" * (1 + number // _DRAWN)
    with io.BytesIO(data) as file:
        with zipfile.ZipFile(file, "a") as package:
            package.comment = str(number).encode("ascii")
        return file.getvalue()
