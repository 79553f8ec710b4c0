"""Numbers listed for one body after another: 县直部门公开22,040条、乡镇8,049条.

县环保局（402条）、县教育局（377条).
"""

from collections.abc import Sequence

from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.numbers import Quantity

_NAME = (
    "[^\\d，。；：:、（）全]{0,14}?"
    "(?:部门|单位|机关|乡镇|镇街|街道|县区|区县|局|委|委员会|[总支大中]队|院校|[省市县区]直|办公[室厅]|办|[乡镇]|(?<![网子])站|所|[股科处]室|本级|(?<!不予)处|县市|县|区|中心|[县市区]政府)"
)
_ITEM = kept_pattern(
    f"(?:其中|包括|[^\\d，。；：]{{0,20}}的(?:单位|部门|乡镇)?(?:依次|分别)?[是为])?(?!其中|包括|全|各级|我(?!局机关)|本(?!局机关|级))(?:\\d{{1,3}}个?)?{_NAME}(?:（[^）]{{0,8}}）)?(?:共|累计|全年|主动|新|本年)*"
    "(?:公开|发布|上传|报送|上报|收到|受理|答复|办结)?的?(?:政府信息公开)?(?:申请|信息|政府信息)?(?:共|为|有|达)?"
)
_ENDS_OF_NAMES = frozenset("局委办镇乡站所室厅门位道区县心府队关直校级处会市")
_SIGN = kept_pattern("[局委办镇乡站所室厅门位道区县心府队关直]")
_BREAKS = kept_pattern("[，,。；;、：:（(]")
_LONGEST = 40  # characters of one entry of such a list


def told_body_by_body(text: str, start: int, quantities: Sequence[Quantity]) -> frozenset[int]:
    """Return the positions of the numbers of a sentence that belong to one body each; at least two."""
    if len(quantities) < 2 or not _SIGN.search(text, start, quantities[-1].start):
        return frozenset()
    found: set[int] = set()
    floor = start
    for quantity in quantities:
        before = (
            text[max(floor, quantity.start - _LONGEST) : quantity.start]
            .rstrip("（(")
            .replace("（市、区）", "")
        )
        *earlier, item = _BREAKS.split(before)
        begins = bool(earlier) or floor == start  # in 42家单位公开信息 the number covers all of them
        if begins and not _ENDS_OF_NAMES.isdisjoint(item) and _ITEM.fullmatch(item):
            found.add(quantity.start)
        floor = quantity.end
    return frozenset(found) if len(found) > 1 else frozenset()
