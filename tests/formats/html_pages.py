"""Invented pages, and how the tests look at what was read from them."""

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats import html

PROSE = (
    "<p>一、总体情况</p><p>云岭县档案局认真落实条例，全年主动公开信息十二条，未发生泄密事件，工作平稳有序。</p>"
    "<p>二、主动公开政府信息情况</p>"
)
TABLE = (
    "<table><tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>0</td><td>7</td></tr><tr><td>行政规范性文件</td><td>3</td><td>12</td></tr></table>"
)
END = "<p>六、其他需要报告的事项</p><p>本机关本年度没有收取信息处理费，没有其他需要报告的事项。</p>"
BODY = PROSE + TABLE + END
BODY_TEXTS = [
    "一、总体情况",
    "云岭县档案局认真落实条例，全年主动公开信息十二条，未发生泄密事件，工作平稳有序。",
    "二、主动公开政府信息情况",
    "六、其他需要报告的事项",
    "本机关本年度没有收取信息处理费，没有其他需要报告的事项。",
]
NAVIGATION = (
    "<div class='nav'><ul>"
    + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(9))
    + "</ul></div>"
)
FOOTER = (
    "<div class='footer'><p>主办：云岭县人民政府办公室　技术支持：云岭县信息中心</p>"
    "<p>版权所有 云岭ICP备00000000号。网站标识码0000000000</p></div>"
)


def site(body: str, head: str = "") -> str:
    """Put an article between the furniture of a site."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{NAVIGATION}{body}{FOOTER}</body></html>"


def read(page: str | bytes) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return html.read(Source("页面.html", data))


def reread(page: str | bytes) -> Document:
    data = page.encode() if isinstance(page, str) else page
    return html.reread(Source("页面.html", data))


def read_twice(page: str | bytes) -> Document:
    """Read with both readers, which must agree on everything but paths, and return the first's."""
    first, second = read(page), reread(page)
    if second is None:  # where text is not plain the second reader is silent
        return first
    assert contents(first) == contents(second)
    assert first.metadata == second.metadata
    assert [notice.code for notice in first.notices] == [notice.code for notice in second.notices]
    return first


def contents(document: Document) -> list[object]:
    return [
        (block.text, block.level) if isinstance(block, Paragraph) else grid(block)
        for block in document.blocks
    ]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def rows(table: Table) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_paths_lead_back(page: str) -> None:
    """Follow every XPath in the browser's tree and compare the text that stands there."""
    tree = browser_tree(page)
    document = read(page)
    assert document.blocks
    for block in document.blocks:
        places = [block, *block.cells] if isinstance(block, Table) else [block]
        for place in places:
            (element,) = tree.xpath(place.locator.path)
            if not isinstance(place, Table):
                assert squeezed(place.text) in squeezed("".join(element.itertext()))
                assert not hasattr(place, "row") or element.tag in ("td", "th")
            else:
                assert element.tag == "table"


def browser_tree(page: str) -> etree._Element:
    """Return the tree that browsers build, with an XPath engine that is not ours."""
    root = LexborHTMLParser(page).root
    assert root is not None
    top = etree.Element("html")
    waiting: list[tuple[LexborNode, etree._Element]] = [(root, top)]
    while waiting:
        node, element = waiting.pop()
        last = None
        for child in node.iter(include_text=True):
            if child.is_text_node:
                text = (child.text_content or "").replace("\x00", "")
                if last is None:
                    element.text = (element.text or "") + text
                else:
                    last.tail = (last.tail or "") + text
            elif child.is_element_node:
                last = etree.SubElement(element, (child.tag or "").replace(":", "_"))
                waiting.append((child, last))
    return top
