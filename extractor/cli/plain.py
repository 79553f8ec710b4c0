"""The everyday form of the parse command, understood without typer.

Typer, pydantic and the declaration of all commands take longer than reading a page. Only a command line
that leaves nothing to judge is understood here: names of files, and options spelled in full, each with a
value where it needs one. Any other is typer's, and so are help and every mistake.
"""

import gc
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from extractor.cli.language import LANGUAGES, language_of_system, use_language, without_language

if TYPE_CHECKING:
    from extractor.errors import ExitCode

_COMMAND = "parse"
_COMPLETING = "_EXTRACTOR_COMPLETE"  # set by a shell that asks typer how a word may go on
_FLAGS = {"--pretty": "pretty", "--indent": "pretty", "--quiet": "quiet", "-q": "quiet", "--all": "every"}
# Modules and definitions stay to the end: to look among them for garbage at every 700 objects that are made
# takes a twentieth of the time of a page.
_MADE_BETWEEN_COLLECTIONS = 20_000
_VALUES = {"--output": "out", "-o": "out", "--url": "url"}


class PlainParse(NamedTuple):
    """What the parse command is asked for; what is not said is as typer has it by default."""

    names: list[str]
    out: str | None = None
    pretty: bool = False
    url: str | None = None
    quiet: bool = False
    every: bool = False


def plainly_asked(arguments: Sequence[str]) -> PlainParse | None:
    """Return what a command line asks the parse command for, None where typer must judge it.

    Args:
        arguments: Of the command line, without the program's name.

    >>> plainly_asked(["parse", "a.docx", "-q"])
    PlainParse(names=['a.docx'], out=None, pretty=False, url=None, quiet=True, every=False)
    >>> plainly_asked(["parse", "a.docx", "--timeout", "9"])
    """
    kept, language = without_language(arguments)
    if kept[:1] != [_COMMAND] or _COMPLETING in os.environ or language not in (None, *LANGUAGES):
        return None
    asked = _understood(kept[1:])
    if asked is not None:
        use_language(language or language_of_system(os.environ))
    return asked


def _understood(words: Sequence[str]) -> PlainParse | None:
    names: list[str] = []
    flags: set[str] = set()
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word in _FLAGS:
            flags.add(_FLAGS[word])
        elif word in _VALUES:
            values[_VALUES[word]] = value = next(rest, "-")
            if value.startswith("-"):
                return None
        elif word.startswith("-") and word != "-":
            return None
        else:
            names.append(word)
    if not names:
        return None
    pretty, quiet, every = (name in flags for name in ("pretty", "quiet", "every"))
    return PlainParse(names, values.get("out"), pretty, values.get("url"), quiet, every)


def read_plainly(asked: PlainParse) -> "ExitCode | None":
    """Read the files and return the exit code; None, with nothing done, where the options do not go together.

    What does not is said by typer, with the usage of the command.
    """
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)
    from extractor.cli.output import OptionsDisagree
    from extractor.cli.parse import parse_files

    with suppress(OptionsDisagree):
        return parse_files(
            asked.names,
            out=asked.out,
            pretty=asked.pretty,
            url=asked.url,
            quiet=asked.quiet,
            every=asked.every,
        )
    return None
