"""TAR archives, read as a stream so that a compressed one is unpacked once, in order."""

import os
import tarfile
from collections.abc import Iterator
from typing import IO

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget
from extractor.encoding import decode_name


def tar_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the regular files of a TAR in their order.

    Raises:
        ArchiveTrouble: It is damaged or cut short.
    """
    end = _end_of(stream)
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                _require_room(info, end, budget)
                if info.isreg():
                    yield ArchiveMember(_name_of(info), info.size, archive.extractfile(info))
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveTrouble("bad-archive", f"TAR 到这里断了（{error}）") from error


def _end_of(stream: IO[bytes]) -> int | None:
    """Return the length of a TAR; None if it is being decompressed and the length is unknown."""
    if not stream.seekable():
        return None
    end = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return end


def _require_room(info: tarfile.TarInfo, end: int | None, budget: UnpackBudget) -> None:
    """Refuse a member that declares more bytes than possible, before tarfile tries to skip them."""
    if end is None:
        budget.require(info.size)
    elif info.offset_data + info.size > end:
        raise ArchiveTrouble("bad-archive", f"TAR 在这里断了：{_name_of(info)} 自称有 {info.size} 字节")


def _name_of(info: tarfile.TarInfo) -> str:
    """Return the name of a member as valid Unicode, for JSON."""
    try:
        info.name.encode("utf-8")
    except UnicodeEncodeError:
        return decode_name(info.name.encode("utf-8", errors="surrogateescape"))
    return info.name
