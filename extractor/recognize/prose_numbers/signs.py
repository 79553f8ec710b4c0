"""Tells by its words whether a sentence is about requests for information, whatever section it is in."""

from collections.abc import Sequence

from extractor.recognize.prose import Term
from extractor.recognize.prose_numbers.rules import figure_rules

_PASSED_OVER = frozenset(
    ["群众", "居民", "村民", "企业", "公司", "档案", "问题", "约谈", "整改", "超期", "平均"]
)
_DONE = frozenset(["conclude"])
_OTHER_TALK = ("otherbiz", "disclose", "publish")


def is_of_requests(text: str, said_here: str, meaning: Sequence[Term], said: frozenset[str]) -> bool:
    """Return whether the words of a sentence show that it is about requests.

    答复申请9件，其中予以公开5件、无法提供4件.
    """
    rules = figure_rules()
    groups = rules.groups
    told = said & (groups.told | _DONE if "apply" in said else groups.told)
    if "apply" in said and "新收" in said_here:
        told |= {"apply"}
    if not told or not said.isdisjoint(_OTHER_TALK):
        return False
    business = {"foreign", "mail", "apply", *told}
    first = next(
        (t for t in meaning if t.concepts & business and text[t.start : t.end] not in _PASSED_OVER), None
    )
    if first is None or first.concepts & {"foreign", "mail"}:
        return False  # about something else: 行政许可申请30件，不予受理5件
    if told & groups.only or len(told - {"reply"}) > 1 or "apply" in said:
        return True
    return rules.signs.search(said_here) is not None
