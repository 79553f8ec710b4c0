"""Open a Word package safely: its parts by name, each parsed without entities, network or bombs.

What the parts mean is known to docx/styles.py, docx/numbering.py and docx/body.py.
"""

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable

Element = Any  # lxml ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_LARGEST_MEMBER = 200 << 20  # bytes; the longest reports stay under 20 MB
_HIGHEST_RATIO = 200
_HARMLESS = 10 << 20  # bytes; below this even a perfectly regular document is no danger
_ENCRYPTED_FLAG = 0x1
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
# A strict package says the same things in namespaces of its own.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml|officeDocument)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


class WordPackage:
    """The parts of one Word file. Names are compared without case and with either slash."""

    def __init__(self, source: Source) -> None:
        """Open the archive. Raise Encrypted or Unreadable, before anything is inflated."""
        self.name = source.name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
        except ZIP_DAMAGE as error:
            raise Unreadable(f"{source.name}: Word 文件的压缩包已损坏或不完整") from error
        self._members = {_canonical(info.filename): info for info in self._archive.infolist()}
        for info in self._members.values():
            self._refuse_dangerous(info)
        self._main_name = self._find_main()
        self._relations: dict[str, tuple[str, str]] | None = None
        self.main = b""  # the main part as it is stored, once its body was asked for

    def _refuse_dangerous(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise Encrypted(f"{self.name}: Word 文件的压缩包设有密码，请先解除保护")
        if info.file_size > _LARGEST_MEMBER or _looks_like_a_bomb(info):
            raise Unreadable(f"{self.name}: Word 文件的部件解压后大得异常（{info.filename}），未读取")

    def _find_main(self) -> str:
        relations = self._relations_in("_rels/.rels")
        stated = [target for kind, target in relations.values() if kind == "officeDocument"]
        for name in [*stated, "word/document.xml"]:
            if _canonical(name) in self._members:
                return name
        raise Unreadable(f"{self.name}: Word 文件里没有正文部件（word/document.xml）")

    def bytes_of(self, name: str) -> bytes | None:
        """Return a part as it is stored, inflated, or None where the package lacks it."""
        info = self._members.get(_canonical(name))
        if info is None:
            return None
        try:
            # zipfile never yields more than the declared size, which was checked above.
            return self._archive.read(info)
        except ZIP_DAMAGE as error:
            raise Unreadable(f"{self.name}: Word 文件的部件已损坏（{info.filename}）") from error

    def tree_of(self, name: str) -> Element | None:
        """Return the root element of a part, or None where the package lacks it."""
        data = self.bytes_of(name)
        return None if data is None else self._parsed(name, data)

    def _parsed(self, name: str, data: bytes) -> Element:
        if b"purl.oclc.org" in data:
            data = _STRICT.sub(_TRANSITIONAL, data)
        try:
            root = etree.fromstring(data, _new_parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(f"{self.name}: Word 文件的部件不是完好的 XML（{name}）") from error
        # The format forbids document types, and their entities would hide text from us.
        if root.getroottree().docinfo.doctype:
            raise Unreadable(f"{self.name}: Word 文件的部件带有 DTD 声明（{name}），为安全起见未读取")
        return root

    def bytes_of_styles(self) -> bytes:
        """Return the style part as it is stored, nothing where the package lacks it."""
        return self.bytes_of(posixpath.join(posixpath.dirname(self._main_name), "styles.xml")) or b""

    def body(self) -> Element:
        """Return the w:body element of the main part."""
        self.main = self.bytes_of(self._main_name) or b""
        root = self._parsed(self._main_name, self.main) if self.main else None
        body = None if root is None or root.tag != f"{W}document" else root.find(f"{W}body")
        if body is None:
            raise Unreadable(f"{self.name}: Word 文件的正文部件里没有正文")
        return body

    def related_part(self, kind: str) -> Element | None:
        """Return the root of the part that the main part names as its `kind` (styles, numbering)."""
        for each, target in self._main_relations().values():
            if each == kind:
                return self.tree_of(target)
        return self.tree_of(posixpath.join(posixpath.dirname(self._main_name), f"{kind}.xml"))

    def target(self, relation: str | None) -> str:
        """Return the name of the part behind a relation id of the main part, "" where unknown."""
        return self._main_relations().get(relation or "", ("", ""))[1]

    def properties(self) -> dict[str, str]:
        """Return the core properties that are there: title, author, subject, created, modified."""
        try:
            root = self.tree_of("docProps/core.xml")
        except Unreadable:
            return {}  # properties are an extra; a file that is whole but for them is readable
        found = {} if root is None else {_local(child): (child.text or "").strip() for child in root}
        keys = ("title", "creator", "subject", "created", "modified")
        return {key.replace("creator", "author"): found[key] for key in keys if found.get(key)}

    def _main_relations(self) -> dict[str, tuple[str, str]]:
        if self._relations is None:
            folder, name = posixpath.split(self._main_name)
            self._relations = self._relations_in(posixpath.join(folder, "_rels", f"{name}.rels"))
        return self._relations

    def _relations_in(self, name: str) -> dict[str, tuple[str, str]]:
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


def _new_parser() -> etree.XMLParser:
    # One parser a part: lxml serializes threads that share one.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # keeps libxml2's own limits on depth and on the length of one text
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _canonical(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _local(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]


def _looks_like_a_bomb(info: zipfile.ZipInfo) -> bool:
    # Pictures of one colour shrink without limit and are never inflated here.
    is_text = info.filename.lower().endswith((".xml", ".rels"))
    return is_text and info.file_size > _HARMLESS and info.file_size > _HIGHEST_RATIO * info.compress_size
