"""TAR archives, read as a stream so that a compressed one is unpacked once, in order."""

import tarfile
from collections.abc import Iterator
from typing import IO

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget


def tar_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the regular files of a TAR in their order.

    Raises:
        ArchiveTrouble: It is damaged or cut short.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isreg():
                    yield ArchiveMember(_name_of(info), info.size, archive.extractfile(info))
    except (tarfile.TarError, EOFError) as error:
        raise ArchiveTrouble("bad-archive", f"TAR 到这里断了（{error}）") from error


def _name_of(info: tarfile.TarInfo) -> str:
    """Return the name of a member; bytes that are no UTF-8 are GB18030."""
    try:
        info.name.encode("utf-8")
    except UnicodeEncodeError:
        raw = info.name.encode("utf-8", errors="surrogateescape")
        return raw.decode("gb18030", errors="replace")
    return info.name
