"""The package of a Word file: its main part, the parts that it names, and its properties.

What the parts mean is known to docx/styles.py, docx/numbering.py and docx/body.py.
"""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats.package import Element, Package
from extractor.patterns import kept_pattern

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# A strict package uses other namespaces for the same elements.
_STRICT = kept_pattern(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml|officeDocument)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


class WordPackage(Package):
    """The parts of one Word file."""

    def __init__(self, source: Source) -> None:
        """Open the package. Raise Encrypted or Unreadable, before any part is inflated."""
        super().__init__(source, "Word 文件")
        self._main_name = self._find_main()
        self._relations: dict[str, tuple[str, str]] | None = None
        self.main = b""  # the main part in UTF-8, once its body has been read
        self._body: Element = None

    def _find_main(self) -> str:
        relations = self.relations_in("_rels/.rels")
        stated = [target for kind, target in relations.values() if kind == "officeDocument"]
        for name in [*stated, "word/document.xml"]:
            if name in self:
                return name
        raise Unreadable(f"{self.name}: Word 文件里没有正文部件（word/document.xml）")

    def parsed(self, name: str, data: bytes) -> Element:
        """Return the root of a part, with the namespaces of transitional files.

        Raise Unreadable on damage.
        """
        if b"purl.oclc.org" in data:
            data = _STRICT.sub(_TRANSITIONAL, data)
        return super().parsed(name, data)

    def beside_main(self, name: str) -> str:
        """Return the name of a part in the folder of the main part."""
        return posixpath.join(posixpath.dirname(self._main_name), name)

    def bytes_of_styles(self) -> bytes:
        """Return the bytes of the style part in UTF-8; empty if there is none."""
        name = self.beside_main("styles.xml")
        data = self.bytes_of(name) or b""
        return data if not data or _is_utf8(data) else _written(self.parsed(name, data))

    def body(self) -> Element:
        """Return the w:body element of the main part."""
        main = self.bytes_of(self._main_name) or b""
        root = self.parsed(self._main_name, main) if main else None
        body = None if root is None or root.tag != f"{W}document" else root.find(f"{W}body")
        if body is None:
            raise Unreadable(f"{self.name}: Word 文件的正文部件里没有正文")
        self.main = main if _is_utf8(main) else _written(root)
        self._body = body
        return body

    def elements(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of the body, once it has been read, that have one of these names.

        libxml2 knows all names of a document, so asking for those that do not occur costs nothing.
        """
        found: Iterator[Element] = self._body.iter(*tags)
        return found

    def has(self, *tags: str) -> bool:
        """Return whether the body has an element of one of these names."""
        return next(self.elements(*tags), None) is not None

    def related_part(self, kind: str) -> Element | None:
        """Return the root of the part that the main part names as its `kind` (styles, numbering)."""
        for each, target in self._main_relations().values():
            if each == kind:
                return self.tree_of(target)
        return self.tree_of(posixpath.join(posixpath.dirname(self._main_name), f"{kind}.xml"))

    def target(self, relation: str | None) -> str:
        """Return the name of the part with a relation id of the main part; "" if it is unknown."""
        return self._main_relations().get(relation or "", ("", ""))[1]

    def properties(self) -> dict[str, str]:
        """Return the core properties that are set: title, author, subject, created, modified."""
        try:
            root = self.tree_of("docProps/core.xml")
        except Unreadable:
            return {}  # a file with damaged properties is still readable
        found = {} if root is None else {_local(child): (child.text or "").strip() for child in root}
        keys = ("title", "creator", "subject", "created", "modified")
        return {key.replace("creator", "author"): found[key] for key in keys if found.get(key)}

    def _main_relations(self) -> dict[str, tuple[str, str]]:
        if self._relations is None:
            folder, name = posixpath.split(self._main_name)
            self._relations = self.relations_in(posixpath.join(folder, "_rels", f"{name}.rels"))
        return self._relations

    def relations_in(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part by their ids: the last word of the type, and the target's name."""
        root = self.tree_of(name)
        if root is None:
            return {}
        base = posixpath.dirname(posixpath.dirname(name))
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", base, each.get("Target", "").replace("\\", "/"))),
            )
            for each in root
            if each.get("TargetMode") != "External"
        }


# The beginning of a part that is surely in UTF-8: nothing else is declared.
_UTF8 = kept_pattern(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^>]*encoding)[^>]*\?>|"
    rb"<\?xml[^>]*encoding\s*=\s*[\"'](?:utf-8|us-ascii)[\"'][^>]*\?>|<[A-Za-z_])",
    re.IGNORECASE,
)


def _is_utf8(part: bytes) -> bool:
    return _UTF8.match(part) is not None


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root, encoding="utf-8")
    return written


def _local(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]
