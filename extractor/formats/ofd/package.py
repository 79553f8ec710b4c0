"""The package of an OFD file, and how its elements, paths and lists of numbers are read.

What the parts mean is known to ofd/resources.py and ofd/page.py.
"""

import posixpath
from collections.abc import Iterator

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable
from extractor.formats.package import Element, Package, resolve_target

_KIND = "OFD 文件"
_HUGE = 1e6  # millimetres


class OfdPackage(Package):
    """The parts of one OFD file."""

    def __init__(self, source: Source) -> None:
        """Open the package. Raise Encrypted or Unreadable, before a part is inflated."""
        super().__init__(source, _KIND)
        if any(name.rpartition("/")[2] == "encryptions.xml" for name in self.names):
            raise Encrypted(f"{source.name}: {_KIND}已加密，去掉密码后再试")

    def required_part(self, path: str) -> Element:
        """Return the root element of a part. Raise Unreadable if the package lacks it."""
        root = self.tree_of(path)
        if root is None:
            raise Unreadable(f"{self.name}: {_KIND}缺少部件 {path}")
        return root


def resolve_path(base: str, location: str) -> str:
    """Return the path that a location in the part at path `base` refers to.

    >>> resolve_path("Doc_0/Document.xml", "Pages/Page_0/Content.xml")
    'Doc_0/Pages/Page_0/Content.xml'
    >>> resolve_path("Doc_0/Document.xml", "/Doc_0/PublicRes.xml")
    'Doc_0/PublicRes.xml'
    """
    return resolve_target(posixpath.dirname(base), location)


def local(element: Element) -> str:
    """Return the name of an element without its namespace: producers use several."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of this name; none if the element is None."""
    if element is not None:
        for child in element:
            if local(child) == name:
                yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names; None if there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """Return the text of an element without surrounding blanks; "" if it is None."""
    return "" if element is None or element.text is None else element.text.strip()


def numbers_of(text: str | None) -> list[float]:
    """Return the numbers of a list such as a box or matrix, up to the first that is invalid.

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
            break  # not a number, or an impossible length
        numbers.append(number)
    return numbers
