"""Rewrites Word 2003's own XML (w:wordDocument, saved as .xml or .doc) as a present-day package.

Most element names are the same. Others are renamed, and elements that only structure the file (wx:sect) are
replaced by their contents.
"""

import io
from typing import TYPE_CHECKING

from extractor.document import Source
from extractor.errors import Unreadable

if TYPE_CHECKING:
    from extractor.formats.package import Element

_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}"
_NEW = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = b"<w:wordDocument"
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink"}
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
_CHANGES = {"Word.Deletion": "del", "Word.Insertion": "ins"}
# Element in which Word 2003 keeps a part → the part's name in a package, and its root element.
_PARTS = {"body": ("word/document.xml", "document"), "styles": ("word/styles.xml", "styles")}


def is_word_2003(head: bytes) -> bool:
    """Return whether a file with this beginning is Word 2003's XML.

    >>> is_word_2003(b'<?xml version="1.0"?><w:wordDocument>'), is_word_2003(b"<html>")
    (True, False)
    """
    return _MARK in head


def package_of_word_2003(source: Source) -> bytes:
    """Return the ZIP package equivalent to a Word 2003 XML file.

    Raises:
        Unreadable: It is not well-formed, or has no body.
    """
    import zipfile  # these are slow to import and rarely needed

    from lxml import etree

    from extractor.formats.package import new_parser

    try:
        root = etree.fromstring(source.data, new_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{source.name}: Word XML 文件不是完好的 XML") from error
    if root.find(f"{_OLD}body") is None:
        raise Unreadable(f"{source.name}: Word 文件的正文部件里没有正文")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, (part, holder) in _PARTS.items():
            for old in root.findall(f"{_OLD}{name}")[:1]:
                _rewrite(old)
                # Needs an element that binds w: to the present namespace, as later code searches the bytes
                # for <w:strike.
                new = etree.Element(_NEW + holder, nsmap={"w": _NEW[1:-1]})
                new.extend([old] if name == "body" else list(old))
                archive.writestr(part, etree.tostring(new, encoding="UTF-8", xml_declaration=True))
    return buffer.getvalue()


def _rewrite(part: "Element") -> None:
    """Rename every element of a part to its present name, in place."""
    for each in list(part.iter(f"{_OLD}listPr")):
        _write_number(each)
    for each in list(part.iter(f"{_HINT}*", f"{_ANNOTATION}content")):
        _leave_out(each)
    for each in part.iter(f"{_OLD}*", f"{_ANNOTATION}annotation"):
        name = each.tag.rpartition("}")[2]
        if name == "annotation":
            name = _CHANGES.get(each.get(f"{_OLD}type", ""), "bookmarkStart")
        elif name in _NOTES:
            del each[:]  # the text of a note is not part of the text around it
        each.tag = _NEW + _RENAMED.get(name, _NOTES.get(name, name))
        for key in [key for key in each.attrib if key.startswith(_OLD)]:
            each.set(_NEW + key.removeprefix(_OLD), each.attrib.pop(key))


def _leave_out(element: "Element") -> None:
    """Replace an element by its contents."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _write_number(listed: "Element") -> None:
    """Write the list number of a paragraph, as recorded by Word, as text before it."""
    number = listed.find(f"{_HINT}t")
    properties = listed.getparent()
    paragraph = properties.getparent()
    properties.remove(listed)
    if number is None or paragraph is None or paragraph.tag != f"{_OLD}p":
        return
    run = paragraph.makeelement(f"{_OLD}r")
    text = run.makeelement(f"{_OLD}t")
    text.text = number.get(f"{_HINT}val") or ""
    run.append(text)
    paragraph.insert(paragraph.index(properties) + 1, run)
