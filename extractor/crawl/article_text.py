"""The text of a report's page without what changes at every visit: counters, dates, menus, footers.

Two versions of a page are compared by it, so that a footer or a visitor counter is no change.
"""

import re

from selectolax.lexbor import LexborNode

from extractor.crawl.page import CrawledPage, visible_text
from extractor.crawl.words import chapters_in, plain
from extractor.patterns import kept_pattern

_SHORT = 300  # characters: a shorter page only shows by its title which report it is
_DATE = r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d{1,2}:\d\d(?::\d\d)?)?(?:星期[一二三四五六日天])?"
_CHANGES = kept_pattern(
    r"(?:浏览|阅读|点击|访问|查看)(?:次数|人数|量|数|率)?[:：]?[\[【(]?\d*[\])】]?次?"
    r"|您是第\d+位.{0,6}?(?:访客|访问者|浏览者)?"
    rf"|(?:发布|更新|公开|打印|生成|发文|成文|当前|今天)(?:日期|时间|是)?[:：]?{_DATE}"
    r"|今天是.{0,20}?星期[一二三四五六日天]|【?字体[:：]?[大中小\s\[\]【】]*|分享到[:：]?|打印本页|关闭窗口"
)
_DRESS = kept_pattern(r"foot|bottom|copyright|nav|header|crumb|share|visit|count|sidebar|menu|toolbar", re.I)
_OF_THE_SITE = kept_pattern(r"主办|版权所有|ICP备|公安备案|网站标识码|访问量|访客|联系我们|网站地图|设为首页")


def article_text(page: CrawledPage) -> str:
    """Return the text of the report, without blanks."""
    node = page.core or _smallest_with_all_chapters(page)
    text = _without_dress(node) if node is not None else visible_text(page.article) or page.text
    return _CHANGES.sub("", plain(text))


def text_to_compare(page: CrawledPage, title: str) -> str:
    """Return the text that distinguishes reports, with the title if the text is short."""
    text = article_text(page)
    return text if len(text) >= _SHORT else f"{plain(title)} {text}"


def _smallest_with_all_chapters(page: CrawledPage) -> LexborNode | None:
    """Return the innermost element that contains as many chapters as the page; None for fewer than two."""
    node, wanted = page.tree.body, chapters_in(page.text)
    if node is None or wanted < 2:
        return None
    while True:
        inner = [child for child in node.iter() if chapters_in(visible_text(child)) == wanted]
        if len(inner) != 1:
            return node
        node = inner[0]


def _without_dress(node: LexborNode) -> str:
    pieces = []
    for child in node.iter(include_text=True):
        text = (child.text_content or "") if child.tag == "-text" else visible_text(child)
        if child.tag not in ("script", "style", "noscript") and not _is_dress(child, text):
            pieces.append(text)
    return " ".join(pieces)


def _is_dress(node: LexborNode, text: str) -> bool:
    if chapters_in(text):
        return False
    names = "" if node.tag == "-text" else f"{node.attributes.get('class')} {node.attributes.get('id')}"
    return bool(_DRESS.search(names)) or (len(text) < _SHORT and bool(_OF_THE_SITE.search(text)))
