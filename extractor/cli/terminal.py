"""What reaches a terminal or a log: no control character of a name or a report, each is made visible."""

import re
import signal
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from types import FrameType
from typing import Any, TextIO

from extractor.cli.language import spoken, translated_line

# Control characters, and those that turn the direction of what follows. Of the ends of lines only those of
# Unix and of CSV are let through.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
_ENDS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    r"""Return a text whose control characters are written out as JSON writes them, the ends of lines kept.

    >>> print(visible("a\x1b[31mb\x9b"))
    a\u001b[31mb\u009b
    """
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def visible_line(text: str) -> str:
    r"""Return a text as one line, whatever it holds.

    >>> print(visible_line("a\nb"))
    a\nb
    """
    return visible("".join(_ENDS.get(character, character) for character in text))


def say(sentence: str) -> None:
    """Write one line to standard error, in the language in which to speak."""
    sys.stderr.write(visible_line(translated_line(sentence)) + "\n")
    sys.stderr.flush()


def end_on_terminate() -> None:
    """Let a polite kill end the run as Ctrl-C does: what is to be recorded or removed is so first."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


class VisibleStream:
    """A text stream on which no control character arrives: what libraries print goes through it, too."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text in the language in which to speak, its control characters made visible."""
        return self._stream.write(visible(spoken(text)))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        """Delegate everything else to the wrapped stream."""
        return getattr(self._stream, name)


def guard_streams() -> None:
    """Let every text that is written from now on go through a VisibleStream.

    What is data goes around it, as bytes. A stream of an encoding without Chinese becomes UTF-8, and
    standard output is UTF-8 anyway.
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
