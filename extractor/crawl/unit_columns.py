"""Directories of departments and towns (units), whose columns hold reports of their own."""

from extractor.crawl.page import CrawledPage, Link
from extractor.crawl.task import Task
from extractor.crawl.words import column_strength, plain, speaks_about_reports
from extractor.patterns import kept_pattern

_UNIT = kept_pattern(
    r"^[\u4e00-\u9fff（）()]{1,24}(?:局|委|委员会|办|办公室|厅|院|政府|镇|乡|苏木|街道|办事处|中心|管委会|开发区|园区"
    r"|总队|支队|大队|档案馆|图书馆|博物馆|供销社|联社|残联|妇联|工商联|文联|红十字会|协会|联合会|总工会|党校|公司|集团|农场|林场)$"
)
_NO_UNIT = kept_pattern(
    r"大厅|^(?:新闻|互动|个人|下载|视频|数据|投诉|咨询|服务|政务服务|便民服务|用户|信息|发布|图片|专题|帮助|媒体)中心$"
    r"|召开|关于|举办|开展|赴|调研|检查|公示|公告|链接|网站群|联系|^(?:本|我|各|全|省|市|县|区|州)?(?:政府|办公室|部门)$"
)
_DIRECTORY = kept_pattern(
    r"(?:部门|乡镇|镇街|街镇|街道|乡镇街道|单位|县直|区直|市直|省直|直属|垂直|各级|机构|科局|委办局|委局)"
    r".{0,8}(?:公开|目录|年报|网站|专栏|平台|导航|列表|一览)"
)
_FEWEST_UNITS = 3  # so many links to units make a page a directory
UNIT_STEPS = 3  # most pages between a unit's own page and its reports


def names_a_unit(text: str) -> bool:
    """Return whether a link's text is the name of a department or town.

    >>> [names_a_unit(text) for text in ("县财政局", "白沙镇", "政务服务大厅", "领导之窗")]
    [True, True, False, False]
    """
    text = plain(text)
    return 3 <= len(text) <= 26 and bool(_UNIT.match(text)) and not _NO_UNIT.search(text)


def is_directory_name(text: str) -> bool:
    """Return whether a column's name is that of a directory of units.

    >>> is_directory_name("政府部门信息公开目录"), is_directory_name("政府信息公开目录")
    (True, False)
    """
    return bool(_DIRECTORY.search(plain(text))) and not speaks_about_reports(text)


def units_on(page: CrawledPage, task: Task) -> list[Link]:
    """Return the links to the columns of units that a page lists."""
    if task.role != "page":
        return []
    names = (task.label, page.metas.get("columnname", ""), page.title)
    named = any(is_directory_name(name) for name in names)
    on_the_way = task.strong or any(column_strength(name, "") for name in names)
    if not (named or on_the_way):
        return []
    found = [link for link in page.links if link.url and names_a_unit(link.text)]
    return found if named or len({link.url for link in found}) >= _FEWEST_UNITS else []
