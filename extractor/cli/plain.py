"""A fast path for common forms of the parse command, without typer.

Importing typer and declaring all commands takes longer than reading a page. Only unambiguous command lines
are handled here: file names, and options spelled in full with their values. All others, help and errors are
left to typer.
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
COMPLETING = "_EXTRACTOR_COMPLETE"  # set by a shell that asks typer for completions
_FLAGS = {"--pretty": "pretty", "--indent": "pretty", "--quiet": "quiet", "-q": "quiet", "--all": "every"}
# Modules and definitions are never freed: looking for garbage among them again and again would take a tenth
# of the time of a page.
_MADE_BETWEEN_COLLECTIONS = 200_000
_VALUES = {"--output": "out", "-o": "out", "--url": "url"}


class PlainParse(NamedTuple):
    """The arguments of the parse command; defaults are those of typer."""

    names: list[str]
    out: str | None = None
    pretty: bool = False
    url: str | None = None
    quiet: bool = False
    every: bool = False


def plainly_asked(arguments: Sequence[str]) -> PlainParse | None:
    """Return the arguments of a parse command; None if typer must handle the command line.

    Args:
        arguments: The arguments of the command line, without the program's name.

    >>> plainly_asked(["parse", "a.docx", "-q"])
    PlainParse(names=['a.docx'], out=None, pretty=False, url=None, quiet=True, every=False)
    >>> plainly_asked(["parse", "a.docx", "--timeout", "9"])
    """
    kept, language = without_language(arguments)
    if kept[:1] != [_COMMAND] or COMPLETING in os.environ or language not in (None, *LANGUAGES):
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
    """Read the files and return the exit code; None, with nothing done, if the options contradict.

    Then typer prints the error with the usage of the command.
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
