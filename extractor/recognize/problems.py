"""Section 五: what the agency says is wrong, and what it means to do, item by item, with keywords."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import find_keywords
from extractor.report import ProblemItem, Problems, Section

_MOST_KEYWORDS = 5
_NUMBERS = "一二三四五六七八九十"
# A mark stands at the beginning or behind one of _BEFORE_MARKS.
_MARK = kept_pattern(
    rf"(?:([{_NUMBERS}])是|[（(]([{_NUMBERS}]|\d{{1,2}})[)）]|(\d{{1,2}})[.．、](?!\d)"
    rf"|第([{_NUMBERS}])[，,]|([①-⑩])|(首先|其次|再次|最后)[，,])[，,]?\s*"
)
_BEFORE_MARKS = "。；;：:，,"
_AHEAD = kept_pattern(
    r"下半年|(?:改进|整改|措施|办法|打算)[：:]|下一步|下步|下一阶段|下阶段|今后|明年|来年|新的一年|改进(?:情况|措施|办法|方向)|整改(?:情况|措施)|努力方向"
    r"|20\d\d年度?[，,]?[^。，,]{0,12}?(?:将|要|拟|计划)|(?:针对|对照)(?:以上|上述|这些|存在|发现)"
    r"|(?:我[局厅委办市县区镇乡省们]|我街道|我单位|本机关|单位)将|将(?:进一步|继续|采取|从以下|重点|着力|切实|严格|按照)|为此"
)
_LACKING = late_pattern(
    r"不足|不够|有待|欠缺|薄弱|滞后|不[高强多足深实细全严畅到及完规均熟力平丰充顺主便准]|较[少弱低慢]|单一|缺乏|缺少|亟待|仍需|还需|尚需"
    r"|仍待|还待|(?:无法|不能)(?:很好|完全|充分)?(?:满足|适应)|偏[少低弱慢]|差距|短板|未能|没有|难以|受限|限制|尚未|时有|存在"
)
_PROBLEMS = kept_pattern("问题|不足|困难|差距")
_IMPROVEMENTS = kept_pattern("改进|措施|整改|下一?步|计划|打算|今后|对策|方向|明年|思路")
_INTRODUCES = kept_pattern(
    r"(?:如下|以下|下列)[^。]*[：:。]?$|[：:]$"
    rf"|[几两{_NUMBERS}\d]+[个项大点]?(?:方面|工作|问题|措施|不足)(?:的?(?:工作|改进|努力))?$"
)
_CONCEDES = kept_pattern(
    "[^。；;]{0,120}?(?:虽|尽管|成效|成绩|进展|进步)[^。；;]{0,120}?(?:但是|但|然而)[，,]?"
)
_SENTENCE = kept_pattern(r"[^。！？!?\n]+")
_CLAUSES = kept_pattern(r"[^。；;！？!?\n]+")
_GENERAL = late_pattern(
    r"(?:存在|有)(?:着|了)?(?:一些|一定的?|不少|诸多|许多)?的?(?:差距|不足|问题|薄弱环节|困难)(?:[和与、](?:差距|不足|问题|薄弱环节))*[，,。]?$"
)
_SIGNED = (
    r"(?:[^，。；\s]{2,25}(?:局|厅|委|委员会|政府|办公室|街道|办事处|中心)\s*)?"
    r"(?:[12二][\d〇○零一二三四五六七八九十]{3}年.{1,8}日)?\s*$"
)
_SIGNATURE = kept_pattern(rf"\s*{_SIGNED}")
_SIGNATURE_BEHIND = kept_pattern(rf"(?<=[。；;！!])\s*(?=[^。]{{2,60}}日\s*$){_SIGNED}")
_LEADING = kept_pattern("(?:主要)?(?:表现为|表现在|体现在|是|有|如|即)[：:]?(?=[^，。]{4})|主要是")
_SAYS_PROBLEMS = kept_pattern(
    r"\s*(?:问题[一二三四五六七八九十\d][：:、]|(?:[（(]?[一二]?[)）、]?)?(?:当前|目前)?存在的?(?:主要|突出)?(?:问题|不足))"
)
_IS_LACKING = kept_pattern("[^。]{0,40}(?:有待|还存在|仍存在|不足|不够)")
# A line that only announces what follows: （一）存在问题。 改进情况。
_NAMES_PROBLEMS = kept_pattern(
    r"(?:当前|目前)?(?:存在的?)?(?:主要|突出)?(?:问题|不足|困难)(?:[和及与、](?:问题|不足|困难))?"
)
_NAMES_IMPROVEMENTS = kept_pattern(
    r"(?:下一?步|今后|下阶段)?(?:的)?(?:工作)?(?:改进|整改|努力|主要|工作)?(?:情况|措施|方向|打算|计划|思路)"
)
# The introduction of a list, up to its colon.
_LEAD_IN = kept_pattern(
    r"[^。；;：:]{0,60}?(?:问题|不足|差距|困难|短板|弱项|表现[为在]|措施|办法|改进|整改|工作|方面|将|打算|如下|以下|下列)[一二三四五六七八九十\d]?[：:]"
)
_QUOTED = kept_pattern("“[^”]{0,80}”")
_SUCCESS = late_pattern(
    "(?:得到|取得|有了|明显|显著|稳步|圆满|全面|大幅|有效|不断|均已|已全部|已经?)[^，,。；;不未待需]{0,10}"
    "(?:提升|提高|改善|加强|推进|完成|到位|落实|成效|成绩|进步|整改|解决)了?$"
)
_OPENING = 25  # characters of a sentence in which a plan is announced
_ORDER = ("首先", "其次", "再次", "最后")
_SHORTEST = 4  # characters of the shortest item
_OPENS_A_PART = late_pattern(r"\s*(?:[（(第首其再最①-⑩\d]|[一二三四五六七八九十]+[是、])")
_WRAPPED = 15  # characters: a line at least so long that ends in no mark goes on in the next one
_ENDS = "。；;！？!?：:"
_FILLING = " \t\r\n　；;。，,：:"


class _ClauseStretch(Struct, frozen=True):
    """A range of the text, about planned improvements if `ahead`, else about problems."""

    start: int
    end: int
    ahead: bool


def find_problems(sections: Sequence[Section]) -> Problems:
    """Return the problems and the improvements that the section 存在的主要问题及改进情况 lists.

    If the heading of that section is lost, its two halves are found by their own: 主要问题, 改进情况.
    """
    found: tuple[list[ProblemItem], list[ProblemItem]] = ([], [])
    lost = not any(section.code == "problems" for section in sections)
    for number, section in enumerate(sections):
        names = _part_named(section.heading) if lost and section.code is None else None
        if section.code == "problems" or names is not None:
            for path, part, ahead, stretches in _parts(section, (number,), bool(names)):
                _read(part, path, ahead, stretches, found)
    return Problems(tuple(found[0]), tuple(found[1]))


def _parts(
    section: Section, path: tuple[int, ...], ahead: bool
) -> Iterator[tuple[tuple[int, ...], Section, bool, list[_ClauseStretch]]]:
    """Yield a section and its subsections.

    Each with whether its text begins with planned improvements, and with the stretches of its text.
    """
    stretches = list(_stretches(section.text, ahead))
    yield path, section, ahead, stretches
    ahead = stretches[-1].ahead if stretches else ahead
    for number, part in enumerate(section.sections):
        problems, improvements = _PROBLEMS.search(part.heading), _IMPROVEMENTS.search(part.heading)
        if bool(problems) != bool(improvements):
            ahead = bool(improvements)
        yield from _parts(part, (*path, number), ahead)


def _read(
    section: Section,
    path: tuple[int, ...],
    ahead: bool,
    stretches: Sequence[_ClauseStretch],
    found: tuple[list[ProblemItem], list[ProblemItem]],
) -> None:
    text, before = _unwrapped(section.text), len(found[0]) + len(found[1])
    if text != section.text:
        stretches = list(_stretches(text, ahead))
    names_a_part = _PROBLEMS.search(section.heading) or _IMPROVEMENTS.search(section.heading)
    # the heading names the item and the text explains it: one item
    titled = len(path) > 1 and not names_a_part
    for stretch in stretches:
        for start, end in _items(text, stretch, whole=titled):
            said = section.text[start:end]
            words = said.replace("\n", "")
            keywords = find_keywords(words, _MOST_KEYWORDS)
            found[stretch.ahead].append(
                ProblemItem(said, path, start, end, keywords, section.locator, topics_of(words))
            )
    if titled and before == len(found[0]) + len(found[1]):
        keywords = find_keywords(section.heading, _MOST_KEYWORDS)
        topics = topics_of(section.heading)
        found[ahead].append(ProblemItem(section.heading, path, 0, 0, keywords, section.locator, topics))


def _unwrapped(text: str) -> str:
    """Return a text without line breaks inside sentences; every character keeps its offset."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        goes_on = len(line) >= _WRAPPED and line[-1] not in _ENDS
        lines[number] = line + (" " if goes_on and not _OPENS_A_PART.match(lines[number + 1]) else "\n")
    return "".join(lines)


class _Topic(Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    says: str
    words: str


class _Topics(Struct, frozen=True, forbid_unknown_fields=True):
    topics: tuple[_Topic, ...]


def topics_of(item: str) -> tuple[str, ...]:
    """Return the topics of an item, by the words of data/problem_topics.yaml, in the order of that file.

    >>> topics_of("政策解读形式单一"), topics_of("工作人员流动大，业务能力不强")
    (('interpretation', 'platforms'), ('staff', 'training'))
    """
    return tuple(code for code, words in _topics() if words.search(item))


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = load_definition("problem_topics.yaml", _Topics).topics
    return tuple((topic.code, kept_pattern(topic.words)) for topic in found)


def _stretches(text: str, ahead: bool) -> Iterator[_ClauseStretch]:
    """Split a text where it changes from problems to planned improvements and back."""
    start, last = 0, 0  # last: the number of the last problem
    numbered = False  # whether planned improvements have numbers of their own
    for match in _SENTENCE.finditer(text):
        if (names := _part_named(match[0])) is not None:
            if start < match.start():
                yield _ClauseStretch(start, match.start(), ahead)
            start, ahead, numbered, last = min(match.end() + 1, len(text)), names, False, 0
            continue
        numbers = [_number(mark) for mark in _marks(text, match.start(), match.end())]
        goes_on = bool(numbers and last and numbers[0] == last + 1 and not numbered)
        turns = not (goes_on or _SAYS_PROBLEMS.match(match[0])) if ahead else _turns_ahead(text, match)
        if turns != ahead:
            if start < match.start():
                yield _ClauseStretch(start, match.start(), ahead)
            start, ahead, numbered = match.start(), turns, False
        if ahead:
            numbered = numbered or 1 in numbers
        elif numbers:
            last = numbers[-1]
    if start < len(text):
        yield _ClauseStretch(start, len(text), ahead)


def _part_named(sentence: str) -> bool | None:
    """For a line that is only a subheading: whether planned improvements follow. None for other lines."""
    bare = _without_marks(sentence.strip()).strip(_FILLING)
    if _NAMES_PROBLEMS.fullmatch(bare):
        return False
    return True if _NAMES_IMPROVEMENTS.fullmatch(bare) else None


def _turns_ahead(text: str, sentence: re.Match[str]) -> bool:
    """Return whether a sentence begins by announcing a plan and names no problem."""
    opening = min(sentence.end(), sentence.start() + _OPENING)
    if sentence[0].lstrip(_FILLING).startswith("将"):
        return True
    return bool(_AHEAD.search(text, sentence.start(), opening)) and not _IS_LACKING.match(sentence[0])


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the marks that number items in a range: 一是, （2）, 3., 第四，, ⑤, 首先，."""
    while mark := _MARK.search(text, start, end):
        begin = mark.start()
        if not begin or text[begin - 1] in _BEFORE_MARKS or text[begin - 1].isspace():
            yield mark
            start = mark.end()
        else:
            start = begin + 1


def _without_marks(text: str) -> str:
    at, kept = 0, ""
    for mark in _marks(text, 0, len(text)):
        kept, at = kept + text[at : mark.start()], mark.end()
    return kept + text[at:]


def _number(mark: re.Match[str]) -> int:
    printed = next(group for group in mark.groups() if group)
    if printed in _NUMBERS:
        return _NUMBERS.index(printed) + 1
    if printed.isdecimal() and printed.isascii():
        return int(printed)
    return _ORDER.index(printed) + 1 if printed in _ORDER else ord(printed) - ord("①") + 1


def _items(text: str, stretch: _ClauseStretch, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Yield the bounds of each item in a range, without its number and closing punctuation."""
    marks = list(_marks(text, stretch.start, stretch.end))
    if whole:
        bounds = [(stretch.start, stretch.end)]
    elif marks:
        marks = [mark for mark in marks if mark.lastindex == marks[0].lastindex]
        ends = [*(mark.start() for mark in marks[1:]), stretch.end]
        bounds = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    else:
        bounds = list(_sentences_of_own(text, stretch))
    for start, end in bounds:
        unsigned = _SIGNATURE_BEHIND.search(text, start, end)
        trimmed = text[start : unsigned.start() if unsigned else end].strip(_FILLING)
        if leading := _LEADING.match(trimmed):
            trimmed = trimmed[leading.end() :].strip(_FILLING)
        if len(trimmed) >= _SHORTEST:
            start = text.index(trimmed, start)
            yield start, start + len(trimmed)


def _sentences_of_own(text: str, stretch: _ClauseStretch) -> Iterator[tuple[int, int]]:
    """Yield the sentences with specific content; introductions and general sentences are left out."""
    general = []
    listed_until = stretch.start  # up to here all clauses belong to an introduced list, and all count
    for match in _CLAUSES.finditer(text, stretch.start, stretch.end):
        start, end = match.span()
        if lead := _LEAD_IN.match(text, start, end):
            start = lead.end()
            listed_until = _end_of_sentence(text, start, stretch.end)
        if conceding := _CONCEDES.match(text, start, end):
            start = conceding.end()
        said = text[start:end].rstrip(" \t\r\n　")
        if _SIGNATURE.fullmatch(said) or (stretch.ahead and _INTRODUCES.search(said)):
            continue
        if not said or (not stretch.ahead and _SUCCESS.search(said)):
            continue
        if not stretch.ahead and _GENERAL.search(said):
            general.append((start, end))
        elif stretch.ahead or end <= listed_until or _LACKING.search(_QUOTED.sub("", said)):
            general = []
            yield start, end
    yield from general


def _end_of_sentence(text: str, start: int, end: int) -> int:
    found = _SENTENCE.match(text, start, end)
    return found.end() if found else end
