"""Writes a report as a PDF object by object, so that a cell may hold any operators and resources."""

from msgspec import Struct, field
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # no stubs

from .pdf_sheet import FONT, PdfManner, Sheet

WIDTH, HEIGHT = 595.0, 842.0
_CJK = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>"
    "/DW 1000/W[1[207 270 342 467 462 797 710 239 374] 10[374 423 605 238 375 238 334] 17 26 462 814 939 500]"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    "/ItalicAngle 0/Ascent 752/Descent -271/CapHeight 737/StemV 58>>>>]>>"
)
_LATIN = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


class PdfPage(Struct):
    """One page: its operators, and the entries of its dictionary beside the usual ones."""

    operators: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    entries: str = ""


class ObjectSheet(Sheet):
    """Pages with the interface of the other sheets; lengths in points, y downwards in that interface.

    `/F` is the font of the text, `/H` is Helvetica. Resources that a drawing needs are added by `resource`,
    once for the whole file.
    """

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.manner = PdfManner()
        self.width, self.height = WIDTH, HEIGHT
        self.pages: list[PdfPage] = []
        self.page = 0
        self.catalog = ""  # further entries
        self._objects: list[bytes] = []
        self._resources: dict[str, dict[str, str]] = {"Font": {}}
        self.resource("Font", "F", _CJK)
        self.resource("Font", "H", _LATIN)
        self.break_page()

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        self.pages.append(PdfPage())
        self.page += 1
        self.y = 56.0

    def add(self, text: str, stream: bytes | None = None) -> str:
        """Add an object, a stream if there is one, and return a reference to it."""
        body = text.encode("latin-1")
        if stream is not None:
            body = body.replace(b"<<", b"<</Length %d" % len(stream), 1)
            body += b"\nstream\n" + stream + b"\nendstream"
        self._objects.append(body)
        return f"{len(self._objects)} 0 R"

    def knows(self, kind: str, name: str) -> bool:
        """Say whether a resource was added."""
        return name in self._resources.get(kind, {})

    def resource(self, kind: str, name: str, text: str, stream: bytes | None = None) -> str:
        """Add a resource of a kind under a name, if it is not there yet, and return the name."""
        known = self._resources.setdefault(kind, {})
        if name not in known:
            known[name] = self.add(text, stream)
        return name

    def draw(self, operators: str) -> None:
        """Add operators to the page, in page space: y upwards."""
        self.pages[-1].operators.append(operators)

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line whose top is at y."""
        codes = text.encode("utf-16-be").hex()
        self.draw(f"BT /F {size} Tf {x:.2f} {HEIGHT - y - size * 0.88:.2f} Td <{codes}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line."""
        self.draw(f"0.5 w {x0:.2f} {HEIGHT - y0:.2f} m {x1:.2f} {HEIGHT - y1:.2f} l S")

    def finish(self) -> bytes:
        """Return the bytes of the whole file."""
        listed = "".join(
            f"/{kind}<<{''.join(f'/{name} {place}' for name, place in entries.items())}>>"
            for kind, entries in self._resources.items()
        )
        resources = self.add(f"<<{listed}>>")
        tree = f"{len(self._objects) + 2 * len(self.pages) + 1} 0 R"
        kids = []
        for page in self.pages:
            content = self.add("<<>>", "\n".join(page.operators).encode("latin-1"))
            notes = f"/Annots[{' '.join(page.annotations)}]" if page.annotations else ""
            box = "" if "/MediaBox" in page.entries else f"/MediaBox[0 0 {WIDTH:g} {HEIGHT:g}]"
            kids.append(
                self.add(
                    f"<</Type/Page/Parent {tree}/Resources {resources}/Contents {content}"
                    f"{box}{notes}{page.entries}>>"
                )
            )
        self.add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>")
        return _file(self._objects, self.add(f"<</Type/Catalog/Pages {tree}{self.catalog}>>"))


def width_of(text: str, size: float) -> float:
    """Return how wide a text is in the font of the reports, in points."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def _file(objects: list[bytes], root: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root {root}>>\nstartxref\n{begin}\n%%EOF\n"
    return bytes(out) + trailer.encode()
