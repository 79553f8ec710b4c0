"""7z archives. They are solid: all members are unpacked into the spool, each cut at the limit."""

import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget
from extractor.disk import is_full
from extractor.errors import MissingDependency, to_install

try:
    import py7zr
    from py7zr.io import Py7zIO, WriterFactory
except ImportError as error:
    raise MissingDependency(f"解 7z 需要 py7zr：{to_install('archive')}") from error


class _CutFile(Py7zIO):
    """A file that keeps at most one byte more than the limit: enough to see that a member is too large."""

    def __init__(self, path: Path, limit: int) -> None:
        self._file = path.open("w+b")
        self._room = limit + 1

    def write(self, s: bytes | bytearray) -> int:
        kept = s[: self._room]
        self._file.write(kept)
        self._room -= len(kept)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


class _IntoFolder(WriterFactory):
    """Writes each member to a numbered file, so that no member name can escape from the folder."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self.files: list[tuple[str, Path, _CutFile]] = []

    def create(self, filename: str) -> Py7zIO:
        path = self._folder / str(len(self.files))
        file = _CutFile(path, self._limit)
        self.files.append((filename, path, file))
        return file


def seven_entries(stream: IO[bytes], budget: UnpackBudget, spool: Path) -> Iterator[ArchiveMember]:
    """Yield the files of a 7z archive in its order.

    Raises:
        ArchiveTrouble: It is damaged, needs a password, or declares more than it may unpack.
    """
    with tempfile.TemporaryDirectory(dir=spool) as folder:
        factory = _IntoFolder(Path(folder), max(budget.limits.size, budget.limits.nested_size))
        try:
            with py7zr.SevenZipFile(stream) as archive:
                _require_room(archive, budget)
                archive.extractall(factory=factory)
        except py7zr.exceptions.PasswordRequired as error:
            raise ArchiveTrouble("encrypted", "7z 压缩包有密码") from error
        except (
            py7zr.exceptions.ArchiveError,
            lzma.LZMAError,
            OSError,
            EOFError,
            ValueError,
            TypeError,
        ) as error:
            if isinstance(error, OSError) and is_full(error):
                raise
            raise ArchiveTrouble("bad-archive", f"7z 打不开（{error}）") from error
        for name, path, file in factory.files:
            file.close()
            with path.open("rb") as member:
                yield ArchiveMember(name, path.stat().st_size, member)


def _require_room(archive: "py7zr.SevenZipFile", budget: UnpackBudget) -> None:
    if archive.needs_password():
        raise ArchiveTrouble("encrypted", "7z 压缩包有密码")
    budget.require(sum(info.uncompressed or 0 for info in archive.list()))
