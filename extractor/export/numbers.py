"""Numbers as text: every digit, no exponent, no zeros that are not printed."""

from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """Return a decimal as text; any other value unchanged.

    >>> plain(Decimal("488.780058")), plain(Decimal("1E+3")), plain(12), plain(None)
    ('488.780058', '1000', 12, None)
    """
    return format(value, "f") if isinstance(value, Decimal) else value
