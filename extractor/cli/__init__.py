"""The command line: the only package that prints or exits. stdout is for data, stderr for people.

commands.py declares the commands and options; each command is implemented in the module of its name. Only
output.py writes results, to standard output, a file or a folder. plain.py is a fast path for common forms of
the parse command.
"""

from typing import TYPE_CHECKING

from extractor.cli.entry import main

if TYPE_CHECKING:
    from extractor.cli.commands import app

__all__ = ["app", "main"]


def __getattr__(name: str) -> object:
    """Import the commands on first use: importing typer takes as long as reading a page."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractor.cli.commands import app

    return app
