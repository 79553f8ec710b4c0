"""Everything that can stop an extraction, and the exit code each cause maps to.

An exception means that no report could be produced. A report that was produced but
does not add up is not an error: it carries checks and a verdict (see report.py).
"""

import sys
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Process exit codes. Part of the public interface: append, never renumber."""

    OK = 0
    INTERNAL = 1
    USAGE = 2  # what typer itself returns for a bad command line
    INCONSISTENT = 3  # a report was written, but its verdict is neither verified nor partial
    UNSUPPORTED_FORMAT = 4
    UNREADABLE = 5
    NOT_A_REPORT = 6
    MISSING_DEPENDENCY = 7
    INVALID_DEFINITION = 8
    PARTIAL_BATCH = 9
    ENCRYPTED = 10
    MISSING_FILE = 11
    CANNOT_WRITE = 12
    DISK_FULL = 13
    INTERRUPTED = 130


class ExtractorError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_code = ExitCode.INTERNAL


class ProgramFault(ExtractorError):
    """The program itself failed on this file: an error of ours, to be reported with the file."""

    exit_code = ExitCode.INTERNAL


class UnsupportedFormat(ExtractorError):
    """The bytes belong to no format that an adapter reads."""

    exit_code = ExitCode.UNSUPPORTED_FORMAT


class Unreadable(ExtractorError):
    """An adapter recognized the file but could not read it: damaged, truncated, empty."""

    exit_code = ExitCode.UNREADABLE


class Encrypted(Unreadable):
    """The file needs a password. Remove the protection and run again."""

    exit_code = ExitCode.ENCRYPTED


class LimitExceeded(Unreadable):
    """Reading exceeded its limit of time or memory. Raise the limit and run again."""


class OutOfMemory(LimitExceeded):
    """There is not enough memory to read the file, or the memory limit does not allow it."""


class MissingFile(ExtractorError):
    """There is no such file, or it cannot be opened."""

    exit_code = ExitCode.MISSING_FILE


class CannotWrite(ExtractorError):
    """The output cannot be written: a folder without permission, a read-only disk."""

    exit_code = ExitCode.CANNOT_WRITE


class DiskFull(CannotWrite):
    """The disk is full. Make room and run the same command again."""

    exit_code = ExitCode.DISK_FULL


class Misused(ExtractorError):
    """The arguments are valid one by one but not in combination, or not for this folder."""

    exit_code = ExitCode.USAGE


class MissingDependency(ExtractorError, ImportError):
    """A package or program that is needed for this format is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class InvalidDefinition(ExtractorError):
    """A form definition of the package contradicts itself."""

    exit_code = ExitCode.INVALID_DEFINITION


def to_install(extra: str) -> str:
    """Return the command that adds an extra, from a checkout as well as from an index.

    A bundle must be built again with the extra.
    """
    if getattr(sys, "frozen", False):
        return f"python scripts/bundle.py --extras archive,{extra}"
    checkout = Path(__file__).resolve().parent.parent
    if not (checkout / "pyproject.toml").is_file():
        return f"pip install 'disclosure-report-extractor[{extra}]'"
    return f"pip install -e '.[{extra}]'"  # not the full path of the checkout, which differs between machines
