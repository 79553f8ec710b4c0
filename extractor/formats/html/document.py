"""Turns a page whose article is known into the Document for the recognizers."""

import re

from extractor.document import Block, Document, Locator, Notice, Paragraph, Table
from extractor.encoding import count_undecodable
from extractor.formats.html.article import Article, find_article
from extractor.formats.html.fields import read_fields
from extractor.formats.html.page import Draft, HtmlPage, Medium, is_file_link
from extractor.formats.painted import not_painted_in
from extractor.patterns import kept_pattern, late_pattern

_INDENTED = late_pattern(r"\n[\u00a0\u3000\t]{2}")
_ITEM = late_pattern(r"\n\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．）)]|\s)")
_ENDED = late_pattern("[。；：]\n")
# Some systems show a PDF by a call such as showPdf("/files/a.pdf").
_SCRIPTED_FILE = late_pattern(
    r"""["']([^"'<>\s]{1,300}\.(?:pdf|ofd|docx?|wps))(?:[?#][^"']*)?["']""", re.IGNORECASE
)
_LOOSE_LINES = 4  # a title broken into lines has fewer lines than this
_PAGES = kept_pattern(r"createPageHTML\(\s*[\"']?(\d{1,4})")
_HIDDEN_SIZE = 100  # characters of hidden body text from which a notice is given
_SHELL_SIZE = 120  # visible characters below which a page with scripts is only a shell
_BARE_SIZE = 200  # characters; a shorter article with files or frames is only a cover page for them
_LONGEST_FIELDS = 300  # characters of the longest line of metadata fields
_TITLE_WITHIN = 40  # number of drafts before the article in which its title is looked for
_SHORTEST_TITLE = 6
_MOST_NAMED = 5  # links that a notice lists


def document_of(page: HtmlPage, text: str) -> Document:
    """Return the Document of a page; `text` is its decoded source."""
    article = find_article(page)
    title = _title_before(page, article)
    drafts = [*title, *article.drafts]
    above = [
        draft for draft in page.drafts[: article.body] if draft.cells or len(draft.text) <= _LONGEST_FIELDS
    ]
    fields = read_fields(above)
    return Document(
        format="html",
        blocks=tuple(block for draft in drafts if draft.text for block in _blocks(draft)),
        metadata={**{name: value for name, (value, _) in fields.items()}, **page.metadata},
        places={name: Locator(path=path) for name, (_, path) in fields.items()},
        notices=tuple(_notices(page, article, text)),
    )


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _title_before(page: HtmlPage, article: Article) -> list[Draft]:
    """Return the title if it is above the article's container, as it usually is."""
    named = _squeeze(page.metadata.get("articletitle", "") + "\n" + page.metadata.get("title", ""))
    opening = _squeeze("".join(draft.text for draft in article.drafts[:3]))
    if not article.found:
        return []
    kept = {id(draft) for draft in article.drafts}
    for draft in reversed(page.drafts[max(article.body - _TITLE_WITHIN, 0) : article.body]):
        text = _squeeze(draft.text)
        if draft.cells is not None or draft.hidden or draft.links or len(text) < _SHORTEST_TITLE:
            continue
        if text in opening or id(draft) in kept:
            continue
        if text in named and (draft.level in (1, 2) or len(text) * 3 >= len(named)):
            return [draft]
    return []


def _blocks(draft: Draft) -> list[Block]:
    locator = Locator(path=draft.path)
    if draft.cells is not None:
        return [Table(draft.cells, locator)]
    if "\n" in draft.text and _has_lines_of_its_own(draft):
        return [Paragraph(line, locator, draft.level) for line in _lines(draft.text)]
    return [Paragraph(draft.text, locator, draft.level)]


def _has_lines_of_its_own(draft: Draft) -> bool:
    """Return whether the lines of a draft are paragraphs, not a title or sentence broken for layout."""
    if draft.level is not None:
        return False
    text = draft.text
    if draft.path.rpartition("/")[2].startswith("pre["):
        return True
    return bool(
        text.count("\n") >= _LOOSE_LINES
        or _INDENTED.search(text)
        or _ITEM.search(text)
        or _ENDED.search(text)
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _notices(page: HtmlPage, article: Article, text: str) -> list[Notice]:
    notices: list[Notice] = []
    lost = count_undecodable(text)
    if lost:
        notices.append(Notice("undecodable-characters", f"有{lost}个字符无法解码，以“\ufffd”代替。"))
    if article.was_hidden:
        notices.append(Notice("hidden-article", "正文在页面中被设为隐藏，仍按正文读取。"))
    if article.left_hidden >= _HIDDEN_SIZE:
        notices.append(
            Notice("hidden-content", f"页面有约{article.left_hidden}字隐藏的正文没有读取，别处也没有。")
        )
    if article.copies:
        notices.append(Notice("duplicate-article", f"页面把正文重复印了{article.copies}次，只取一次。"))
    pages = _PAGES.search(text) if page.scripts else None
    if pages and int(pages[1]) > 1:
        notices.append(Notice("more-pages", f"文章分成{pages[1]}页，这里只有其中一页。"))
    notices += not_painted_in(Table(draft.cells) for draft in article.drafts if draft.cells)
    if page.overlaps:
        notices.append(
            Notice("overlapping-spans", f"表格有{page.overlaps}处跨行跨列互相重叠，已按浏览器的规则摆放。")
        )
    return notices + _media_notices(page, article, text)


def _media_notices(page: HtmlPage, article: Article, text: str) -> list[Notice]:
    size = sum(len(draft.text) for draft in article.drafts)
    inside = [one for one in page.media if article.start <= one.at <= article.end and not one.hidden]
    images = [one for one in inside if one.kind == "image"]
    frames = [one for one in inside if one.kind == "frame" and one.target]
    files = [one for one in inside if one.kind == "file"]
    notices: list[Notice] = []
    if article.found and images:
        place = Locator(path=page.drafts[min(images[0].at, len(page.drafts) - 1)].path)
        notices.append(
            Notice("image-in-article", f"正文有{len(images)}张图片，其中的文字和表格没有读取。", place)
        )
    if frames:
        notices.append(
            Notice(
                "embedded-document",
                f"页面嵌入了别的文件，没有读取：{_targets([one.target for one in frames])}。",
            )
        )
    covers = _files_covered(article, size, files, frames, text)
    if covers:
        notices.append(Notice("attachment-only", f"页面没有正文，正文可能在附件里：{_targets(covers)}。"))
    if not article.found and size < _SHELL_SIZE and page.scripts:
        notices.append(
            Notice("script-shell", f"页面几乎没有文字（{size}字），内容要由{page.scripts}段脚本生成。")
        )
    if not article.found and images and not files and not frames:
        notices.append(Notice("image-in-article", f"页面没有正文，有{len(images)}张图片没有读取。"))
    return notices


def _files_covered(
    article: Article, size: int, files: list[Medium], frames: list[Medium], text: str
) -> list[str]:
    """Return the files that a page without text of its own only links to."""
    if article.found:
        return [one.target for one in files + frames] if size < _BARE_SIZE else []
    named = [one.target for one in files + frames if is_file_link(one.target)]
    return named or _SCRIPTED_FILE.findall(text)


def _targets(targets: list[str]) -> str:
    names = list(dict.fromkeys(targets))
    more = f"等{len(names)}个" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
