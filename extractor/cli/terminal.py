"""Makes control characters in names and reports visible before they reach a terminal or log."""

import signal
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from types import FrameType
from typing import Any, TextIO

from extractor.cli.language import spoken, translated_line
from extractor.patterns import kept_pattern

# Control characters, and those that change the text direction. Of line ends, only those of Unix and CSV are
# kept.
_CONTROLS = kept_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)
_ENDS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Return a text with control characters escaped as in JSON; line ends are kept.

    >>> print(visible("a\x1b[31mb\x9b"))
    a\u001b[31mb\u009b
    """
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible_line(text: str) -> str:
    r"""Return a text as one line, with line ends escaped too.

    >>> print(visible_line("a\nb"))
    a\nb
    """
    return visible("".join(_ENDS.get(character, character) for character in text))


def say(sentence: str) -> None:
    """Write one line to standard error, in the current language."""
    sys.stderr.write(visible_line(translated_line(sentence)) + "\n")
    sys.stderr.flush()


def end_on_terminate() -> None:
    """Let SIGTERM end the run as Ctrl-C does, so that results are recorded and temporary files removed."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


class VisibleStream:
    """A text stream that escapes control characters, also in what libraries print."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text in the current language, with control characters made visible."""
        return self._stream.write(visible(spoken(text)))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Delegate everything else to the wrapped stream."""
        return getattr(self._stream, name)


def guard_streams() -> None:
    """Replace stdout and stderr by VisibleStreams.

    Data is written as bytes, without them. A stream whose encoding lacks Chinese becomes UTF-8; standard
    output is always UTF-8.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper) and (name == "stdout" or not _writes_chinese(stream)):
            stream.reconfigure(encoding="utf-8")
        setattr(sys, name, VisibleStream(stream))


def _writes_chinese(stream: TextIOWrapper) -> bool:
    try:
        "中文".encode(stream.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
