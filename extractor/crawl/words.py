"""Words that classify links, columns and pages: what is a report, and what only sounds like one."""

import re
import unicodedata

from extractor.patterns import kept_pattern

_OPENNESS = r"(?:政府信息|信息|政务)公开"
_REPORT = r"(?:年度报告|年度工作报告|工作报告|工作年报|年报|年度情况报告|工作情况报告)"
_TITLE = kept_pattern(rf"{_OPENNESS}(?:.{{0,12}}?{_REPORT}|报告)")
_TURNED = kept_pattern(rf"年度.{{0,6}}{_OPENNESS}.{{0,6}}(?:报告|年报)|{_REPORT}.{{0,4}}{_OPENNESS}")
_CUT = kept_pattern(r"(?:…|\.\.)$")
_BARE = kept_pattern(r"(?:19|20)\d\d年?(?:度|年度)?(?:工作)?(?:年度)?(?:报告|年报)|^年度报告$")

_NOT_A_REPORT = kept_pattern(
    r"通知|解读|图解|一图|图说|网站工作|网站年度|网站年报|法治政府|依法行政|编制|模板|格式|培训|会议|征求|发布会"
    r"|记者|通报|考核|方案|办法|规定|指南|制度|评估|检查|督查|填报|要求|统计报表|统计表|工作要点"
)
_GATHERED = kept_pattern(r"汇总|汇编|合集|列表|目录")

_STRONG = kept_pattern(
    rf"{_OPENNESS}(?:工作)?(?:年度)?(?:年报|报告|年度报告)|公开年报|公开年度报告|^(?:历年)?(?:年报|年度报告|工作年报)$"
)
_WAY = kept_pattern(
    r"^(?:政府信息|信息|政务|政府信息主动|主动)公开(?:专栏|平台|目录|网|工作|栏目|专题|专区|信息)?$"
    r"|^法定主动公开(?:内容)?$|^公开目录$|^(?:区|县|市|省|部门|乡镇|街道|单位)?(?:部门|乡镇|街道|单位)(?:信息)?公开$"
)
# Matches the address of a column itself, not of an article below it.
_SLUG = kept_pattern(
    r"[/-](?:zfxxgknb|xxgknb|gknb|zfxxgkndbg|xxgkndbg|ndbg|zfxxgkgzndbg|zfxxndbg|nb|tbnb|zwgknb)(?:_\d+)?"
    r"(?:/|/(?:index|list|nlist)[^/]*|\.s?html?)?$",
    re.I,
)
_INNER = kept_pattern(
    r"^(?:19|20)\d\d年?(?:度|年度)?$"
    r"|^(?:部门|乡镇|街道|镇街|县直|区直|市直|省直|直属|政府|单位)(?:部门|单位|机关|街道)?(?:年报|年度报告)?$"
    r"|(?:局|委|委员会|办|办公室|政府|镇|乡|街道|办事处|中心|厅|院|处|队|公司|园区|开发区)$"
)

# Names of the chapters of reports, 2008 to now. One entry is one chapter.
_CHAPTERS = (
    r"总体情况|概\s*述",
    r"主动公开(?:政府信息)?(?:的)?情况",
    r"(?:收到和处理)?(?:政府信息公开申请|依申请公开)(?:政府信息)?(?:的|和不予公开政府信息的)?(?:办理)?情况",
    r"行政复议|行政诉讼|提起诉讼",
    r"存在的?(?:主要)?问题",
    r"其他需要报告(?:的)?事项|需要说明的(?:其他)?事项",
    r"收费及减免|收费和减免",
)
_CHAPTER_PATTERNS = tuple(kept_pattern(chapter) for chapter in _CHAPTERS)
_TRADITIONAL = str.maketrans("開報務總況復訴問題項彙匯編製關於辦", "开报务总况复诉问题项汇汇编制关于办")
_YEAR = kept_pattern(r"(?<!\d)((?:19|20)\d\d)(?=年|(?:[\-—~至]\d\d)?\D|$)")

SOFT_404 = kept_pattern(
    r"(?:页面|网页|文章|内容|信息)(?:不存在|已(?:被)?删除|找不到|未找到|无法访问)|找不到(?:您|你)?(?:要|所)?.{0,6}(?:页|文件)"
    r"|404\s*(?:not found|错误|页)|page not found",
    re.I,
)
SAYS_EMPTY = kept_pattern(r"暂无|暂时没有|没有相关|无相关|没有数据|无数据|没有记录|建设中|敬请期待")
LOGIN = kept_pattern(r"请输入验证码|滑动(?:滑块|验证)|拖动滑块|统一身份认证|请先登录|用户登录")


def plain(text: str) -> str:
    """Return text in half-width letters without any blanks."""
    return kept_pattern(r"\s+").sub("", unicodedata.normalize("NFKC", text))


def _simple(text: str) -> str:
    """Return plain text with the few characters that the patterns need in simplified form, one for one."""
    return plain(text).translate(_TRADITIONAL)


def names_a_report(text: str, *, strong: bool = False) -> bool:
    """Return whether a title is that of an annual report on disclosure.

    In a column of such reports (`strong`) a year and 年报 suffice, or the beginning of a truncated title.

    >>> names_a_report("云岭县档案局2024年政府信息公开工作年度报告")
    True
    >>> names_a_report("云岭县2024年政府网站工作年度报表")
    False
    >>> names_a_report("2024年年度报告"), names_a_report("2024年年度报告", strong=True)
    (False, True)
    >>> names_a_report("云岭县档案局2024年政府信息公开工…", strong=True)  # as lists cut it
    True
    """
    text = _simple(text)
    if not text or speaks_about_reports(text) or _GATHERED.search(text):
        return False
    if strong and _CUT.search(text) and kept_pattern(_OPENNESS).search(text) and year_in(text):
        return True
    if _TITLE.search(text) or _TURNED.search(text):
        return year_in(text) is not None or strong
    return strong and bool(_BARE.search(text))


def speaks_of_openness(text: str) -> bool:
    """Return whether a text contains the words of disclosure, or a beginning of them at its end."""
    return bool(kept_pattern(_OPENNESS).search(_simple(text)))


def names_only_the_kind(title: str) -> bool:
    """Return whether a title names neither a year nor an agency: that of a column, not of a report.

    >>> names_only_the_kind("政府信息公开年报"), names_only_the_kind("云岭县财政局政府信息公开年报")
    (True, False)
    """
    return year_in(title) is None and agency_in(title) == ""


def speaks_about_reports(text: str) -> bool:
    """Return whether a title is of another document, although it may contain the words of a report.

    The words after the report's own name do not count: 报告（征求意见稿） is still a draft, but an
    agency may be called 考核办.

    >>> speaks_about_reports("关于做好2024年政府信息公开工作年度报告编制工作的通知")
    True
    >>> speaks_about_reports("云岭县考核办2024年政府信息公开工作年度报告")
    False
    """
    text = _simple(text)
    named = kept_pattern(rf"(?:19|20)\d\d年?度?{_OPENNESS}工作?{_REPORT}$").search(text)
    if named and not text.startswith("关于"):
        return bool(kept_pattern(r"解读|图解|网站|法治政府").search(text[: named.start()]))
    return bool(_NOT_A_REPORT.search(text))


def column_strength(text: str, url: str) -> int:
    """Return 2 for a column of annual reports, 1 for one on the way to it, 0 for any other.

    >>> column_strength("政府信息公开年报", "/a/"), column_strength("政务公开", "/zwgk/")
    (2, 1)
    >>> column_strength("领导之窗", "/ldzc/")
    0
    """
    text = _simple(text)
    if speaks_about_reports(text):
        return 0
    if _STRONG.search(text) or (_GATHERED.search(text) and _TITLE.search(text)) or _SLUG.search(url):
        return 2
    return 1 if _WAY.search(text) else 0


def leads_inward(text: str) -> bool:
    """Return whether a link inside a column of reports may lead to the column of a year or an agency.

    >>> [leads_inward(text) for text in ("2023年", "部门年报", "云岭县档案局", "首页")]
    [True, True, True, False]
    """
    text = _simple(text)
    return 0 < len(text) <= 24 and bool(_INNER.search(text)) and not speaks_about_reports(text)


def chapters_in(text: str) -> int:
    """Return how many different chapters of a report a text names."""
    text = text.translate(_TRADITIONAL)
    return sum(1 for pattern in _CHAPTER_PATTERNS if pattern.search(text))


_TOLD = kept_pattern(rf"[^\s。，；]{{0,40}}{_OPENNESS}(?:工作)?{_REPORT}")


def title_told_in(text: str) -> str:
    """Return the report's title that a text begins with; "" if there is none.

    >>> title_told_in("云岭县档案局2019年政府信息公开工作年度报告 发布日期：2020-01-31")
    '云岭县档案局2019年政府信息公开工作年度报告'
    """
    found = _TOLD.search(text[:400])
    return found[0] if found else ""


def year_in(title: str) -> int | None:
    """Return the first year in a title.

    >>> year_in("云岭县档案局2024年度政府信息公开工作年度报告")
    2024
    """
    found = _YEAR.search(plain(title))
    return int(found[1]) if found and 2000 <= int(found[1]) <= 2100 else None


def agency_in(title: str) -> str:
    """Return the agency that a report's title names; "" if it names none.

    >>> agency_in("云岭县档案局2024年政府信息公开工作年度报告")
    '云岭县档案局'
    >>> agency_in("2024年云岭县政府信息公开工作年度报告")
    '云岭县'
    >>> agency_in("2024年政府信息公开工作年度报告")
    ''
    """
    text = kept_pattern(r"[（(【\[《》\]】)）]").sub("", plain(title))
    found = kept_pattern(_OPENNESS).search(text.translate(_TRADITIONAL))
    if not found:
        return ""
    before = text[: found.start()]
    return kept_pattern(r"^关于|(?:19|20)\d\d年?(?:度|年度)?|^公布|的$").sub("", before)
