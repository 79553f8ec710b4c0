"""ZIP archives, those of old Chinese programs included, whose names are GBK without saying so."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget

_SAYS_UTF8 = 0x800
_NEEDS_PASSWORD = 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field

# What zipfile raises for damage: names in an encoding they are not in, versions nobody has, and more.
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, struct.error, zlib.error)

# Members that only packages of office documents have: such a ZIP is one document.
_DOCUMENT_PARTS = {"[Content_Types].xml", "OFD.xml", "mimetype", "META-INF/MANIFEST.MF"}


def is_document(stream: IO[bytes]) -> bool:
    """Say whether a ZIP is itself a document (Word, OFD, OpenDocument). The stream goes back to its start."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return not _DOCUMENT_PARTS.isdisjoint(archive.namelist())
    except _DAMAGE:
        return False
    finally:
        stream.seek(0)


def zip_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the files of a ZIP in the order of its directory.

    Raises:
        ArchiveTrouble: It is damaged.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise ArchiveTrouble("bad-archive", f"ZIP 打不开（{error}）") from error
    with archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield from _entry(archive, info, budget)


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: UnpackBudget) -> Iterator[ArchiveMember]:
    name = member_name(info)
    if info.flag_bits & _NEEDS_PASSWORD:
        yield ArchiveMember(
            name, info.file_size, None, trouble=ArchiveTrouble("encrypted", "压缩包里的这个文件有密码")
        )
        return
    try:
        with archive.open(info) as member:
            yield ArchiveMember(name, info.file_size, member)
    except _DAMAGE as error:
        trouble = ArchiveTrouble("bad-archive", f"压缩包里的这个文件解不开（{error}）")
        yield ArchiveMember(name, info.file_size, None, trouble=trouble)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as its author saw it.

    Without the UTF-8 flag a name is bytes in an encoding that the archive does not tell:
    UTF-8 where it is valid UTF-8, else GB18030, which programs of Chinese Windows write.
    """
    if told := _unicode_path(info.extra):
        return told
    if info.flag_bits & _SAYS_UTF8:
        return info.filename
    raw = info.orig_filename.encode("cp437", errors="replace")  # what zipfile made of the bytes, undone
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            return body[5:].decode("utf-8", errors="replace")
    return None
