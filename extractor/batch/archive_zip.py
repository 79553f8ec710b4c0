"""ZIP archives, member by member."""

from collections.abc import Iterator
from typing import IO

from extractor.batch.archive import ArchiveMember, ArchiveTrouble, UnpackBudget
from extractor.zip_reader import ZipDamaged, ZipMember, ZipReader

# Members that only office documents have: such a ZIP is one document.
_DOCUMENT_PARTS = {"[Content_Types].xml", "OFD.xml", "mimetype", "META-INF/MANIFEST.MF"}


def is_document(stream: IO[bytes]) -> bool:
    """Return whether a ZIP is a document (Word, OFD, OpenDocument). The stream goes back to its start."""
    try:
        members = ZipReader(stream).members
    except ZipDamaged:
        return False
    finally:
        stream.seek(0)
    return any(member.name in _DOCUMENT_PARTS for member in members)


def zip_entries(stream: IO[bytes], budget: UnpackBudget) -> Iterator[ArchiveMember]:
    """Yield the files of a ZIP in the order of its directory.

    Raises:
        ArchiveTrouble: It is damaged.
    """
    try:
        archive = ZipReader(stream)
    except ZipDamaged as error:
        raise ArchiveTrouble("bad-archive", f"ZIP 打不开（{error}）") from error
    for member in archive.members:
        yield from _entry(archive, member)


def _entry(archive: ZipReader, member: ZipMember) -> Iterator[ArchiveMember]:
    if member.is_encrypted:
        trouble = ArchiveTrouble("encrypted", "压缩包里的这个文件有密码")
        yield ArchiveMember(member.name, member.size, None, trouble=trouble)
        return
    try:
        with archive.open(member) as stream:
            yield ArchiveMember(member.name, member.size, stream)
    except ZipDamaged as error:
        trouble = ArchiveTrouble("bad-archive", f"压缩包里的这个文件解不开（{error}）")
        yield ArchiveMember(member.name, member.size, None, trouble=trouble)
