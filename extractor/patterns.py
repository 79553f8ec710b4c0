"""Regular expressions compiled on first use, because compiling can cost more than searching.

Compiling a class of Chinese characters takes tenths of a millisecond. Use it for patterns that few documents
need.
"""

import re
from typing import cast

_OWN = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags")


class _LatePattern:
    """Replaces a pattern until one of its methods is used; then it compiles it and takes over the methods."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # copy and pickle ask for these, which needs no compiled pattern
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update({method: getattr(compiled, method) for method in _OWN})
        return getattr(compiled, name)


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled on first use. An error in it shows on first use, too.

    >>> late_pattern("[一二]、").match("一、总体情况").group()
    '一、'
    """
    return cast("re.Pattern[str]", _LatePattern(source, flags))
