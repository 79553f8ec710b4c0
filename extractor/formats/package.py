"""The ZIP package of one document: its parts by name, parsed safely: no entities, no network, limited size.

What the parts mean is known to the readers of Word, OFD and spreadsheets.
"""

import io
import posixpath
from typing import Any

from lxml import etree

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable
from extractor.zip_reader import ZipDamaged, ZipEncrypted, ZipReader, ZipRefused, ZipTooLarge, refuse_hostile

Element = Any  # lxml has no type annotations


class Package:
    """The parts of one file. Names ignore case and the kind of slash."""

    def __init__(self, source: Source, kind: str) -> None:
        """Open the package; `kind` is its name in messages.

        Raises:
            Encrypted: It has a password.
            Unreadable: It is damaged, or a part would inflate to too much. Nothing is inflated yet.
        """
        self.name = source.name
        self._kind = kind
        try:
            self._archive = ZipReader(io.BytesIO(source.data))
        except ZipDamaged as error:
            raise Unreadable(f"{self.name}: {kind}的压缩包已损坏或不完整") from error
        self._members = {_canonical(member.name): member for member in self._archive.members}
        try:
            refuse_hostile(self._archive.members)
        except ZipRefused as error:
            raise self._refusal(error) from error

    def _refusal(self, error: ZipRefused) -> Unreadable:
        match error:
            case ZipEncrypted():
                return Encrypted(f"{self.name}: {self._kind}已加密，去掉密码后再试")
            case ZipTooLarge():
                return Unreadable(f"{self.name}: {self._kind}的部件解压后大得异常（{error}），未读取")
        return Unreadable(f"{self.name}: {self._kind}的部件已损坏（{error}）")

    def __contains__(self, name: str) -> bool:
        """Return whether the package has a part of this name."""
        return _canonical(name) in self._members

    @property
    def names(self) -> frozenset[str]:
        """The names of all parts, in lower case."""
        return frozenset(self._members)

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part inflated, None if the package lacks it. Raise Unreadable on damage."""
        member = self._members.get(_canonical(name))
        if member is None:
            return None
        try:
            return self._archive.read(member)
        except ZipRefused as error:
            raise self._refusal(error) from error

    def tree_of(self, name: str) -> Element | None:
        """Return the root element of a part, None if the package lacks it. Raise Unreadable on damage."""
        data = self.bytes_of(name)
        return None if data is None else self.parsed(name, data)

    def parsed(self, name: str, data: bytes) -> Element:
        """Return the root element of the XML of a part. Raise Unreadable if it is not well-formed."""
        try:
            root = etree.fromstring(data, new_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(f"{self.name}: {self._kind}的部件不是完好的 XML（{name}）") from error
        # these formats forbid document types, whose entities could hide text
        if root.getroottree().docinfo.doctype:
            raise Unreadable(f"{self.name}: {self._kind}的部件带有 DTD 声明（{name}），为安全起见未读取")
        return root


def new_parser() -> etree.XMLParser:
    """Return a parser for untrusted XML. One per part, as lxml serializes threads that share a parser."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # keeps libxml2's own limits of depth and text length
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def resolve_target(folder: str, target: str) -> str:
    """Return the name of the part that a reference, made in a part of this folder, points to.

    >>> resolve_target("xl/worksheets", "../drawings/drawing1.xml"), resolve_target("xl", "/xl/styles.xml")
    ('xl/drawings/drawing1.xml', 'xl/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, target.strip().replace("\\", "/"))).lstrip("/")


def _canonical(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()
