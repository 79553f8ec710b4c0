"""Content embedded in data: URLs."""

import re
from base64 import b64decode
from urllib.parse import unquote_to_bytes

from extractor.patterns import late_pattern

_DATA = late_pattern(r"\s*data:([^,;]*)[^,]*?(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)


def data_of(address: str, kind: str = "text/css") -> bytes | None:
    """Return the content of a data: URL of a media type; None for any other URL.

    >>> data_of("data:text/css,td%7Bleft:0%7D"), data_of("/page.css")
    (b'td{left:0}', None)
    """
    found = _DATA.match(address)
    return any_data_of(address) if found and found[1].strip().lower() == kind else None


def any_data_of(address: str) -> bytes | None:
    """Return the content of a data: URL of any media type; None for any other URL."""
    found = _DATA.match(address)
    if not found:
        return None
    data = unquote_to_bytes(found[3])
    try:
        return b64decode(data) if found[2] else data
    except ValueError:
        return None
