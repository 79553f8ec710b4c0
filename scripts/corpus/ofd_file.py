"""Packs pages into an OFD file after GB/T 33190: text by deltas, rules as paths, templates, annotations."""

import io
import zipfile
from collections.abc import Sequence
from html import escape
from itertools import groupby

from msgspec import Struct, field

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FONT = "3"  # the id of the only font


class Page(Struct):
    """One page; objects are XML, lengths millimetres."""

    objects: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    template: bool = False  # the template lies behind it


class Ids(Struct):
    """Numbers the objects of a file."""

    last: int = 100

    def next(self) -> int:
        """Return a number that was not used."""
        self.last += 1
        return self.last


def text_object(
    number: int,
    place: tuple[float, float],
    text: str,
    size: float,
    steps: Sequence[float],
    *,
    turn: str = "",
    down: bool = False,
    attributes: str = "",
) -> str:
    """Return a text object whose first baseline begins at `place`.

    Args:
        number: Its id.
        place: Millimetres from the top left.
        text: What it says.
        size: Height of the font in millimetres.
        steps: From each character to the next.
        turn: A CTM, where the text is turned about its beginning.
        down: Whether the characters stand below each other.
        attributes: More attributes, as XML.
    """
    x, y = place
    delta = f' Delta{"Y" if down else "X"}="{queue(steps)}"' if steps else ""
    matrix = f' CTM="{turn}"' if turn else ""
    length = sum(steps) + size
    box = (
        f"{x:.3f} {y:.3f} {length:.3f} {length:.3f}"
        if turn
        else f"{x:.3f} {y - size:.3f} {size:.3f} {length * 1.3:.3f}"
        if down
        else f"{x:.3f} {y - size:.3f} {length:.3f} {size * 1.3:.3f}"
    )
    origin = 'X="0" Y="0"' if turn else f'X="0" Y="{size:.3f}"'
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{box}" Font="{FONT}" Size="{size:.3f}"{matrix}{attributes}>'
        f"<ofd:TextCode {origin}{delta}>{escape(text, quote=False)}</ofd:TextCode></ofd:TextObject>"
    )


def queue(steps: Sequence[float]) -> str:
    """Return deltas as the standard writes them, equal ones as a group.

    >>> queue([2, 2, 2, 1])
    'g 3 2 1'
    """
    words = []
    for step, same in groupby(f"{step:.3f}".rstrip("0").rstrip(".") for step in steps):
        count = len(list(same))
        words.append(f"g {count} {step}" if count > 1 else step)
    return " ".join(words)


def rule_object(number: int, x0: float, y0: float, x1: float, y1: float, width: float = 0.18) -> str:
    """Return a straight line as a stroked path."""
    box = f"{x0:.3f} {y0:.3f} {max(x1 - x0, width):.3f} {max(y1 - y0, width):.3f}"
    data = f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}"
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{box}" LineWidth="{width}">'
        f'<ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def pack(
    pages: Sequence[Page], size: tuple[float, float], title: str = "", template: Sequence[str] = ()
) -> bytes:
    """Return the bytes of an OFD file.

    Args:
        pages: What is drawn on them.
        size: Width and height in millimetres.
        title: Goes into DocInfo.
        template: Objects behind every page that asks for them.
    """
    parts = {
        "OFD.xml": _root(title),
        "Doc_0/Document.xml": _document(len(pages), size, bool(template), any(p.annotations for p in pages)),
        "Doc_0/PublicRes.xml": (
            f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="{FONT}" FontName="SimSun"/>'
            "</ofd:Fonts></ofd:Res>"
        ),
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _content(template, "")
    for index, page in enumerate(pages):
        behind = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if page.template and template else ""
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = _content(page.objects, behind)
    parts |= _annotations(pages)
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """Return the parts as an archive, the same bytes for the same text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            archive.writestr(info, _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _root(title: str) -> str:
    return (
        f'<ofd:OFD {_NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>0</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(pages: int, size: tuple[float, float], template: bool, annotated: bool) -> str:
    behind = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    notes = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if annotated else ""
    listed = "".join(f'<ofd:Page ID="{10 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages))
    return (
        f"<ofd:Document {_NS}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {size[0]:g} {size[1]:g}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{behind}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{notes}</ofd:Document>"
    )


def _content(objects: Sequence[str], behind: str) -> str:
    layer = f'<ofd:Layer ID="50" Type="Body">{"".join(objects)}</ofd:Layer>'
    return f"<ofd:Page {_NS}>{behind}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def _annotations(pages: Sequence[Page]) -> dict[str, str]:
    noted = [index for index, page in enumerate(pages) if page.annotations]
    if not noted:
        return {}
    listed = "".join(
        f'<ofd:Page PageID="{10 + i}"><ofd:FileLoc>Page_{i}/Annotation.xml</ofd:FileLoc></ofd:Page>'
        for i in noted
    )
    parts = {"Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {_NS}>{listed}</ofd:Annotations>"}
    for i in noted:
        notes = "".join(pages[i].annotations)
        parts[f"Doc_0/Annots/Page_{i}/Annotation.xml"] = f"<ofd:PageAnnot {_NS}>{notes}</ofd:PageAnnot>"
    return parts


def annotation(number: int, kind: str, objects: str, boundary: str = "0 0 210 297") -> str:
    """Return an annotation that draws these objects."""
    return (
        f'<ofd:Annot ID="{number}" Type="{kind}" Creator="" LastModDate="2024-01-01">'
        f'<ofd:Appearance Boundary="{boundary}">{objects}</ofd:Appearance></ofd:Annot>'
    )
