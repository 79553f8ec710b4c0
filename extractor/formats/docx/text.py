"""The text of one Word paragraph: runs, breaks, symbols, fields; with tracked changes accepted.

Other content of the paragraph (text boxes, pictures, embedded objects) is returned separately or counted.
"""

from collections import Counter
from collections.abc import Callable

from msgspec import Struct

from extractor.document import UnreadKind
from extractor.formats.docx.alternatives import ALTERNATE, SDT, contents_of
from extractor.formats.docx.anchored import described, is_opaque, strays
from extractor.formats.docx.fields import Fields, chosen_of
from extractor.formats.docx.looks import RunLooks, is_cut_off
from extractor.formats.docx.marks import mark
from extractor.formats.docx.math import write_formula
from extractor.formats.docx.package import RELATION, VAL, W
from extractor.formats.docx.styles import SPEC_VANISH, Styles, is_on, properties_in, value_of
from extractor.formats.docx.symbols import symbol
from extractor.formats.package import Element
from extractor.numerals import is_whole_number
from extractor.patterns import kept_pattern

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"

P, TBL, R, T, RPR = (W + name for name in ("p", "tbl", "r", "t", "rPr"))
BOX = f"{W}txbxContent"
# Elements that are only wrappers; with changes accepted, insertions are too.
WRAPPERS = frozenset(
    W + name
    for name in (
        "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo", "sdtContent",
    )
)  # fmt: skip

_PAGE_BREAK = "\f"
_BLANKS = " \t\r\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GRAPHICS = {
    f"{_DRAWING}picture}}pic": "image",
    "{urn:schemas-microsoft-com:vml}imagedata": "image",
    f"{_DRAWING}chart}}chart": "chart",
    f"{_DRAWING}diagram}}relIds": "chart",
}


class Inline(Struct, frozen=True):
    """The content of one paragraph."""

    text: str
    boxes: tuple[Element, ...] = ()  # w:txbxContent, in order


class InlineReader:
    """Reads paragraphs one after another; fields may continue from one to the next."""

    def __init__(
        self,
        styles: Styles,
        looks: RunLooks,
        *,
        placeholders: bool = True,
        file_of: Callable[[str], bytes | None] = lambda relation: None,
    ) -> None:
        """Take the styles, which can hide text, and the display properties of runs.

        `placeholders` is False if no control of the document shows one, so that none is looked for;
        `file_of` returns the file that a relation of the main part names, such as a picture.
        """
        self._file_of = file_of
        self.seen: Counter[str] = Counter()  # numbers of images, objects, charts and footnotes
        self._styles = styles
        self._fields = Fields()
        self._boxes: list[Element] = []
        self._hidden = False
        self._looks = looks
        self._placeholders = placeholders
        self._look = "plain"
        self._forced: str = ""  # the mark for all text here, if it is cut off, rotated, or in a text box
        self.in_cell = False
        self.in_box = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing around the next paragraph changes how its text is read."""
        return not (self._looks.careful or self._placeholders or self.in_box or self._fields.in_field)

    def read(self, paragraph: Element, *, hidden: bool = False) -> Inline:
        """Return the visible text and the text boxes of a w:p; `hidden` by its style."""
        self._boxes = []
        self._hidden = hidden
        self._forced = self._kind_around(paragraph)
        self._gather(paragraph)
        return Inline(self._take(), tuple(self._boxes))

    def _take(self) -> str:
        text = self._fields.take()
        if _PAGE_BREAK in text:
            text = text.strip(_PAGE_BREAK).replace(_PAGE_BREAK, "\n")
        return text

    def _gather(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._read_run(child)
            elif tag in _TURNING and child.get(VAL) == "rtl":
                self._gather_turned(child)
            elif tag in WRAPPERS:
                self._gather(child)
            elif tag == SDT and is_on(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
                self._gather_as("field", child.find(f"{W}sdtContent"))
            elif tag in (SDT, ALTERNATE):
                for content in contents_of(child):
                    self._gather(content)
            elif tag.startswith(MATH):
                self._fields.put(write_formula(child))

    def _kind_around(self, paragraph: Element) -> str:
        """Return the mark for all text of this paragraph (hidden, field, overlay), "" if it is plain."""
        if self._looks.cutting and is_cut_off(paragraph):
            return "hidden"
        if not self.in_cell:
            return ""
        if self._placeholders:
            controls = paragraph.iterancestors(SDT)
            if any(is_on(each.find(f"{W}sdtPr/{W}showingPlcHdr")) for each in controls):
                return "field"
        if not self.in_box:
            return ""
        return "order" if strays(paragraph) else "cover" if is_opaque(paragraph) else "overlay"

    def _gather_as(self, kind: str, parent: Element | None) -> None:
        """Read an element's text as a guess: it is marked with `kind`, so that it never counts as printed."""
        if parent is None:
            return
        before, self._forced = self._forced, kind
        self._gather(parent)
        self._forced = before

    def _gather_turned(self, element: Element) -> None:
        """Read text that runs from right to left: one number that does so can be told."""
        texts = list(element.iter(T))
        if element.tag == f"{W}bdo" and len(texts) == 1 and not self._forced and self._look == "plain":
            self._fields.put("\u202e")
            self._gather(element)
            self._fields.put("\u202c")
        else:
            self._gather_as("order", element)

    def _put(self, text: str) -> None:
        kind = self._forced or self._look
        self._fields.put(text if kind == "plain" or not text else mark(kind, text))

    def _read_run(self, run: Element) -> None:
        hidden = "absent" if self._hidden else ""
        fields = self._fields
        if self._looks.careful:
            self._look = self._looks.kind(run, properties_in(run, RPR))
        for child in run:
            tag = child.tag
            if tag == RPR:
                hidden = self._hidden_as(child)
            elif tag == _FIELD:  # even if hidden, or the field would never end
                self._read_field_mark(child)
            elif hidden:
                if tag == T and self.in_cell and child.text:
                    fields.put(mark(hidden, child.text))
            elif tag == T:
                text = plain_text(child)
                self._put(self._looks.drawn(run, text) if self._look == "glyphs" else text)
            elif tag in _SIGNS:
                fields.put(_SIGNS[tag])
            else:
                self._read_special(child, tag)
                if tag in _NOTE_MARKS and child.get(f"{W}customMarkFollows") in ("1", "true", "on"):
                    return  # the rest of the run is the footnote's own mark

    def _read_special(self, child: Element, tag: str) -> None:
        if tag == f"{W}br":
            self._fields.put("\n" if child.get(f"{W}type", "textWrapping") == "textWrapping" else _PAGE_BREAK)
        elif tag == f"{W}instrText":
            self._fields.instruct(child.text or "")
        elif tag == f"{W}sym":
            self._put(symbol(child))
        elif tag == f"{W}ruby":
            for base in child.iterfind(f"{W}rubyBase"):
                self._gather(base)
        elif tag == ALTERNATE:
            for content in contents_of(child):
                self._read_run(content)
        else:
            self._read_unread(child, tag)

    def _read_unread(self, child: Element, tag: str) -> None:
        """Count objects, pictures and notes, whose text is not the paragraph's; collect text boxes."""
        if tag == f"{W}object":
            self.seen["object"] += 1
            self._leave_picture(child, "object")
        elif tag in (f"{W}drawing", f"{W}pict"):
            boxes, pictures = len(self._boxes), self.seen.total()
            self._look_into(child)
            if self.seen.total() > pictures or next(child.iter(*_BLIPS), None) is not None:
                self._leave_picture(child, "picture")
            elif len(self._boxes) == boxes:
                self._leave_drawing(child)
        elif tag in _NOTE_MARKS:
            self.seen["footnote"] += 1

    def _leave_picture(self, graphic: Element, kind: UnreadKind) -> None:
        """In a cell, leave a mark for a picture or object, with the number if it shows nothing else."""
        if not self.in_cell:
            return
        blips = [each.get(name) for each in graphic.iter(*_BLIPS) for name in _LINKS if each.get(name)]
        data = self._file_of(blips[0]) if len(blips) == 1 else None
        number = None
        if data:
            from extractor.formats.picture_number import number_in_file  # Pillow, which few Word files need

            number = number_in_file(data)
        shown = mark("picture-number", number) if number else mark(kind, described(graphic))
        self._fields.put(shown)

    def _leave_drawing(self, graphic: Element) -> None:
        """In a cell, leave a mark for a drawing, with the number of a word art that shows nothing else."""
        words = [each.get("string", "").strip() for each in graphic.iter("{*}textpath") if each.get("string")]
        if self.in_cell and len(words) == 1 and is_whole_number(words[0]):
            self._fields.put(mark("picture-number", words[0]))
        else:
            self._leave_unread("drawing", described(graphic))

    def _leave_unread(self, kind: UnreadKind, guess: str = "") -> None:
        """In a cell, leave a mark for content that is not text, so that the cell is not taken for blank."""
        if self.in_cell:
            self._fields.put(mark(kind, guess))

    def _read_field_mark(self, element: Element) -> None:
        """Process a w:fldChar; for a legacy form field, also its displayed value."""
        kind = element.get(f"{W}fldCharType", "")
        form = element.find(f"{W}ffData")
        before = self._fields.instruction if kind == "end" and self.in_cell else None
        self._fields.mark(kind)
        if before is not None and before.split()[:1] and before.split()[0].upper() not in _SILENT_FIELDS:
            self._leave_unread("field")
        if form is None:
            return
        if form.find(f"{W}ddList") is not None:
            self._fields.hold(chosen_of(form))
        elif form.find(f"{W}checkBox") is not None and self.in_cell:
            self._fields.hold(mark("field"))

    def _look_into(self, graphic: Element) -> None:
        """Collect the text boxes of a drawing, and count its pictures."""
        for child in graphic:
            tag = child.tag
            if tag == BOX:
                self._boxes.append(child)
            elif tag == ALTERNATE:
                for content in contents_of(child):
                    self._look_into(content)
            else:
                if tag in _GRAPHICS:
                    self.seen[_GRAPHICS[tag]] += 1
                self._look_into(child)

    def _hidden_as(self, properties: Element) -> str:
        """Return the mark for hidden text of a run with these properties, "" if it is not hidden."""
        for vanish in properties.iterchildren(_VANISH):
            if not is_on(vanish):
                return ""
            of_mark = next(properties.iterchildren(SPEC_VANISH), None)  # it is meant for paragraph marks
            return "absent" if of_mark is None else "hidden"
        by_style = self._styles.any_hidden and self._styles.hides(value_of(properties, "rStyle"))
        if self._hidden and by_style:
            return "hidden"  # two styles that both hide may cancel each other
        return "absent" if self._hidden or by_style else ""


# Fields that show nothing at their place, and those that are drawn.
_SILENT_FIELDS = (
    "XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "EQ", "FORMDROPDOWN", "FORMCHECKBOX",
)  # fmt: skip
_TURNING = (f"{W}dir", f"{W}bdo")
_BLIPS = ("{*}blip", "{*}imagedata")
_LINKS = tuple(RELATION.replace("}id", f"}}{name}") for name in ("embed", "id"))
_FIELD, _VANISH = f"{W}fldChar", f"{W}vanish"
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTE_MARKS = frozenset((f"{W}footnoteReference", f"{W}endnoteReference"))


def plain_text(element: Element) -> str:
    """Return the text that Word shows for a w:t: trimmed unless preserved, line ends as blanks."""
    text: str = element.text or ""
    if text and (text[0] in _BLANKS or text[-1] in _BLANKS) and element.get(_SPACE) != "preserve":
        text = text.strip(_BLANKS)  # as Word does
    # In a w:t a line end is a blank; only w:br breaks a line.
    return kept_pattern(r"\s*[\r\n]\s*").sub(" ", text) if "\n" in text or "\r" in text else text
