"""Word 2003's own XML (w:wordDocument, saved as .xml or .doc), rewritten as today's package.

Both markups name almost everything alike. Where they differ, an element gets today's name; what only
tells a reader where things are (wx:sect) is left out, its contents kept.
"""

import io

from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats.package import Element, new_parser

_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}"
_NEW = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = b"<w:wordDocument"
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge", "hlink": "hyperlink"}
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}
_CHANGES = {"Word.Deletion": "del", "Word.Insertion": "ins"}
# By the element that Word 2003 keeps a part in: its name in a package, and the element around it there.
_PARTS = {"body": ("word/document.xml", "document"), "styles": ("word/styles.xml", "styles")}


def is_word_2003(head: bytes) -> bool:
    """Say whether a file that begins so is Word 2003's XML.

    >>> is_word_2003(b'<?xml version="1.0"?><w:wordDocument>'), is_word_2003(b"<html>")
    (True, False)
    """
    return _MARK in head


def package_of_word_2003(source: Source) -> bytes:
    """Return the ZIP package that today's Word would write of a Word 2003 XML file.

    Raises:
        Unreadable: It is not well-formed, or has no body.
    """
    import zipfile  # both are heavy, and such a file is rare

    from lxml import etree

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
                # Under an element that binds w: to today's markup: others look for <w:strike in the bytes.
                new = etree.Element(_NEW + holder, nsmap={"w": _NEW[1:-1]})
                new.extend([old] if name == "body" else list(old))
                archive.writestr(part, etree.tostring(new, encoding="UTF-8", xml_declaration=True))
    return buffer.getvalue()


def _rewrite(part: Element) -> None:
    """Give every element of a part today's name, in place."""
    for each in list(part.iter(f"{_OLD}listPr")):
        _write_number(each)
    for each in list(part.iter(f"{_HINT}*", f"{_ANNOTATION}content")):
        _leave_out(each)
    for each in part.iter(f"{_OLD}*", f"{_ANNOTATION}annotation"):
        name = each.tag.rpartition("}")[2]
        if name == "annotation":
            name = _CHANGES.get(each.get(f"{_OLD}type", ""), "bookmarkStart")
        elif name in _NOTES:
            del each[:]  # the text of a note is no text of the place that it is for
        each.tag = _NEW + _RENAMED.get(name, _NOTES.get(name, name))
        for key in [key for key in each.attrib if key.startswith(_OLD)]:
            each.set(_NEW + key.removeprefix(_OLD), each.attrib.pop(key))


def _leave_out(element: Element) -> None:
    """Put what an element holds into its place."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _write_number(listed: Element) -> None:
    """Put the number that Word printed before a paragraph of a list where it is seen, as text."""
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
