"""Imports without what a library imports for no use of ours."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden_modules(*names: str) -> Iterator[None]:
    """Let these modules seem not installed to what is imported meanwhile, unless they are imported already.

    >>> with hidden_modules("antigravity"):
    ...     import antigravity
    Traceback (most recent call last):
    ModuleNotFoundError: import of antigravity halted; None in sys.modules
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is the import system's "not there"
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
