"""The parse command: writes the JSON of each file; on stderr a sentence on those that need attention."""

import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from extractor.cli.limits import MEBIBYTES, SECONDS, BoundedWork
from extractor.cli.output import OptionsDisagree, file_name_of, names_a_folder, open_outlet
from extractor.cli.terminal import say
from extractor.errors import ExitCode, ExtractorError, UnsupportedFormat
from extractor.hidden_modules import hidden_modules

if TYPE_CHECKING:
    from extractor.cli.reading import FileReading
    from extractor.corrections import Corrections


def parse_files(
    names: list[str],
    *,
    out: str | None,
    pretty: bool,
    url: str | None,
    quiet: bool,
    seconds: float = SECONDS,
    mebibytes: int = MEBIBYTES,
    corrections: str | None = None,
    every: bool = False,
) -> ExitCode:
    """Read the files one after another, write their JSON, and return the exit code of the first problem.

    A file that cannot be read is named on stderr; the others are still written. If a file contains several
    reports, all are written with `every`, one per line, else the first.

    Raises:
        OptionsDisagree: The options do not go together.
    """
    _require_together(len(names) > 1, out=out, pretty=pretty, url=url, every=every)
    first = ExitCode.OK
    overlay = _overlay_of(corrections)
    read = partial(_read_file, url=url, every=every, pretty=pretty, overlay=overlay)
    with open_outlet(names, out) as write, closing(BoundedWork(read, seconds, mebibytes)) as bounded:
        for name in names:
            try:
                data, sentences, code = bounded((name, sys.stdin.buffer.read() if name == "-" else None))
            except ExtractorError as error:
                say(_about(name, str(error)) + _other_way(name, error))
                first = first or error.exit_code
                continue
            write(name, data)
            for sentence in sentences:
                if sentence and not quiet:
                    say(_about(name, sentence))
            first = first or code
    return first


def _require_together(several: bool, *, out: str | None, pretty: bool, url: str | None, every: bool) -> None:
    if url is not None and several:
        raise OptionsDisagree("一次只能给一个文件的来源", "--url")
    if pretty and several and not (out and names_a_folder(out)):
        raise OptionsDisagree("多个文件输出为 JSON Lines，不能分行", "--pretty")
    if pretty and every:
        raise OptionsDisagree("一个文件里可能有几份，输出为 JSON Lines，不能分行", "--pretty")


def _read_file(
    given: tuple[str, bytes | None],
    *,
    url: str | None,
    every: bool,
    pretty: bool,
    overlay: "Corrections | None",
) -> "FileReading":
    """Return the result for a file, given by name, and by bytes if they came from standard input.

    The reader is imported here, in the process that reads: a copy of a small process costs less.
    """
    with hidden_modules("typing_extensions"):
        import msgspec  # noqa: F401  # asks for it first; what it needs of it, Python itself has
    from extractor.cli.reading import read_file

    return read_file(*given, url=url, every=every, pretty=pretty, overlay=overlay)


def _overlay_of(corrections: str | None) -> "Corrections | None":
    if corrections is None:
        return None
    from extractor.corrections import load_corrections

    return load_corrections(Path(corrections))


def _other_way(name: str, error: ExtractorError) -> str:
    """Return a hint which command reads a folder, an archive or an address; "" for other errors."""
    path = Path(name)
    if "://" in name and not path.exists():
        once = f"curl -s {quote(name)} | extractor parse - --url {quote(name)}"
        return f"；这是网址：取一页用 {once}，取整个网站用 extractor crawl"
    if path.is_dir() or (isinstance(error, UnsupportedFormat) and _is_archive(path)):
        return f"；整批读用 extractor batch {quote(name)} -o 结果，核对用 extractor check {quote(name)}"
    return ""


def _is_archive(path: Path) -> bool:
    from extractor.cli.gather import is_archive  # loads all of the batch code, so only if likely

    return path.is_file() and is_archive(path)


def _about(name: str, sentence: str) -> str:
    """Put the input's name, as given by the user, before a sentence: many reports share a file name."""
    for known in (name, file_name_of(name)):
        sentence = sentence.removeprefix(f"{known}: ")
    return f"{name}: {sentence}" if name != "-" else f"{file_name_of(name)}: {sentence}"
