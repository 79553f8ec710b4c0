"""The metadata lines that a scraping program wrote above the text of a page."""

from extractor.formats.text.lines import TextLine
from extractor.patterns import kept_pattern

# Known labels of such headers → names in a page's own metadata.
_NAMES = {
    "标题": "title",
    "发布时间": "pubdate",
    "发布日期": "pubdate",
    "栏目": "columnname",
    "原文链接": "url",
    "链接": "url",
    "网址": "url",
    "发布机构": "contentsource",
    "来源": "contentsource",
}
_OTHER_LABELS = ("文号", "本地目录", "索引号", "作者", "采集时间", "抓取时间")
_LABELLED = kept_pattern(r"([^\s:：]{1,10})[ \u3000]*[:：][ \u3000]*(.*)")
_RULE = kept_pattern(r"[=\-—*#]{4,}\s*正\s*文\s*[=\-—*#]{4,}|={6,}")
_REACH = 30  # lines; a header is short


def split_header(lines: list[TextLine]) -> tuple[dict[str, str], int]:
    """Return the metadata of a scraper's header, and the index of the first line after it.

    A header is what stands above a rule (`==== 正文 ====`), or else at least two lines
    with labels that scrapers use, of which one is 标题 or 原文链接. Lines of a header
    without a label are kept under "header".
    """
    rule = next((index for index, line in enumerate(lines[:_REACH]) if _RULE.fullmatch(line.text)), None)
    if rule is not None and any(_known_label(line) for line in lines[:rule]):
        return _metadata(lines[:rule]), rule + 1
    count = 0
    while count < min(len(lines), _REACH) and _known_label(lines[count]):
        count += 1
    labels = {_known_label(line) for line in lines[:count]}
    if len(labels) >= 2 and labels & {"标题", "原文链接"}:
        return _metadata(lines[:count]), count
    return {}, 0


def _known_label(line: TextLine) -> str | None:
    match = _LABELLED.fullmatch(line.text)
    label = match[1] if match else None
    return label if label in _NAMES or label in _OTHER_LABELS else None


def _metadata(lines: list[TextLine]) -> dict[str, str]:
    found: dict[str, str] = {}
    loose: list[str] = []
    for line in lines:
        match = _LABELLED.fullmatch(line.text)
        if match is None:
            loose.append(line.text)
        elif match[2]:
            found.setdefault(match[1].lower(), match[2])
    for label, name in _NAMES.items():
        if label in found:
            found.setdefault(name, found[label])
    if any(loose):
        found["header"] = "\n".join(filter(None, loose))
    return found
