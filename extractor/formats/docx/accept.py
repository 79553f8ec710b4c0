"""Rewrites the body of a Word file in place into an equivalent of the plainest form.

Changes are accepted, wrappers removed, branches chosen, and fields replaced by their results. What remains
are paragraphs, tables and runs, which all readers of the format understand alike.
"""

from collections.abc import Iterator

from extractor.formats.docx.alternatives import ALTERNATE, SDT, contents_of
from extractor.formats.docx.fields import drawn_text
from extractor.formats.docx.math import write_formula
from extractor.formats.docx.package import W
from extractor.formats.docx.styles import Styles, is_on, read_properties, value_of
from extractor.formats.docx.symbols import symbol
from extractor.formats.docx.text import (
    BOX,
    MATH,
    TBL,
    WRAPPERS,
    P,
    R,
    T,
    plain_text,
)
from extractor.formats.package import Element

NUMBER = "number"  # attribute of a w:p: its index among the paragraphs outside tables
_JOINED = "joined"  # attribute of a w:p: how many paragraphs were merged into it
_PROPERTIES = frozenset(W + name for name in ("rPr", "trPr", "tcPr", "pPr", "numPr"))
_SHOWN = frozenset(W + name for name in ("t", "tab", "ptab", "br", "cr", "noBreakHyphen"))
_NOTE_MARKS = (f"{W}footnoteReference", f"{W}endnoteReference")


def make_plain(body: Element, styles: Styles) -> None:
    """Rewrite a w:body in place; paragraphs outside tables get their index as an attribute."""
    _choose_branches(body)
    _remove(each for each in body.iter(f"{W}del", f"{W}moveFrom") if not _is_property(each))
    _remove(each for each in body.iter(f"{W}tr") if _row_is_gone(each))
    _remove(each.getparent().getparent() for each in body.iter(f"{W}cellDel"))
    _unwrap(each for each in body.iter(*WRAPPERS, SDT) if not _is_property(each))
    _remove(each for each in body.iter(R) if _is_hidden(each, styles))
    for paragraph in list(body.iter(P)):
        _settle_fields(paragraph)
        _settle_runs(paragraph)
    for paragraph in list(body.iter(P)):
        _join_next(paragraph)
    _place_boxes(body)
    _number(body)


def _remove(elements: Iterator[Element]) -> None:
    for element in list(elements):
        element.getparent().remove(element)


def _unwrap(elements: Iterator[Element]) -> None:
    for element in list(elements):
        for child in contents_of(element) if element.tag == SDT else list(element):
            for each in list(child) if element.tag == SDT else [child]:
                element.addprevious(each)
        element.getparent().remove(element)


def _choose_branches(body: Element) -> None:
    for element in list(body.iter(ALTERNATE)):
        for branch in list(contents_of(element)):
            for child in list(branch):
                element.addprevious(child)
        element.getparent().remove(element)


def _is_property(element: Element) -> bool:
    return element.getparent().tag in _PROPERTIES


def _row_is_gone(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    if properties is None:
        return False
    return properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))


def _number(body: Element) -> None:
    count = 0
    for paragraph in body.iter(P):
        if next(paragraph.iterancestors(TBL), None) is None:
            paragraph.set(NUMBER, str(count + 1))
            count += int(paragraph.get(_JOINED, "1"))


def _is_hidden(run: Element, styles: Styles) -> bool:
    if run.find(f"{W}fldChar") is not None:
        return False
    vanish = run.find(f"{W}rPr/{W}vanish")
    if vanish is not None:
        return is_on(vanish)
    if not styles.any_hidden:
        return False
    paragraph = next(run.iterancestors(P), None)
    own = value_of(None if paragraph is None else paragraph.find(f"{W}pPr"), "pStyle")
    return styles.paragraph(own).hidden or styles.hides(value_of(run.find(f"{W}rPr"), "rStyle"))


def _settle_fields(paragraph: Element) -> None:
    """Remove field instructions that begin and end in this paragraph.

    Write the text that Word draws for them.
    """
    open_fields: list[list[Element]] = []  # elements of each instruction so far
    waiting = 0  # number of fields whose results end in a later paragraph
    for element in _in_runs(paragraph):
        kind = element.get(f"{W}fldCharType") if element.tag == f"{W}fldChar" else None
        if kind == "begin":
            open_fields.append([])
        elif kind == "separate" and open_fields:
            _remove(iter(open_fields.pop()))
            waiting += 1
        elif kind == "end" and waiting:
            waiting -= 1
        elif kind == "end" and open_fields:
            _draw(element, open_fields.pop())
        elif kind is None and open_fields and element.tag != f"{W}rPr":
            open_fields[-1].append(element)


def _draw(end: Element, instruction: list[Element]) -> None:
    code = "".join(each.text or "" for each in instruction if each.tag == f"{W}instrText")
    _remove(iter(instruction))
    end.addnext(_new_text(end, drawn_text(code)))


def _in_runs(paragraph: Element) -> list[Element]:
    """Return the content of a paragraph's runs, without that of text boxes."""
    runs = [run for run in paragraph.iter(R) if next(run.iterancestors(P)) is paragraph]
    return [each for run in runs for each in run]


def _settle_runs(paragraph: Element) -> None:
    for ruby in list(paragraph.iter(f"{W}ruby")):
        for run in ruby.iterfind(f"{W}rubyBase/{R}"):
            for child in list(run):
                ruby.addprevious(child)
        ruby.getparent().remove(ruby)
    for formula in [each for each in paragraph if each.tag.startswith(MATH)]:
        run = formula.makeelement(R)
        run.append(_new_text(formula, write_formula(formula)))
        paragraph.replace(formula, run)
    for element in _in_runs(paragraph):
        if element.tag == f"{W}sym":
            element.getparent().replace(element, _new_text(element, symbol(element)))
        elif element.tag == T:
            element.text = plain_text(element)
        elif element.tag in _NOTE_MARKS and element.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            _remove(element.itersiblings())
    _settle_page_breaks(_in_runs(paragraph))


def _settle_page_breaks(elements: list[Element]) -> None:
    """Turn page breaks between text into line breaks; python-docx omits all others."""
    breaks = {each for each in elements if each.get(f"{W}type") in ("page", "column")}
    shown = [at for at, each in enumerate(elements) if each not in breaks and each.tag in _SHOWN]
    shown = [at for at in shown if elements[at].tag != T or elements[at].text]
    for at, each in enumerate(elements):
        if each in breaks and shown and shown[0] < at < shown[-1]:
            del each.attrib[f"{W}type"]


def _new_text(near: Element, text: str) -> Element:
    element = near.makeelement(T)
    element.text = text
    return element


def _join_next(paragraph: Element) -> None:
    if not read_properties(paragraph).deleted:
        return
    following = paragraph.getnext()
    if following is None or following.tag != P:
        return
    place = 0 if following.find(f"{W}pPr") is None else 1
    following[place:place] = [each for each in paragraph if each.tag != f"{W}pPr"]
    following.set(_JOINED, str(int(paragraph.get(_JOINED, "1")) + 1))
    paragraph.getparent().remove(paragraph)


def _place_boxes(body: Element) -> None:
    """Put the contents of each text box right after the paragraph that anchors it."""
    for box in reversed(list(body.iter(BOX))):
        anchor = next(box.iterancestors(P))
        for child in reversed(list(box)):
            anchor.addnext(child)
