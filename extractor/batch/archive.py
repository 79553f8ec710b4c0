"""Shared by all kinds of archives: their first bytes, their members, and the budget for unpacking."""

import bz2
import gzip
import lzma
import tarfile
from io import RawIOBase
from typing import IO, Any, cast

from msgspec import Struct

from extractor.batch.settings import Limits
from extractor.errors import MissingDependency, to_install
from extractor.magic import HEAD_SIZE, magic_of
from extractor.zip_reader import ZIP_DAMAGE

_ARCHIVES = frozenset({"zip", "7z", "tar", "warc", "gzip", "bz2", "xz", "zst"})
GIBIBYTE = 1 << 30


class ArchiveTrouble(Exception):
    """An archive, or a member of one, that cannot be unpacked."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code of the failure beside its sentence."""
        super().__init__(message)
        self.code = code


class ArchiveMember(Struct, frozen=True):
    """A member of an archive. Its stream is read at once, before the next entry is asked for."""

    name: str
    size: int | None  # as declared; None if the archive does not say
    stream: IO[bytes] | None  # None: not a document, to be skipped
    url: str | None = None
    retrieved_at: str | None = None
    trouble: ArchiveTrouble | None = None


# All exceptions that the libraries raise for damaged archives.
_DAMAGE = (*ZIP_DAMAGE, tarfile.TarError)


class UnpackBudget:
    """The number of bytes and members that an outermost archive may still unpack, nested ones included."""

    def __init__(self, limits: Limits, packed: int) -> None:
        """Grant a GiB, or the limit's multiple of the packed size if that is more."""
        self.limits = limits
        self._bytes = max(GIBIBYTE, limits.ratio * packed)
        self._members = limits.members

    def read(self, stream: IO[bytes], size: int) -> bytes:
        """Read up to `size` bytes of a member.

        Raises:
            ArchiveTrouble: The archive exceeds its limit, or is damaged here.
        """
        try:
            data = stream.read(size)
        except ArchiveTrouble:
            raise
        except _DAMAGE as error:
            raise ArchiveTrouble("bad-archive", f"解压到一半出错（{error}）") from error
        self._bytes -= len(data)
        if self._bytes < 0:
            raise ArchiveTrouble("bomb", "解压出来的内容远大于压缩包，当作压缩炸弹，不再解压")
        return data

    def require(self, size: int) -> None:
        """Refuse an archive that declares more than may be unpacked. Raise ArchiveTrouble then."""
        if size > self._bytes:
            raise ArchiveTrouble("bomb", f"压缩包自称解压后有 {size} 字节，当作压缩炸弹，不解压")

    def count_member(self) -> None:
        """Count one member. Raise ArchiveTrouble if there are too many."""
        self._members -= 1
        if self._members < 0:
            raise ArchiveTrouble("bomb", f"压缩包里的文件超过 {self.limits.members} 个")


class _Metered(RawIOBase):
    """A decompressed stream; every byte read or skipped is charged to the budget."""

    def __init__(self, plain: IO[bytes], budget: UnpackBudget) -> None:
        """Count what is read from `plain`."""
        super().__init__()
        self._plain = plain
        self._budget = budget

    def readable(self) -> bool:
        """Return True: the stream can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes. Raise ArchiveTrouble as Budget.read() does."""
        return self._budget.read(self._plain, size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go back to the start, the only position that is supported."""
        return self._plain.seek(offset, whence)


def metered(plain: IO[bytes], budget: UnpackBudget) -> IO[bytes]:
    """Return the stream, with every byte charged to the budget."""
    return cast(IO[bytes], _Metered(plain, budget))


def kind_of(stream: IO[bytes]) -> str | None:
    """Name the kind of archive by its first bytes; None for anything else. The stream stays at its start."""
    kind = magic_of(stream.read(HEAD_SIZE))
    stream.seek(0)
    return kind if kind in _ARCHIVES else None


def open_compressed(kind: str, stream: IO[bytes]) -> IO[bytes]:
    """Return the plain bytes of a compressed stream, seekable back to its start.

    Raises:
        MissingDependency: zstandard is not installed.
    """
    if kind == "gzip":
        return cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    if kind == "bz2":
        return cast(IO[bytes], bz2.BZ2File(stream))
    if kind == "xz":
        return cast(IO[bytes], lzma.LZMAFile(stream))
    return _open_zstandard(stream)


def _open_zstandard(stream: IO[bytes]) -> IO[bytes]:
    try:
        import zstandard
    except ImportError as error:
        raise MissingDependency(f"解 .zst 需要 zstandard：{to_install('archive')}") from error
    return cast(IO[bytes], _Rewindable(stream, zstandard))


class _Rewindable:
    """A zstandard stream that can go back to its start, which suffices for examining its first bytes."""

    def __init__(self, stream: IO[bytes], zstandard: Any) -> None:
        self._stream = stream
        self._zstandard = zstandard
        self._error: type[Exception] = zstandard.ZstdError
        self._plain = self._open()

    def _open(self) -> IO[bytes]:
        decompressor = self._zstandard.ZstdDecompressor()
        return cast(
            IO[bytes], decompressor.stream_reader(self._stream, read_across_frames=True, closefd=False)
        )

    def read(self, size: int = -1) -> bytes:
        try:
            return self._read(size)
        except self._error as error:
            raise OSError(str(error)) from error

    def _read(self, size: int) -> bytes:
        pieces: list[bytes] = []
        while size != 0 and (piece := self._plain.read(size if size > 0 else 1 << 20)):
            pieces.append(piece)
            size -= len(piece) if size > 0 else 0
        return b"".join(pieces)

    def seek(self, offset: int, whence: int = 0) -> int:
        assert (offset, whence) == (0, 0), "only its start can be found again"
        self._stream.seek(0)
        self._plain = self._open()
        return 0
