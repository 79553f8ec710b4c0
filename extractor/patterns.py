"""Regular expressions, compiled once for an installation instead of once for every process.

Python compiles regular expressions in Python: those that one page needs took half the time of reading it.
What `re.compile` made of a pattern is therefore kept in a file beside the byte code of this module, by the
rules of byte code: it is read whenever it is there, and written unless Python may not write byte code, or
may not write there. Whatever is odd about the file or the interpreter, a pattern is compiled as usual; and
nothing is kept that is not equal to what `re.compile` gives.

Texts of a document are never part of a kept pattern: for those there are the functions of `re`.
"""

import atexit
import marshal
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, AnyStr, NamedTuple, cast
from zlib import crc32

_MARK = b"kept patterns 1\n"  # followed by the checksum of the rest, in four bytes
_MOST_BYTES = 4 << 20  # patterns that no longer occur pile up where the package is worked on
_UNKEPT_FLAGS = re.DEBUG | re.LOCALE  # what depends on more than the pattern
_OWN = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags")


class _Kept(NamedTuple):
    """What makes a pattern without compiling it."""

    flags: int  # those within the pattern included
    code: bytes  # the words of its program, in the machine's byte order
    groups: int
    names: dict[str, int]  # of its groups


_Key = tuple[bool, str | bytes, int]  # whether it is for bytes, the pattern, the flags given


class KeptPatterns:
    """Makes patterns from what a file has kept of them, and compiles those that it does not have."""

    def __init__(self, path: Path | None) -> None:
        """Read nothing yet.

        Args:
            path: The file, which need not exist; None: nothing is kept.
        """
        self._path = path
        self._kept: dict[_Key, tuple[Any, ...]] | None = None
        self._made: dict[tuple[type, str | bytes, int], re.Pattern[Any]] = {}
        self.compiled: list[_Key] = []  # not in the file yet

    def kept_pattern(self, text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return what `re.compile` returns.

        Raises:
            re.error: The pattern has a mistake.
        """
        key = (type(text), text, flags)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(text, int(flags))
        return made

    def keep(self) -> None:
        """Write what was compiled since the file was read, if it may be written; never fail."""
        compiled, self.compiled = self.compiled, []
        if not compiled or self._path is None or sys.dont_write_bytecode:
            return
        with suppress(OSError, MemoryError):
            kept = _read(self._path)  # another process may have written it since
            found = {
                key: entry for key in compiled if key not in kept and (entry := _entry(*key)) is not None
            }
            if found:
                data = _packed(kept | found)
                _write(self._path, data if len(data) < _MOST_BYTES else _packed(found))

    def _make(self, text: AnyStr, flags: int) -> re.Pattern[AnyStr]:
        if self._kept is None:
            self._kept = {} if self._path is None else _read(self._path)
        key = (isinstance(text, bytes), text, flags)
        if (entry := self._kept.get(key)) is not None:
            with suppress(AttributeError, LookupError, OverflowError, RuntimeError, TypeError, ValueError):
                return cast("re.Pattern[AnyStr]", _revived(text, *entry))
        compiled = re.compile(text, flags)
        if self._path is not None:
            self.compiled.append(key)
        return compiled


def _revived(
    text: str | bytes, flags: int, code: bytes, groups: int, names: dict[str, int]
) -> re.Pattern[Any]:
    """Return a pattern from its parts, as the last line of CPython's own compiler does."""
    named: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        named[number] = name
    words = memoryview(code).cast("I").tolist()
    return cast("re.Pattern[Any]", _engine().compile(text, flags, words, groups, names, tuple(named)))


def _entry(is_bytes: bool, text: str | bytes, flags: int) -> _Kept | None:
    """Return what is to be kept of a pattern; None if a pattern made from it would be another one."""
    plain: re.Pattern[Any] = re.compile(text, flags)
    if plain.flags & _UNKEPT_FLAGS:
        return None
    with suppress(AttributeError, ImportError, OverflowError, RuntimeError, TypeError, ValueError):
        parsed = import_module("re._parser").parse(text, flags)
        words = import_module("re._compiler")._code(parsed, flags)
        code = import_module("array").array("I", words).tobytes()
        entry = _Kept(plain.flags, code, plain.groups, dict(plain.groupindex))
        if _revived(text, *entry) == plain:  # patterns are equal if their programs are
            return entry
    return None


@cache
def _engine() -> ModuleType:
    """Return the module in C that runs patterns; another implementation of Python may have none."""
    return import_module("_sre")


def _interpreter() -> tuple[object, ...]:
    """Return all that the programs of patterns depend on; empty if they cannot be kept."""
    try:
        engine = _engine()
        return (sys.version, sys.byteorder, engine.MAGIC, engine.CODESIZE, engine.MAXREPEAT, engine.MAXGROUPS)
    except (AttributeError, ImportError):
        return ()


def _packed(kept: Mapping[_Key, tuple[Any, ...]]) -> bytes:
    plain: Any = (_interpreter(), {key: tuple(entry) for key, entry in kept.items()})
    data = marshal.dumps(plain)
    return _MARK + crc32(data).to_bytes(4, "big") + data


def _read(path: Path) -> dict[_Key, tuple[Any, ...]]:
    """Return what a file has kept for this interpreter; nothing if it is missing, broken or of another."""
    interpreter = _interpreter()
    start = len(_MARK) + 4
    with suppress(OSError, EOFError, TypeError, ValueError, MemoryError):
        whole = path.read_bytes()
        if interpreter and whole[:start] == _MARK + crc32(memoryview(whole)[start:]).to_bytes(4, "big"):
            written_by, kept = marshal.loads(memoryview(whole)[start:])
            if written_by == interpreter and isinstance(kept, dict):
                return kept
    return {}


def _write(path: Path, data: bytes) -> None:
    """Replace a file as a whole, so that no other process ever reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with unfinished.open("xb") as file:
            file.write(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _beside_the_byte_code() -> Path | None:
    """Return the path of the file; None where Python keeps no byte code for this module."""
    cached = __spec__.cached if __spec__ else None
    return Path(cached).with_suffix(".sre") if cached else None


_patterns = KeptPatterns(_beside_the_byte_code())
kept_pattern = _patterns.kept_pattern
keep_patterns = _patterns.keep
atexit.register(keep_patterns)


class _LatePattern:
    """Replaces a pattern until one of its methods is used; then it makes it and takes over the methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # copy and pickle ask for these, which needs no compiled pattern
            raise AttributeError(name)
        compiled = kept_pattern(self._source, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _OWN})
        return getattr(compiled, name)


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is made on first use. An error in it shows on first use, too.

    Use it for patterns that few documents need.

    >>> late_pattern("[一二]、").match("一、总体情况").group()
    '一、'
    """
    return cast("re.Pattern[str]", _LatePattern(source, flags))
