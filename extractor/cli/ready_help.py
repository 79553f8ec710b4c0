"""The program's own help as it was written beforehand, because typer takes longer than all the rest.

typer writes it anew where a line has fewer than 80 columns, and for everything that is not plainly this help.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from extractor.cli.language import LANGUAGES, Language, language_of_system, without_language
from extractor.cli.plain import COMPLETING

HELP = Path(__file__).parent / "help"
COLUMNS = 80  # typer breaks no line later, however wide the terminal is
_ASKED = (["--help"], ["-h"])


def ready_help(arguments: Sequence[str]) -> bytes | None:
    """Return the help, without a final line end; None if typer must handle the command line."""
    kept, language = without_language(arguments)
    if kept not in _ASKED or COMPLETING in os.environ or language not in (None, *LANGUAGES):
        return None
    import shutil  # not for what is no help

    if shutil.get_terminal_size().columns < COLUMNS:
        return None
    path = help_file(next((each for each in LANGUAGES if each == language), language_of_system(os.environ)))
    return path.read_bytes().rstrip(b"\n") if path.is_file() else None


def help_file(language: Language) -> Path:
    """Return the file with the help in a language (`make definitions` writes it)."""
    return HELP / f"{language}.txt"
