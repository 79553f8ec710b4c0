"""Patterns that few documents need are compiled when one does: compiling costs more than searching."""

import re
from functools import cached_property


class LatePattern:
    """A regular expression that is compiled on first use.

    >>> LatePattern("[一二]、").compiled.match("一、总体情况").group()
    '一、'
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep the pattern as it is written; an error in it shows on first use."""
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._pattern, self._flags)
