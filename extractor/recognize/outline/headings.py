"""What a heading says: the wordings of the standard parts, and where a heading ends in running text.

The words are data (data/headings.yaml); how they combine is defined here. Every function takes
text already converted to simplified characters (see extractor.script).
"""

import re
from functools import cache, lru_cache

from msgspec import Struct

from extractor.definitions import load_definition
from extractor.errors import InvalidDefinition
from extractor.patterns import kept_pattern

_YEAR = r"(?:20\d\d|二[〇○零O0][一二]?[〇○零一二三四五六七八九十])年?度?"
_QUANTITY = kept_pattern(r"\d\s*余?万?[件条次个项篇份期场起宗人亿元%％]|[；;〔〕！!？?\uffff]")
_NO_BEGINNING = kept_pattern(
    r"[项款条至、，,。：:）)和与…]|及(?!时)|[附图]?[表图件][一二三四五六七八九十\d]+[：:]?"
)
_REMEMBERED = 2048  # cache sizes for names and texts: the same headings occur again and again
_LONGEST = 45  # characters without blanks; the longest slogan seen has 36


class Wordings(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of data/headings.yaml."""

    main: dict[str, list[str]]
    main_by_word: dict[str, list[str]]
    outside: list[str]
    free_form: list[str]
    outside_sub: list[str]
    sub: dict[str, list[str]]
    lead: list[str]
    verb: list[str]
    tail: list[str]
    closing_words: list[str]
    ending_words: list[str]
    continued: list[str]
    sentence_start: list[str]
    sentence_start_weak: list[str]
    unnumbered: list[str]


class Named(Struct, frozen=True, gc=False):
    """A standard wording at the start of a text: `text[:end]` names `code`; its keyword ends at `core`."""

    code: str
    core: int
    end: int


class Vocabulary:
    """The wordings, compiled."""

    def __init__(self, words: Wordings) -> None:
        """Compile the patterns; raise ValueError if `traditional` is no list of pairs."""
        self.main_codes = _codes(words.main)
        self.sub_codes = _codes(words.sub)
        # the numbers that the official form gives them
        self.due = {code: number for number, code in enumerate(words.sub, 1)}
        self.lead = kept_pattern(f"(?:{_YEAR}|{_any(words.lead + words.verb)})*")
        self.tail = kept_pattern(f"(?:{_any(words.tail)})*")
        self.main = kept_pattern("|".join(map(re.escape, self.main_codes)))
        self.sub = kept_pattern("|".join(map(re.escape, self.sub_codes)))
        self.starts = frozenset("2二").union(
            *(word[0] for word in (*words.lead, *words.verb, *self.main_codes, *self.sub_codes))
        )
        self.overview_at_end = kept_pattern(f"(?:{_any(words.main['overview'])})$")
        self.main_by_word = {code: kept_pattern(_any(cores)) for code, cores in words.main_by_word.items()}
        self.outside = kept_pattern(_any(words.outside))
        self.outside_sub = kept_pattern(_any(words.outside + words.outside_sub))
        self._lead_words = tuple(words.lead)
        self._free_form = tuple(words.free_form)
        self._behind_free_form = (*words.tail, *words.free_form)
        self.ends = _compile_ends(words)
        self.alone = tuple(words.unnumbered)
        self.unnumbered = kept_pattern(rf"(?<=[\s\uffff])({_any(words.unnumbered)})[：:]?(?=[\s\uffff])")

    def end_of_free_form(self, text: str) -> int:
        """Return where the words of a section known from free-form reports end; 0 if there is none.

        A regular expression would take exponential time here.

        >>> vocabulary().end_of_free_form("政府信息公开收费情况本年度没有")
        10
        """
        begun = _reached(text, {0}, self._lead_words)
        named = {at + len(word) for at in begun for word in self._free_form if text.startswith(word, at)}
        return max(_reached(text, named, self._behind_free_form), default=0)


def _reached(text: str, starts: set[int], words: tuple[str, ...]) -> set[int]:
    """Return the offsets that these words, repeated any number of times, reach from the given offsets."""
    reached, open_places = set(starts), list(starts)
    while open_places:
        at = open_places.pop()
        for word in words:
            if text.startswith(word, at) and at + len(word) not in reached:
                reached.add(at + len(word))
                open_places.append(at + len(word))
    return reached


def _compile_ends(words: Wordings) -> re.Pattern[str]:
    """Return a pattern for the last word of a heading whose text follows without a break.

    The group `sure` is set if the word itself shows the end (情况), `begun` if a sentence certainly
    begins after it (我局); without both, a sentence may begin there or may not.
    """
    continued = _any([*words.continued, *"，,、；;：:。"])
    starts = _any(words.sentence_start)
    weak = f"{_any(words.sentence_start_weak)}|{_YEAR}|[^，。]{{2,3}}[省市县区州]"
    sure = f"(?P<sure>(?:{_any(words.closing_words)})(?!{continued}))"
    maybe = f"(?:{_any(words.ending_words + words.closing_words)})(?={starts}|{weak})"
    # A lookahead for the possible first characters: it rejects most positions at once.
    first = "".join(sorted({word[0] for word in words.closing_words + words.ending_words}))
    return kept_pattern(f"(?=[{first}])(?:{sure}|{maybe})(?:(?=(?P<begun>{starts}))|)")


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _codes(words: dict[str, list[str]]) -> dict[str, str]:
    """Return the code of each word; the words of one code are sorted so that the longest is tried first."""
    return {core: code for code, cores in words.items() for core in sorted(cores, key=len, reverse=True)}


@cache
def vocabulary() -> Vocabulary:
    """Load the wordings once. Raise InvalidDefinition if the file contradicts itself."""
    try:
        return Vocabulary(load_definition("headings.yaml", Wordings))
    except ValueError as error:
        raise InvalidDefinition(f"headings.yaml: {error}") from error


@lru_cache(maxsize=_REMEMBERED)
def name_main(text: str) -> Named | None:
    """Return the main section that a text without blanks begins by naming.

    >>> name_main("存在的主要问题及改进情况一年来")
    Named(code='problems', core=7, end=12)
    """
    words = vocabulary()
    return _name(text, words.main, words.main_codes, words.outside) if text[:1] in words.starts else None


@lru_cache(maxsize=_REMEMBERED)
def name_sub(text: str) -> Named | None:
    """Return the part of the overview that a text without blanks begins by naming.

    >>> name_sub("政府信息公开平台建设方面")
    Named(code='overview.platforms', core=8, end=12)
    """
    words = vocabulary()
    return _name(text, words.sub, words.sub_codes, words.outside_sub) if text[:1] in words.starts else None


def _name(text: str, cores: re.Pattern[str], codes: dict[str, str], outside: re.Pattern[str]) -> Named | None:
    words, named = vocabulary(), None
    for core in cores.finditer(text[:_LONGEST]):
        if not words.lead.fullmatch(text, 0, core.start()):
            break
        named = core  # 因政府信息公开申请行政复议: after introductory words, the last word decides
    if named is None:
        return None
    tail = words.tail.match(text, named.end())
    end = named.end() + len(tail.group().rstrip("、的和及与")) if tail else named.end()
    if outside.search(text, 0, end + 2):
        return None
    return Named(codes[named.group()], named.end(), end)


@lru_cache(maxsize=_REMEMBERED)
def main_code(body: str) -> str | None:
    """Return the code of a main heading, from its standard wording or from key words in it.

    >>> main_code("突出重点，主动公开"), main_code("收费及减免情况")
    ('proactive', None)
    """
    words = vocabulary()
    named = name_main(body)
    if named and named.end == len(body):
        return named.code
    if words.outside.search(body):
        return None
    if len(body) <= 20 and words.overview_at_end.search(body):
        return "overview"
    return next((code for code, word in words.main_by_word.items() if word.search(body)), None)


@lru_cache(maxsize=_REMEMBERED)
def sub_code(body: str) -> str | None:
    """Return the code of a heading inside the overview: a clause of it begins by naming a standard part.

    >>> sub_code("围绕重点工作，深入推进主动公开"), sub_code("加强组织领导")
    ('overview.proactive', None)
    """
    for clause in kept_pattern("[，,]").split(body):
        if named := name_sub(clause):
            return named.code
    return None


@lru_cache(maxsize=_REMEMBERED)
def looks_like_heading(body: str) -> bool:
    """Return whether a text without blanks can be a heading by its shape: short, no figures, no list."""
    if not 2 <= len(body) <= _LONGEST or body[-1] in "，,、…" or _NO_BEGINNING.match(body):
        return False
    if body.count("，") + body.count(",") > 2 or body.count("《") != body.count("》"):
        return False
    return _QUANTITY.search(body) is None
