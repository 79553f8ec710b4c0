"""Whether an agency reports for itself or for all bodies of its area, as the preamble says."""

from collections.abc import Iterable
from typing import Literal

from extractor.patterns import kept_pattern, late_pattern

Scope = Literal["own", "area"]

# A lookahead for the possible first characters: it rejects most positions at once.
_AREA = kept_pattern(
    "(?=[综汇根结由数报全])(?:(?:综合|汇总|根据|结合|由)[^。；]{0,30}(?:各[^。；]{0,6}(?:镇|乡|街道|部门|单位|县|区|市|地区|级)|"
    "全[市县区旗省州](?:各|行政)|所属|下属|辖区)[^。；]{0,60}(?:编制|汇总|形成|而成|整理)|"
    "(?:数据|报告)(?:范围)?(?:为|包括|涵盖|包含|含)[^。；]{0,20}(?:各(?:镇|乡|街道|部门|单位|县|区)|"
    "全[市县区旗省州])|全[市县区旗省州](?:各|所有)[^。；]{0,20}(?:汇总|综合))"
)
_OWN = late_pattern(
    "(?:数据|统计)[^。；]{0,12}(?:仅限|仅为|仅包括|仅统计|只包括)|仅(?:限|统计)[^。；]{0,14}(?:机关|"
    "本级|本部门|本单位|本局)|"
    "(?:数据|报告|公布|统计)[^。；]{0,14}(?:[市县区省]本级|本级政府)|不(?:含|包括|包含)(?:下属|所属|各|"
    "乡镇|县区|区县|直属)"
)
_OWN_WORDS = ("仅", "本级", "不含", "不包", "只包括")  # every match of _OWN contains one of them


def scope_of(texts: Iterable[str]) -> Scope | None:
    """Return whether, by the preamble, the figures are the agency's own or those of its whole area."""
    joined = "\n".join(texts)[:2500]
    if any(word in joined for word in _OWN_WORDS) and _OWN.search(joined):
        return "own"
    return "area" if _AREA.search(joined) else None
