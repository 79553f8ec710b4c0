"""What the prose says about a cell that the tables leave undecided.

Only for the number of requests received, which most reports give in nearly the same words.
"""

from collections.abc import Iterable

from extractor.located import Witness
from extractor.patterns import late_pattern
from extractor.report import Section

_RECEIVED = late_pattern(
    r"(?:收到|受理|接到|接收|新收|收悉)"
    r"(?:[^。；;，,\d]{0,25}?(?P<before>\d{1,7})\s*(?:件|份|条|宗|项|个)[^。；;，,\d]{0,20}申请"
    r"|[^。；;\d]{0,20}?申请[^。；;，,\d]{0,8}(?P<after>\d{1,7})\s*(?:件|份|条|宗|项|个))"
)
_ABOUT = late_pattern(r"信息公开|依申请|公开申请|政府信息")
_OTHERS = late_pattern(r"累计|历年|上年|结转|去年|咨询|复议申请|许可")


def find_witnesses(sections: Iterable[Section], cell: str) -> tuple[Witness, ...]:
    """Return the prose's number of requests received as a witness for `cell`; none if it gives several."""
    found = [witness for section in sections for witness in _witnesses_in(section, cell)]
    if len({witness.value for witness in found}) != 1:
        return ()
    return (found[0],)


def _witnesses_in(section: Section, cell: str) -> Iterable[Witness]:
    for match in _RECEIVED.finditer(section.text):
        start = max(section.text.rfind(mark, 0, match.start()) for mark in "。；;\n") + 1
        clause = section.text[start : match.end()].strip()
        at_home = section.code == "overview.requests"
        if (at_home or _ABOUT.search(clause)) and not _OTHERS.search(clause):
            yield Witness(cell, int(match["before"] or match["after"]), clause, section.locator)
    for inner in section.sections:
        yield from _witnesses_in(inner, cell)
