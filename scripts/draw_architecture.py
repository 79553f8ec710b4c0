"""Draws the architecture: docs/images/architecture.svg (Chinese) and architecture.en.svg.

    python -m scripts.draw_architecture

Everything in the drawing stands in BOXES and ARROWS. A test holds it to the rooms that there are.
"""

from html import escape
from pathlib import Path
from typing import NamedTuple

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 960, 552
INK, LINE, PAPER = "#1f2430", "#5a6478", "#ffffff"
COLOURS = {"core": "#dbe7ff", "data": "#fff1cc", "use": "#ddf3e4", "thing": "#ffffff"}


class Box(NamedTuple):
    """A box: rooms or a thing that is passed on, and what it does, by language."""

    x: int
    y: int
    width: int
    kind: str  # of COLOURS
    title: str
    zh: str
    en: str
    height: int = 56


class Arrow(NamedTuple):
    """An arrow along points."""

    points: tuple[tuple[int, int], ...]


TITLES = {
    "zh": ("一份报告：从字节到证明", "很多报告：从网站到面板", "给人看的：核对、更正、公布"),
    "en": (
        "One report: from bytes to proof",
        "Many: from website to panel",
        "For people: check, correct, publish",
    ),
}
ROW_TITLES = ((24, 34), (24, 248), (24, 362))
BOXES = (
    Box(24, 52, 88, "thing", "bytes", "一个文件", "one file"),
    Box(136, 52, 132, "core", "formats", "一种格式一个模块", "a module a format"),
    Box(292, 52, 104, "thing", "Document", "段落和表格", "text, tables"),
    Box(420, 52, 132, "core", "recognize", "哪一格是哪一格", "which cell is which"),
    Box(576, 52, 124, "core", "settle", "每格有哪些读法", "readings of a cell"),
    Box(724, 52, 212, "core", "checks · verdict", "勾稽关系、结论", "sums, the verdict"),
    Box(724, 148, 212, "thing", "Report", "每个数：原文、位置、状态", "printed, where, proven or not"),
    Box(
        420,
        148,
        280,
        "data",
        "forms · data",
        "标准表、勾稽关系、规则、名称：YAML",
        "forms, sums, rules, names: YAML",
    ),
    Box(
        24,
        148,
        372,
        "core",
        "pipeline",
        "各步的次序；只有这里知道全部",
        "the order of the steps; it alone knows all",
    ),
    Box(24, 264, 148, "use", "crawl", "网站 → WARC 存档", "website → web archive"),
    Box(196, 264, 164, "use", "batch · engines", "整批读取；Ray、Spark", "archives; Ray, Spark"),
    Box(384, 264, 180, "use", "catalog · identity", "哪些报告是一个机关的", "whose reports they are"),
    Box(588, 264, 164, "use", "export · analysis", "数据表；查询、指标", "tables; queries, measures"),
    Box(776, 264, 160, "use", "panel · coverage", "机关 × 年；谁没有公布", "agency × year; gaps"),
    Box(24, 412, 128, "use", "rules", "核对：哪里、谁的错", "where, whose error"),
    Box(162, 412, 140, "use", "review", "原文与读数并排的网页", "source beside reading"),
    Box(312, 412, 162, "use", "corrections · serve", "更正；本机的网页", "corrections; local site"),
    Box(484, 412, 112, "use", "site", "静态网站", "static website"),
    Box(606, 412, 112, "use", "mcp_server", "助手所用的接口", "for assistants"),
    Box(
        728,
        412,
        208,
        "use",
        "blank_form · integrations",
        "空白表；接到别的爬虫",
        "blank forms; other crawlers",
    ),
    Box(
        24,
        488,
        912,
        "core",
        "cli",
        "命令行：只有这里打印和退出",
        "the command line: it alone prints and exits",
        44,
    ),
)
ARROWS = (
    *(Arrow(((a, 80), (b, 80))) for a, b in ((112, 136), (268, 292), (396, 420), (552, 576), (700, 724))),
    Arrow(((830, 108), (830, 148))),
    Arrow(((500, 148), (500, 108))),
    Arrow(((640, 148), (640, 108))),
    Arrow(((172, 292), (196, 292))),
    *(Arrow(((a, 292), (b, 292))) for a, b in ((360, 384), (564, 588), (752, 776))),
    Arrow(((278, 264), (278, 204))),
    Arrow(((880, 204), (880, 232), (670, 232), (670, 264))),
    Arrow(((860, 204), (860, 240), (950, 240), (950, 384), (88, 384), (88, 412))),
    *(Arrow(((x, 384), (x, 412))) for x in (232, 393, 540, 662)),
)


def drawing(language: str) -> str:
    """Return the drawing in a language, "zh" or "en", as SVG."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="12" fill="{PAPER}"/>',
        '<marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker>',
    ]
    for (x, y), title in zip(ROW_TITLES, TITLES[language], strict=True):
        parts.append(_text(x, y, title, 15, weight=600, anchor="start"))
    for arrow in ARROWS:
        way = " ".join(f"{x},{y}" for x, y in arrow.points)
        parts.append(
            f'<polyline points="{way}" fill="none" stroke="{LINE}" stroke-width="1.5" '
            'marker-end="url(#end)"/>'
        )
    parts += [_box(box, language) for box in BOXES]
    return "\n".join([*parts, "</svg>\n"])


def _box(box: Box, language: str) -> str:
    middle = box.x + box.width // 2
    told = box.zh if language == "zh" else box.en
    dashed = ' stroke-dasharray="5 3"' if box.kind == "thing" else ""
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="7" '
        f'fill="{COLOURS[box.kind]}" stroke="{LINE}"{dashed}/>\n'
        + _text(middle, box.y + box.height // 2 - 5, box.title, 14, weight=600)
        + "\n"
        + _text(middle, box.y + box.height // 2 + 14, told, 12)
    )


def _text(x: int, y: int, text: str, size: int, *, weight: int = 400, anchor: str = "middle") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{INK}">{escape(text)}</text>'
    )


def main() -> None:
    """Write both drawings."""
    (IMAGES / "architecture.svg").write_text(drawing("zh"), "utf-8")
    (IMAGES / "architecture.en.svg").write_text(drawing("en"), "utf-8")


if __name__ == "__main__":
    main()
