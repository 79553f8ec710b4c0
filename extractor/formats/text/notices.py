"""Notices about damaged or wrongly decoded characters of a text."""

from extractor.document import Locator, Notice
from extractor.formats.text.lines import TextLine
from extractor.patterns import kept_pattern

_CONTROLS = kept_pattern(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# UTF-8 read as GBK (锛, 鈥, 銆 …), replacement characters read as GBK (锟斤拷), UTF-8 read as Latin-1.
_MISREAD = ("锛", "銆", "鈥", "锘", "鏀垮", "淇℃", "锟斤拷", "Ã", "ä¸", "å…", "æ", "ï¼")
_MISREAD_RATE = 100  # characters; misread text has a sign more often than this
# Every report contains these characters; the last group is for traditional texts.
_INDISPENSABLE = "的一不和在有年中大以我工作行" + "政府信息公开" + "開資訊報"
_HANZI = kept_pattern("[\u3400-\u9fff\uf900-\ufaff]+")
_ENOUGH_HANZI = 200  # Chinese characters; in a shorter text the share means nothing
_LEAST_SHARE = 0.04  # share of these among all Chinese characters; real reports have 0.15 or more


def character_notices(text: str, lines: list[TextLine]) -> tuple[Notice, ...]:
    """Return notices on control characters, undecodable characters and mojibake."""
    return tuple(
        notice for notice in (_controls(text, lines), _undecodable(text, lines), _mojibake(text)) if notice
    )


def _controls(text: str, lines: list[TextLine]) -> Notice | None:
    first = _CONTROLS.search(text)
    if first is None:
        return None
    count = len(_CONTROLS.findall(text))
    message = f"文本中有 {count} 个控制字符或不可见字符，原样保留"
    return Notice("control-characters", message, _place(lines, first.start()))


def _undecodable(text: str, lines: list[TextLine]) -> Notice | None:
    count = text.count(_REPLACEMENT)
    if not count:
        return None
    message = f"有 {count} 个字符无法解码（U+FFFD），其所在处的文字不可信"
    return Notice("undecodable-characters", message, _place(lines, text.index(_REPLACEMENT)))


def _mojibake(text: str) -> Notice | None:
    signs = sum(map(text.count, _MISREAD))
    if signs * _MISREAD_RATE > len(text):
        return Notice("mojibake", f"文字像是用错误的编码读出的乱码（{signs} 处特征字符）")
    indispensable = sum(map(text.count, _INDISPENSABLE))
    if indispensable >= _LEAST_SHARE * len(text):
        return None
    hanzi = sum(map(len, _HANZI.findall(text)))
    if hanzi >= _ENOUGH_HANZI and indispensable < _LEAST_SHARE * hanzi:
        return Notice("mojibake", "文字里几乎没有最常用的汉字，像是用错误的编码读出的乱码")
    return None


def _place(lines: list[TextLine], offset: int) -> Locator:
    line = next((line for line in reversed(lines) if line.origin <= offset <= line.stop), None)
    if line is None:
        return Locator(start=offset, end=offset + 1)
    return line.place(offset, offset + 1)
