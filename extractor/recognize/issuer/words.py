"""The words of titles and agency names, folded so that one pattern matches all their typographic variants.

Folding never changes the length of a text: an offset in the folded text is an offset in the
text as printed.
"""

import re
from functools import lru_cache

from extractor.patterns import kept_pattern, late_pattern
from extractor.script import TO_SIMPLIFIED

_PLAIN = {chr(old): new for old, new in TO_SIMPLIFIED.items()} | dict(
    zip("０１２３４５６７８９()[]｜:;,﹕", "0123456789（）〔〕|：；，：", strict=True)
)
_PLAIN_OF_ASCII = tuple((old, new) for old, new in _PLAIN.items() if old.isascii())
_UNFOLDED = kept_pattern(f"[{re.escape(''.join(_PLAIN))}]")
_CHINESE_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")

CJK = "一-鿿"
YEAR = r"(?:20\d\d|二[〇○Ｏ零][〇○Ｏ零一二三四][〇○Ｏ零一二三四五六七八九])"
# Names of such reports: 政府信息公开工作年度报告, 信息公开年报, 政府信息公开年度工作报告…
CORE = (
    rf"(?:政府|政务)*(?:（机关）)?(?:信息|资讯)公开(?:工作)?(?:情况)?(?:的)?(?:{YEAR}(?=年度))?"
    r"(?:年度工作报告|年度报告|工作年度报告|年度情况报告|工作报告|情况报告|报告|工作年报|年报)"
)
TOWNSHIP = kept_pattern("(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|办|党政办|党委)?(?:办公室)?$|街道办事处")
# 区审计局, 自治区应急管理厅: a rank that names no place.
RELATIVE = kept_pattern("^(?:自治区|[省市县区旗州盟])(?=..)(?!中区|北区|南区|东区)")
_ENDING = kept_pattern(
    "(?:人民政府|政府|行署|公署|管委会|委员会|委|局|厅|署|部|办公室|办公厅|办|街道|办事处|镇|乡|苏木|"
    "海关|关区|"
    "妇联|工商联|文联|残联|侨联|社科联|科协|作协|党校|"
    "支队|总队|大队|调查队|中心|院|银行|所|馆|站|室|会|社|联合会|公司|集团|学校|大学|中学|小学|医院|司|处|台|旗|区|"
    "市|县|州|盟|省|"
    "场|兵团|团|师|气象部门|）)$"
)
_AGENCY = kept_pattern(rf"(?:[{CJK}·、]|（[{CJK}]{{1,12}}）){{2,36}}")
# Words that occur in sentences but never in the name of an agency.
_PROSE = kept_pattern(
    "根据|依据|按照|公布|发布|公开(?!办|领导)|(?<!机构)编制|要求|关于|现将|报告|通知|条例|"
    "我[局委镇乡县市区办厅院街部旗州省盟室队馆站所]|本[局委镇乡机单级部]|"
    "工作(?!部|局|办|委)|首页|年度|栏目|来源|如下|以及|负责|严格|落实|深入|贯彻|认真|专栏|门户|网站|"
    "领导小组|有关|规定|印发|全[市县区省镇乡]|各|"
    "其中|包括|图解|读懂|解读|联系|电话|地址|联合(?!社|会)|组织全|指导|会同|充分|党员|推进|党组|^[的了及由在与是为被]|[的了]$"
)


def fold(text: str) -> str:
    """Return the text with full-width digits, brackets and traditional characters replaced by plain ones.

    >>> fold("廣州市國資委２０２０年(修改)")
    '广州市国资委2020年（修改）'
    """
    # A line is folded again by each who asks what it says.
    return _folded_line(text) if len(text) <= _LINE else _folded(text)


def _folded(text: str) -> str:
    if not text.isascii():
        return _UNFOLDED.sub(lambda found: _PLAIN[found.group()], text)
    for old, new in _PLAIN_OF_ASCII:
        text = text.replace(old, new)
    return text


_LINE = 400  # characters
_folded_line = lru_cache(maxsize=512)(_folded)


def read_year(text: str) -> int:
    """Return the year of four digits, Arabic or Chinese.

    >>> read_year("二〇二一"), read_year("2019")
    (2021, 2019)
    """
    return int(text.translate(_CHINESE_DIGITS))


_NUMBERED = kept_pattern("^[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{0,3}）")
_RANKS_ALONE = kept_pattern("(?:人民政府|政府|管理委员会|管委会|委员会|办公室|办公厅|中心)+")
_BRACKETS = late_pattern("(?:（[^（）]*）)+$")


def is_agency(name: str) -> bool:
    """Return whether a folded text without blanks reads like the name of a body or an area.

    A heading is not one, whatever its brackets contain: 一、总体情况（一）.

    >>> is_agency("云岭县档案局"), is_agency("政务公开"), is_agency("根据有关规定的局")
    (True, False, False)
    """
    if not 2 <= len(name) <= 36 or _ENDING.search(name) is None or _NUMBERED.search(name):
        return False
    if _RANKS_ALONE.fullmatch(name):
        return False
    if name.endswith("）") and _ENDING.search(_BRACKETS.sub("", name)) is None:
        return False
    return _AGENCY.fullmatch(name) is not None and _PROSE.search(name) is None
