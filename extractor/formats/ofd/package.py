"""Open an OFD package safely: its parts by path, each parsed without entities, network or bombs.

What the parts mean is known to ofd/resources.py and ofd/page.py.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable
from extractor.formats.docx.package import ZIP_DAMAGE

Element = Any  # lxml ships no types

_LARGEST_MEMBER = 100 << 20  # bytes
_HIGHEST_RATIO = 300
_HARMLESS = 10 << 20  # bytes; below this even a perfectly regular part is no danger
_ENCRYPTED_FLAG = 0x1
_HUGE = 1e6  # millimetres


class OfdPackage:
    """The parts of one OFD file. Paths are compared without case and with either slash."""

    def __init__(self, source: Source) -> None:
        """Open the archive. Raise Encrypted or Unreadable, before anything is inflated."""
        self.name = source.name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
        except ZIP_DAMAGE as error:
            raise Unreadable(f"{source.name}: OFD 文件的压缩包已损坏或不完整") from error
        self._members = {_canonical(info.filename): info for info in self._archive.infolist()}
        locked = any(info.flag_bits & _ENCRYPTED_FLAG for info in self._members.values())
        if locked or any(name.rpartition("/")[2] == "encryptions.xml" for name in self._members):
            raise Encrypted(f"{source.name}: OFD 文件已加密，去掉密码后再试")

    def bytes_of(self, path: str) -> bytes | None:
        """Return a part inflated, None where the package lacks it. Raise Unreadable on damage."""
        info = self._members.get(_canonical(path))
        if info is None:
            return None
        suspicious = info.file_size > _HARMLESS and info.file_size > _HIGHEST_RATIO * info.compress_size
        if info.file_size > _LARGEST_MEMBER or (suspicious and path.lower().endswith(".xml")):
            raise Unreadable(f"{self.name}: OFD 文件的部件解压后大得异常（{info.filename}），未读取")
        try:
            return self._archive.read(info)
        except ZIP_DAMAGE as error:
            raise Unreadable(f"{self.name}: OFD 文件的部件已损坏（{info.filename}）") from error

    def tree_of(self, path: str) -> Element | None:
        """Return the root element of a part, None where the package lacks it."""
        data = self.bytes_of(path)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(f"{self.name}: OFD 文件的部件不是完好的 XML（{path}）") from error
        if root.getroottree().docinfo.doctype:
            raise Unreadable(f"{self.name}: OFD 文件的部件带有 DTD 声明（{path}），为安全起见未读取")
        return root

    def required_part(self, path: str) -> Element:
        """Return the root element of a part. Raise Unreadable where the package lacks it."""
        root = self.tree_of(path)
        if root is None:
            raise Unreadable(f"{self.name}: OFD 文件缺少部件 {path}")
        return root


def resolve_path(base: str, location: str) -> str:
    """Return the path that a location means in the part at path `base`.

    >>> resolve_path("Doc_0/Document.xml", "Pages/Page_0/Content.xml")
    'Doc_0/Pages/Page_0/Content.xml'
    >>> resolve_path("Doc_0/Document.xml", "/Doc_0/PublicRes.xml")
    'Doc_0/PublicRes.xml'
    """
    location = location.strip().replace("\\", "/")
    joined = posixpath.join("/", posixpath.dirname(base), location)
    return posixpath.normpath(joined).lstrip("/")


def _canonical(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/")).lstrip("/").lower()


def local(element: Element) -> str:
    """Return the name of an element without its namespace: producers use several."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of this name; none of no element."""
    if element is not None:
        for child in element:
            if local(child) == name:
                yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names, None where there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Return the text of an element without blanks at its ends, "" of no element."""
    return "" if element is None or element.text is None else element.text.strip()


def numbers_of(text: str | None) -> list[float]:
    """Return the numbers of a list such as a box or a matrix; what is no number ends it.

    >>> numbers_of("0 0 210 297")
    [0.0, 0.0, 210.0, 297.0]
    """
    numbers: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            number = float(word)
        except ValueError:
            break
        if not abs(number) < _HUGE:
            break  # not a number, or no length of this world
        numbers.append(number)
    return numbers
