"""Makes a find small: leaves out pieces as long as the same fault remains."""

from collections.abc import Callable


def shrunk(data: bytes, still_fails: Callable[[bytes], bool], attempts: int = 4000) -> bytes:
    """Return a small input with the same fault.

    Pieces of half the length are left out first, then ever smaller ones, until no single byte can go
    or all attempts are used.

    >>> shrunk(b"a long text with <p><?h> inside", lambda data: b"<?h" in data)
    b'<?h'
    """
    size = max(len(data) // 2, 1)
    while size and attempts > 0:
        start = 0
        smaller = False
        while start < len(data) and attempts > 0:
            attempts -= 1
            shorter = data[:start] + data[start + size :]
            if still_fails(shorter):
                data, smaller = shorter, True
            else:
                start += size
        if not smaller or size > 1:
            size //= 2
    return data
