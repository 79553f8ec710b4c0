"""OFD (GB/T 33190): pages of placed characters and strokes, tables found by the geometry that PDF uses.

Templates, layers and annotations are drawn in the order of the standard. Watermarks, stamps and slanted text
are not read; a notice mentions them. Locators give the page and the box in points from the top left.
"""

from collections.abc import Iterator

from msgspec import Struct

from extractor.document import Document, Locator, Notice, Source
from extractor.errors import Unreadable
from extractor.formats.layout import compose
from extractor.formats.layout.model import PageGrid, PageLine
from extractor.formats.layout.told import layer_notice, unpainted_notice
from extractor.formats.ocr import hint
from extractor.formats.ocr.text import PageText, blocks_of, with_readings
from extractor.formats.ofd.package import (
    OfdPackage,
    child,
    children,
    local,
    numbers_of,
    resolve_path,
    text_of,
)
from extractor.formats.ofd.page import OfdSheet, PageScan
from extractor.formats.ofd.painted import SeenCharacters
from extractor.formats.ofd.pictures import recognize_pictures
from extractor.formats.ofd.resources import Resources, load_resources
from extractor.formats.ofd.unplain import ink_shown
from extractor.formats.package import Element

MOST_PAGES = 3000
_LONGEST_SIDE = 7000.0  # millimetres
_A4 = (210.0, 297.0)
_METADATA = ("Title", "Author", "Subject", "CreationDate", "ModDate")


class _ScannedPage(Struct):
    """A scanned page."""

    sheet: OfdSheet
    width: float  # millimetres
    height: float


def read(source: Source) -> Document:
    """Read an OFD file: paragraphs and tables from the positions of its characters and strokes.

    Raises:
        Encrypted: the package is encrypted.
        Unreadable: damaged, cut short, without pages, or too large.
    """
    package = OfdPackage(source)
    root = package.required_part("OFD.xml")
    bodies = list(children(root, "DocBody"))
    contents: list[tuple[list[PageLine], list[PageGrid]]] = []
    notices: list[Notice] = []
    scans: list[PageText] = []
    for body in bodies:
        path = resolve_path("OFD.xml", text_of(child(body, "DocRoot")))
        for page in _pages(package, path):
            number = len(contents) + 1
            ink, seen = ink_shown(package, page.sheet, number, page.width, page.height)
            text = recognize_pictures(package, page.sheet, ink, whole=seen.layered)
            kept = [] if text and seen.layered else [ink]
            contents.append(blocks_of([*kept, *([text.ink] if text else [])]))
            notices += _notices(page.sheet, seen, number, read=text is not None)
            if text:
                scans.append(text)
                notices += text.notices
    if not contents:
        raise Unreadable(f"{source.name}: OFD 文件没有可读的页")
    blocks, joins = compose(contents)
    told = with_readings(blocks, scans) if scans else tuple(blocks)
    return Document("ofd", told, _metadata(bodies), (*notices, *joins))


def _metadata(bodies: list[Element]) -> dict[str, str]:
    information = child(bodies[0], "DocInfo")
    values = {name.lower(): text_of(child(information, name)) for name in _METADATA}
    return {name: value for name, value in values.items() if value}


def _pages(package: OfdPackage, path: str) -> Iterator[_ScannedPage]:
    document = package.required_part(path)
    resources = load_resources(package, document, path)
    templates = _templates(package, document, path)
    annotations = _annotations(package, document, path)
    size = _size(child(document, "CommonData", "PageArea"), _A4)
    references = list(children(child(document, "Pages"), "Page"))
    if len(references) > MOST_PAGES:
        raise Unreadable(f"{package.name}: 有 {len(references)} 页，超过了 {MOST_PAGES} 页的上限")
    for reference in references:
        place = resolve_path(path, reference.get("BaseLoc", ""))
        content = package.required_part(place)
        for own in children(content, "PageRes"):
            resources.load(package, resolve_path(place, text_of(own)))
        width, height = _size(child(content, "Area"), size)
        if not 0 < max(width, height) <= _LONGEST_SIDE:
            raise Unreadable(f"{package.name}: 页面尺寸不合理（{width:.0f}×{height:.0f}毫米）")
        sheet = _scan_page(content, templates, annotations.get(reference.get("ID", ""), []), resources)
        yield _ScannedPage(sheet, width, height)


def _scan_page(
    content: Element, templates: dict[str, Element], annotations: list[Element], resources: Resources
) -> OfdSheet:
    """Draw a page: templates behind it, its layers, templates in front of it, annotations."""
    scan = PageScan(resources)
    used = [
        (reference, templates.get(reference.get("TemplateID", "")))
        for reference in children(content, "Template")
    ]
    for reference, template in used:
        if reference.get("ZOrder", "Background") == "Background":
            scan.layers(child(template, "Content"))
    scan.layers(child(content, "Content"))
    for reference, template in used:
        if reference.get("ZOrder") == "Foreground":
            scan.layers(child(template, "Content"))
    for root in annotations:
        scan.annotations(root)
    return scan.sheet


def _templates(package: OfdPackage, document: Element, path: str) -> dict[str, Element]:
    found = {}
    for template in children(child(document, "CommonData"), "TemplatePage"):
        root = package.tree_of(resolve_path(path, template.get("BaseLoc", "")))
        if root is not None:
            found[template.get("ID", "")] = root
    return found


def _annotations(package: OfdPackage, document: Element, path: str) -> dict[str, list[Element]]:
    """Return the annotations of each page, by the id of the page."""
    found: dict[str, list[Element]] = {}
    for reference in children(document, "Annotations"):
        place = resolve_path(path, text_of(reference))
        for page in children(package.tree_of(place), "Page"):
            root = package.tree_of(resolve_path(place, text_of(child(page, "FileLoc"))))
            if root is not None and local(root) == "PageAnnot":
                found.setdefault(page.get("PageID", ""), []).append(root)
    return found


def _size(area: Element | None, otherwise: tuple[float, float]) -> tuple[float, float]:
    box = numbers_of(text_of(child(area, "PhysicalBox")))
    return (box[2], box[3]) if len(box) == 4 else otherwise


def _notices(sheet: OfdSheet, seen: SeenCharacters, number: int, *, read: bool) -> list[Notice]:
    """Return the notices about one page."""
    page = Locator(page=number)
    found = []
    has_text = any(not placed.text.isspace() for placed in sheet.characters)
    if read:
        pass
    elif not has_text and (sheet.pictures or sheet.paths):
        how = hint() if sheet.pictures else ""
        found.append(Notice("page-without-text", f"第{number}页没有文字，只有图像或图形{how}", page))
    elif sheet.pictures:
        message = f"第{number}页有{len(sheet.pictures)}张图片，图片中的文字没有读取"
        found.append(Notice("image-in-article", message, page))
    if sheet.unmapped:
        fonts = "、".join(sheet.unmapped)
        message = f"第{number}页有{sum(sheet.unmapped.values())}个字符没有对应的文字编码（字体：{fonts}）"
        found.append(Notice("unmapped-characters", message, page))
    if seen.hidden:
        found.append(unpainted_notice(number, len(seen.hidden)))
    if seen.layered and not read:
        found.append(layer_notice(number))
    if sheet.slanted:
        message = f"第{number}页有{sheet.slanted}个字斜着排，当作水印，没有读入正文"
        found.append(Notice("slanted-text", message, page))
    if sheet.annotations:
        message = f"第{number}页有{sheet.annotations}处水印或印章注释，其中的文字没有读入正文"
        found.append(Notice("annotation-left-out", message, page))
    if sheet.crowded:
        found.append(Notice("too-many-paths", f"第{number}页的图形过多，没有从中寻找表格线", page))
    return found
