"""The OLE container of old Office and WPS files: which streams it has, and whether it is complete."""

import struct

from extractor.errors import Unreadable

_HEADER = 512  # bytes
_ENTRY = 128  # bytes of a directory entry
_LAST_SECTOR = 0xFFFFFFFA  # larger numbers are markers
_FREE = 0xFFFFFFFF
_NAME_LENGTH = 64
_STREAM, _STORAGE = 2, 1


class Container:
    """The directory of an OLE container. Streams are not followed; LibreOffice does that."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the directory. Raise Unreadable if sectors are missing at the end."""
        self._data = data
        if len(data) < _HEADER + _ENTRY:
            raise Unreadable(f"{name}: 文件不完整，只剩下开头")
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise Unreadable(f"{name}: 文件的 OLE 容器已损坏")
        self._size = 1 << shift
        self._name = name
        self._table = self._allocation()
        used = [sector for sector, following in enumerate(self._table) if following != _FREE]
        if not used or (used[-1] + 1) * self._size >= len(data):
            raise self._incomplete()
        self.streams = self._entries()  # first sector of each stream, by name

    def _incomplete(self) -> Unreadable:
        return Unreadable(f"{self._name}: 文件不完整，结尾的部分缺失")

    def _allocation(self) -> list[int]:
        """Return the allocation table: the next sector of each sector.

        Raise Unreadable if it is truncated.
        """
        table: list[int] = []
        for sector in self._sectors_of_the_table():
            table += self._numbers_in(sector)
        return table

    def _sectors_of_the_table(self) -> dict[int, None]:
        """Return the sectors of the allocation table in order; stop if the list is circular."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        more, count = struct.unpack_from("<II", self._data, 68)
        seen: set[int] = set()
        while more < _LAST_SECTOR and more not in seen and len(seen) < count:
            seen.add(more)
            *numbers, more = self._numbers_in(more)
            listed += numbers
        return dict.fromkeys(sector for sector in listed if sector < _LAST_SECTOR)

    def _numbers_in(self, sector: int) -> tuple[int, ...]:
        block = self._sector(sector)
        if len(block) < self._size:
            raise self._incomplete()
        return struct.unpack(f"<{self._size // 4}I", block)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _entries(self) -> dict[str, int]:
        (sector,) = struct.unpack_from("<I", self._data, 48)
        found: dict[str, int] = {}
        seen: set[int] = set()
        while sector < len(self._table) and sector not in seen:
            seen.add(sector)
            block = self._sector(sector)
            for start in range(0, len(block) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", block, start + _NAME_LENGTH)
                if kind in (_STREAM, _STORAGE) and 2 <= length <= _NAME_LENGTH:
                    name = block[start : start + length - 2].decode("utf-16-le", "replace")
                    (found[name],) = struct.unpack_from("<I", block, start + 116)
            sector = self._table[sector]
        return found

    def beginning_of(self, stream: str) -> bytes:
        """Return the first sector of a long stream; empty if there is none."""
        return self._sector(self.streams[stream]) if stream in self.streams else b""
