"""Runs the command line; errors become one sentence and an exit code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from extractor.cli.output import write_to_stdout
from extractor.cli.plain import plainly_asked, read_plainly
from extractor.cli.ready_help import ready_help
from extractor.cli.terminal import guard_streams, say
from extractor.errors import ExitCode, ExtractorError
from extractor.patterns import keep_patterns


class _Done(SystemExit):
    """Ends a command that has started nothing which Python would have to end."""


def main() -> None:
    """Run the command line and end the process.

    To take the modules apart, as Python does at its end, takes as long as reading a page.
    """
    try:
        run()
    except _Done as end:
        with suppress(OSError):  # whose error Python tells at its end
            sys.stdout.flush()
            sys.stderr.flush()
            keep_patterns()
            os._exit(int(end.code or 0))
        raise


def run() -> None:
    """Run the command line. Raise SystemExit with its exit code."""
    guard_streams()
    try:
        _run(sys.argv[1:])
    except ExtractorError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("已中断", ExitCode.INTERRUPTED)
    except Exception as error:  # users see a sentence, never a traceback
        if os.environ.get("EXTRACTOR_DEBUG") == "1":
            raise
        _fail(
            f"程序出错（{type(error).__name__}: {error}）；设 EXTRACTOR_DEBUG=1 重新运行可见详情",
            ExitCode.INTERNAL,
        )


def _run(arguments: Sequence[str]) -> None:
    if (told := ready_help(arguments)) is not None:
        write_to_stdout(told)
        raise _Done(ExitCode.OK)
    asked = plainly_asked(arguments)
    code = read_plainly(asked) if asked else None
    if code is not None:
        raise _Done(code)
    from extractor.cli.commands import run_command

    run_command(arguments)


def _fail(sentence: str, code: ExitCode) -> None:
    say(f"extractor: {sentence}")
    sys.exit(code)
