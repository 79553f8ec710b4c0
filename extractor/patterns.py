"""Regular expressions that are compiled when they are first used: compiling costs more than searching.

Python compiles a class of Chinese characters in tenths of a millisecond. A pattern that few documents
need, or only those of one format, is therefore best a late one.
"""

import re
from typing import cast

_OWN = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern", "flags")


class _LatePattern:
    """Stands for a pattern until one of its methods is asked for, and has them as its own from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked by copy and pickle, which need no compiled pattern
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
