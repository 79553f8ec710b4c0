"""The command line: the only room that prints or exits. stdout is data, stderr is for people.

`commands` declares the commands and their options; the module that has a command's name does its work.
`output` alone writes results, to standard output, a file or a folder. `plain` reads the everyday form of
the parse command without typer.
"""

from typing import TYPE_CHECKING

from extractor.cli.entry import main

if TYPE_CHECKING:
    from extractor.cli.commands import app

__all__ = ["app", "main"]


def __getattr__(name: str) -> object:
    """Declare the commands only when they are asked for: typer takes as long as reading a page."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractor.cli.commands import app

    return app
