"""Reads untrusted ZIP files: with limits, and with one exception for all errors that damage causes.

Packages of documents (Word, OFD, spreadsheets) and archives of documents are both opened here.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from msgspec import Struct

from extractor.encoding import decode_name

_LARGEST = 200 << 20  # bytes of one member of a document; the longest reports stay under 20 MB
_LARGEST_TOGETHER = 1 << 30  # bytes of all members of a document: several may share the same data
_HIGHEST_RATIO = 300
_HARMLESS = 10 << 20  # bytes; smaller members are harmless at any compression ratio
_NEEDS_PASSWORD = 0x1
_SAYS_UTF8 = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field
# All exceptions that zipfile raises for damaged files.
ZIP_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class ZipRefused(Exception):
    """A ZIP file or member that was not read. The message is the member's name or the damage."""


class ZipDamaged(ZipRefused):
    """The archive or the member is damaged or cut short."""


class ZipEncrypted(ZipRefused):
    """The member needs a password."""


class ZipTooLarge(ZipRefused):
    """The member inflates to more than any part of a document has."""


class ZipMember(Struct, frozen=True):
    """A file in a ZIP, with the size declared in the directory."""

    name: str
    size: int
    packed_size: int
    is_encrypted: bool
    info: zipfile.ZipInfo


class ZipReader:
    """An open ZIP file. zipfile never yields more of a member than the declared size."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read the directory. Raise ZipDamaged if it is missing or incomplete."""
        try:
            self._archive = zipfile.ZipFile(stream)
        except ZIP_DAMAGE as error:
            raise ZipDamaged(str(error)) from error
        self.members = tuple(_members_of(self._archive.infolist()))

    @contextmanager
    def open(self, member: ZipMember) -> Iterator[IO[bytes]]:
        """Open a member as a stream. Raise ZipDamaged if its header is damaged.

        Damage further on makes the stream raise one of ZIP_DAMAGE.
        """
        try:
            stream = self._archive.open(member.info)
        except ZIP_DAMAGE as error:
            raise ZipDamaged(str(error)) from error
        with stream:
            yield stream

    def read(self, member: ZipMember) -> bytes:
        """Return the content of a member. Raise ZipRefused as refuse_hostile() does, or for damage."""
        refuse_hostile([member])
        try:
            return self._archive.read(member.info)
        except ZIP_DAMAGE as error:
            raise ZipDamaged(member.name) from error

    def close(self) -> None:
        """Close the directory; the stream stays open."""
        self._archive.close()


def refuse_hostile(members: Iterable[ZipMember]) -> None:
    """Refuse members that no genuine document has, before anything is inflated.

    Raises:
        ZipEncrypted: A member needs a password.
        ZipTooLarge: A member, or all of them together, inflate to too much.
    """
    together = 0
    for member in members:
        together += member.size
        if member.is_encrypted:
            raise ZipEncrypted(member.name)
        if member.size > _LARGEST or together > _LARGEST_TOGETHER or _is_like_a_bomb(member):
            raise ZipTooLarge(member.name)


def _is_like_a_bomb(member: ZipMember) -> bool:
    # Pictures of one colour also compress extremely, but they are not parsed.
    is_text = member.name.lower().endswith((".xml", ".rels"))
    return is_text and member.size > _HARMLESS and member.size > _HIGHEST_RATIO * member.packed_size


def _members_of(infos: Iterable[zipfile.ZipInfo]) -> Iterator[ZipMember]:
    for info in infos:
        name = name_of(info)
        if not name.endswith("/"):
            is_encrypted = bool(info.flag_bits & _NEEDS_PASSWORD)
            yield ZipMember(name, info.file_size, info.compress_size, is_encrypted, info)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as its author saw it.

    Without the UTF-8 flag, a name is in an encoding that the archive does not state.
    """
    if told := _unicode_path(info.extra):
        return told
    if info.flag_bits & _SAYS_UTF8:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")  # zipfile decoded it as cp437; undo that
    return decode_name(raw).replace("\\", "/")


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(body) > 5 and body[0] == 1:
            return body[5:].decode("utf-8", errors="replace")
    return None
