"""Decodes bytes, whatever encoding the page itself declares.

A declared encoding is only a hint: sites serve GBK pages declared as UTF-8 and the reverse. Valid UTF-8 is
unmistakable; among the double-byte encodings, the one that gives most common characters of such reports is
taken.
"""

import codecs
import re

from extractor.patterns import kept_pattern, late_pattern

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose byte order mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_FAMILIES = {
    "gb18030": ("gb2312", "gbk", "gb18030", "xgbk", "cp936", "ms936", "euccn", "gb231280", "xgb2312"),
    "big5": ("big5", "big5hkscs", "cnbig5", "xxbig5", "cp950", "big5eten"),
}
_LABELS = {label: family for family, labels in _FAMILIES.items() for label in labels}
_DECLARED = kept_pattern(
    rb"""<meta\b[^<>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml[^<>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,30})""",
    re.IGNORECASE,
)
_CHARSET = late_pattern(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 1 << 16
# Old mail encodings whose bytes are all ASCII, so that only their label identifies them.
_SEVEN_BIT = {"hz": "hz", "hzgb2312": "hz", "iso2022jp": "iso2022_jp", "iso2022kr": "iso2022_kr"}
_DOUBLE_BYTES = kept_pattern(rb"(?:[\x81-\xfe][\x30-\xfe])+")
_LEAST_KNOWN = 0.2  # least share of common or ASCII characters in any text
_SAMPLE_SIZE = 1 << 14  # bytes of double-byte sequences; far more than needed for the decision
# The commonest characters of Chinese prose and of these reports, simplified and traditional.
_COMMON = late_pattern(
    "[的一是不了在人有我他这这個中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事"
    "成方多经去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此"
    "政府信息公开工作年度报告主动申请情况行政复议诉讼总计数量件条规范性文件处理结果本机关制发废止单位部门市县区镇街道局办"
    "這國會來對時說們個為與開關報請動處數條規範訴訟複議總計結訊資機單門區縣鎮辦務業東車長現當後發經過無還進種樣實產學"
    "，。、；：（）“”《》〔〕　]"
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and the encoding it was read in.

    Characters that cannot be decoded become U+FFFD. Line ends are unchanged.

    Args:
        data: the bytes of a page or a text file.
        declared: a label from outside the bytes, such as an HTTP header; without it the page's own label is
            used. It only decides if the bytes are ambiguous.

    >>> decode("云岭县档案局".encode("gbk"), "utf-8")
    ('云岭县档案局', 'gb18030')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (encoding != "utf-8" or _is_utf8(data)):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    if declared and data.isascii():
        return _decode_seven_bits(data, declared)
    wide = _wide_encoding(data) if b"\x00" in data[:_DECLARED_WITHIN] else None
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_ambiguous(data, declared)


def _decode_seven_bits(data: bytes, declared: str) -> tuple[str, str]:
    codec = _SEVEN_BIT.get(_bare(declared), "ascii")
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError:
        return data.decode("ascii"), "ascii"


def decode_name(raw: bytes) -> str:
    """Return the name of a file in an unknown encoding: UTF-8, or that of Chinese Windows.

    >>> decode_name("年报".encode()), decode_name("年报".encode("gbk"))
    ('年报', '年报')
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def count_undecodable(text: str) -> int:
    """Return how many characters were lost in decoding, now or in an earlier tool."""
    return text.count(REPLACEMENT) if REPLACEMENT in text else 0  # finding one is faster than counting


def share_of_known(text: str) -> float:
    """Return the share of common or ASCII characters; negative if many could not be decoded.

    >>> share_of_known("云岭县2023年") > 0.5, share_of_known("ゥゥゥゥゥゥ")
    (True, 0.0)
    """
    if not text:
        return 1.0
    known = len(_COMMON.findall(text)) + len(text.encode("ascii", "ignore"))
    return (known - 3 * count_undecodable(text)) / len(text)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide_encoding(data: bytes) -> str | None:
    """Name the UTF-16 whose high bytes are the zeros of this data, if that explains them."""
    sample = data[:_DECLARED_WITHIN]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) <= 4 * (min(even, odd) + 1) and max(even, odd) < len(sample) // 3:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
    return encoding if share_of_known(text) >= _LEAST_KNOWN else None


def _decode_ambiguous(data: bytes, declared: str | None) -> tuple[str, str]:
    lenient = data.decode("utf-8", "replace")
    # Damaged UTF-8 (truncated, one bad include) still has mostly valid sequences; double-byte text decoded as
    # UTF-8 has hardly any.
    lost, whole = count_undecodable(lenient), kept_pattern(r"[^\x00-\x7f\ufffd]").findall(lenient)
    if lost * 8 < len(whole):
        return lenient.removeprefix("\ufeff"), "utf-8"
    sample = _double_byte_sample(data)
    label = _family(declared) or _family(declared_encoding(data))
    best = max(
        ("gb18030", "big5"),
        key=lambda name: (round(_plausibility(sample, name), 2), name == label, name == "gb18030"),
    )
    text = _decode_family(data.removeprefix(codecs.BOM_UTF8), best)
    if lost < len(whole) and share_of_known(lenient[:_SAMPLE_SIZE]) > share_of_known(text[:_SAMPLE_SIZE]):
        return lenient.removeprefix("\ufeff"), "utf-8"  # too short to decide by the number of losses alone
    return text, best


def declared_encoding(data: bytes) -> str | None:
    """Return the label in the page's own meta or XML declaration, within its first 64 KB."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def charset_in(content_type: str) -> str | None:
    """Return the charset that a Content-Type names.

    >>> charset_in("text/html; charset=GBK")
    'GBK'
    """
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def _family(label: str | None) -> str | None:
    return _LABELS.get(_bare(label)) if label else None


def _bare(label: str) -> str:
    return kept_pattern(r"[^a-z0-9]").sub("", label.lower())


def _double_byte_sample(data: bytes) -> bytes:
    runs: list[bytes] = []
    size = 0
    for run in _DOUBLE_BYTES.finditer(data):
        runs.append(run[0])
        size += len(run[0])
        if size >= _SAMPLE_SIZE:
            break
    return b" ".join(runs)[: _SAMPLE_SIZE * 2]


def _plausibility(sample: bytes, encoding: str) -> float:
    """Return the share of common characters; each undecodable one counts negatively."""
    text = sample.decode(encoding, "replace").replace(" ", "")
    if not text:
        return 0.0
    return (len(_COMMON.findall(text)) - 3 * count_undecodable(text)) / len(text)


def _decode_family(data: bytes, family: str) -> str:
    if family == "gb18030":
        # Old GBK pages encode the full-width space as A3A0, which the standard leaves private.
        return data.decode("gb18030", "replace").replace("\ue5e5", "\u3000")
    for codec in ("cp950", "big5hkscs"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return data.decode("big5hkscs", "replace")
