"""Write the program's help, as typer makes it, to extractor/cli/help/: one file a language.

Run it (`make definitions`) after a change to the help of the program or of its commands.
"""

import os
import subprocess
import sys
from typing import get_args

from extractor.cli.language import Language
from extractor.cli.ready_help import COLUMNS, HELP, help_file


def help_of_typer(language: Language) -> bytes:
    """Return what typer writes, run in a process of its own."""
    program = (
        "import sys\n"
        "from extractor.cli.terminal import guard_streams\n"
        "from extractor.cli.commands import run_command\n"
        "guard_streams()\n"
        "run_command(['--help', '--lang', sys.argv[1]])\n"
    )
    environment = {**os.environ, "COLUMNS": str(COLUMNS)}
    return subprocess.run(
        [sys.executable, "-c", program, language], env=environment, capture_output=True, check=True
    ).stdout


def main() -> None:
    """Write the files."""
    HELP.mkdir(exist_ok=True)
    for language in get_args(Language):
        help_file(language).write_bytes(help_of_typer(language))


if __name__ == "__main__":
    main()
