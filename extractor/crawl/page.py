"""The parts of a page, parsed once: title, metas, links, frames, scripts, text."""

import re
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.crawl.addresses import join, without_gate
from extractor.crawl.link_rows import LinkRow, row_of
from extractor.nesting import with_bounded_nesting
from extractor.patterns import kept_pattern

# Selectors of the article in the known content systems, narrow ones first.
_CONTAINERS = (
    *(
        "ucapcontent",
        "#UCAP-CONTENT",
        ".TRS_Editor",
        ".TRS_UEDITOR",
        ".trs_editor_view",
        ".trs_paper_default",
    ),
    *(
        ".Custom_UnionStyle",
        ".v_news_content",
        "[id^=vsb_content]",
        "#ivs_content",
        ".wzzw-article",
        ".wzcon",
    ),
    *(".j-fontContent", ".pages_content", "#zoom", "#Zoom", "#zoomcon", "#fontzoom", ".article-content"),
    *(".article_content", ".article_con", ".xxgk-content", ".main-txt"),
)
# These may enclose the whole page, so their content need not belong to the article.
_WIDE_CONTAINERS = ("#content", "article", ".article", ".content")
_TITLE_PLACES = ("ucaptitle", "h1", ".con-title", "#font_title", ".article-title", ".title", "h2")
_STRINGS = kept_pattern(r"""'([^'\n]{2,400})'|"([^"\n]{2,400})\"""")
_LIKE_A_PATH = kept_pattern(
    r"^(?:https?://|//|/|\./|\.\./)|\.(?:s?html?|jhtml|jspx?|aspx?|php|do|pdf|docx?|wps|ofd|zip|rar)(?:$|\?)",
    re.I,
)
_OPENS = kept_pattern(r"open|location|look|down|view|show|goto|jump|href|file", re.I)
_DRESS = kept_pattern(r"/images?/[^/]*$|logo|banner|icon|qrcode|ewm|share|print|close|filetypeimages", re.I)
_REFRESH = kept_pattern(r"^\s*\d*(?:\.\d*)?\s*[;,]?\s*url\s*=\s*['\"]?([^'\"]+)", re.I)
_MOVES = kept_pattern(
    r"(?:window\.|self\.|top\.|document\.)?location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*['\"]([^'\"]+)['\"]"
)


class Link:
    """A link as a reader sees it."""

    __slots__ = ("_node", "_row", "area", "text", "url", "written")

    def __init__(self, url: str | None, node: LexborNode, written: str, area: bool) -> None:
        """Keep the address (None if only a script knows it), the element, and what the markup says."""
        self.url = url
        self._node = node
        self._row: LinkRow | None = None
        self.text = _words_of(node)
        self.written = written
        self.area = area  # whether it is in the article's own container

    @property
    def row(self) -> LinkRow:
        """The list row that it is in."""
        if self._row is None:
            self._row = row_of(self._node)
        return self._row


class CrawledPage:
    """One HTML page and the address it came from."""

    def __init__(self, html: str, url: str) -> None:
        """Parse the page; everything else is computed when asked for."""
        self.html = html
        self.url = url
        self.tree = LexborHTMLParser(with_bounded_nesting(html))

    @cached_property
    def base(self) -> str:
        """The address that relative links are joined to."""
        node = self.tree.css_first("base[href]")
        return (join(self.url, node.attributes.get("href") or "") if node else None) or self.url

    @cached_property
    def metas(self) -> dict[str, str]:
        """The meta names in lower case and their contents."""
        nodes = self.tree.css("meta[name]")
        return {
            (node.attributes.get("name") or "").lower(): (node.attributes.get("content") or "").strip()
            for node in nodes
        }

    @cached_property
    def title(self) -> str:
        """The article's title: from the meta tag, else the one displayed, else that of the window."""
        if meta := self.metas.get("articletitle"):
            return meta
        for place in _TITLE_PLACES:
            for node in self.tree.css(place)[:3]:
                text = node.text(deep=True, strip=True)
                if 6 <= len(text) <= 80:
                    return text
        return kept_pattern(r"[_|｜]|\s-\s").split(self.window_title)[0].strip()

    @cached_property
    def window_title(self) -> str:
        """The text of the title element."""
        node = self.tree.css_first("title")
        return kept_pattern(r"\s+").sub(" ", node.text(strip=True)) if node else ""

    @cached_property
    def scripts(self) -> str:
        """The text of all scripts of the page itself."""
        return "\n".join(node.text(deep=True) or "" for node in self.tree.css("script:not([src])"))

    @cached_property
    def core(self) -> LexborNode | None:
        """The narrow container of the article: all its content belongs to the article."""
        return self._fullest_container(_CONTAINERS)

    @cached_property
    def article(self) -> LexborNode | None:
        """The container of the article, if need be a wide one; None if it has no known kind."""
        return self.core or self._fullest_container(_WIDE_CONTAINERS)

    def _fullest_container(self, selectors: tuple[str, ...]) -> LexborNode | None:
        """Return the container with the most text, of the first kind that has any text."""
        for selector in selectors:
            found = self.tree.css(selector)
            if found:
                best = max(found, key=lambda node: len(node.text(deep=True)))
                if len(best.text(deep=True).strip()) > 10 or best.css_first(
                    "img, iframe, embed, object, a[href]"
                ):
                    return best
        return None

    @cached_property
    def text(self) -> str:
        """The visible text, with white space collapsed."""
        return visible_text(self.tree.body)

    @cached_property
    def links(self) -> list[Link]:
        """Every link in page order: anchors, areas, and addresses that simple scripts open."""
        inside = self._marks_of_article()
        found: list[Link] = []
        for node in self.tree.css("a, area, [onclick], option[value]"):
            written = node.attributes.get("href") or ""
            if node.tag == "option":
                written = _path_in_option(node)
            onclick = node.attributes.get("onclick") or ""
            url = join(self.base, written) or self._opened_by(written) or self._opened_by(onclick)
            if url or written or onclick:
                found.append(
                    Link(
                        without_gate(url) if url else None,
                        node,
                        f"{written} {onclick}".strip(),
                        node.mem_id in inside,
                    )
                )
        return found

    def _marks_of_article(self) -> set[int]:
        return {node.mem_id for node in self.core.css("a, area, [onclick]")} if self.core else set()

    def _opened_by(self, script: str) -> str | None:
        """Return the address that a simple script opens: a quoted path in a call that opens or downloads."""
        if not _OPENS.search(script):
            return None
        for one, other in _STRINGS.findall(script):
            text = one or other
            if _LIKE_A_PATH.search(text) and (url := join(self.base, text)):
                return url
        return None

    @cached_property
    def frames(self) -> list[str]:
        """The addresses of frames and embedded files."""
        places = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
        found = []
        for name, attribute in places.items():
            for node in self.tree.css(f"{name}[{attribute}]"):
                if url := join(self.base, node.attributes.get(attribute) or ""):
                    found.append(url)
        return found

    @cached_property
    def images(self) -> list[str]:
        """The addresses of the article's own pictures, without those of the page layout."""
        if self.article is None:
            return []
        nodes = self.article.css("img[src]")
        urls = [url for node in nodes if (url := join(self.base, node.attributes.get("src") or ""))]
        return [url for url in urls if not _DRESS.search(url)]

    @cached_property
    def moved_to(self) -> str | None:
        """The target of a meta refresh, or of a page that holds only a redirecting script."""
        for node in self.tree.css("meta[http-equiv]"):
            if (node.attributes.get("http-equiv") or "").lower() == "refresh":
                found = _REFRESH.match(node.attributes.get("content") or "")
                if found:
                    return join(self.base, found[1].strip())
        if len(self.text) < 120 and (moved := _MOVES.search(self.scripts)):
            return join(self.base, moved[1])
        return None


def visible_text(node: LexborNode | None) -> str:
    """Return the visible text of an element, with white space collapsed."""
    if node is None:
        return ""
    pieces = [
        child.text_content or ""
        for child in node.traverse(include_text=True)
        if child.tag == "-text"
        and (child.parent is None or child.parent.tag not in ("script", "style", "noscript"))
    ]
    return kept_pattern(r"\s+").sub(" ", " ".join(pieces)).strip()


def _path_in_option(node: LexborNode) -> str:
    value = (node.attributes.get("value") or "").strip()
    return value if kept_pattern(r"(?:https?:)?//|/|\.\.?/").match(value) else ""


def _words_of(node: LexborNode) -> str:
    """Return the text of a link; its title attribute if the text is cut short."""
    text = kept_pattern(r"\s+").sub("", node.text(deep=True))
    title = kept_pattern(r"\s+").sub("", node.attributes.get("title") or "")
    return title if len(title) > len(text) or (title and text.endswith(("…", ".."))) else text
