"""What a text must hold for a regular expression to match somewhere in it, told by the expression itself.

Looking for some hundred words in one pass costs less than trying one expression: with this, expressions are
only tried on texts that hold what they need.
"""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from importlib import import_module
from typing import Any

Clause = frozenset[str]  # literals of which a text must hold at least one
Needs = tuple[tuple[Clause, ...], ...]  # ways to match: for one of these, the text must hold all its clauses

ALWAYS: Needs = ((),)  # a text need not hold anything
_EMPTY: Clause = frozenset([""])
_MOST_LITERALS = 120  # of a clause
_MOST_BEGINNINGS = 400
_MOST_WAYS = 16
_LONGEST_REPEAT = 3
_MOST_CHARACTERS = 3  # of a clause of single characters: one of more is met by nearly every text
LONGEST_BEHIND = 6  # characters of what a lookbehind asks for; more is not looked at


def needs_of(pattern: str) -> Needs:
    """Return what a text must hold to be matched by a pattern anywhere.

    If a range of a text is searched, LONGEST_BEHIND characters before it belong to the text: lookbehinds see
    them.

    >>> [[sorted(clause) for clause in way] for way in needs_of("(?<=的)查[询阅][^，]{0,9}(?:申请|档案)")]
    [[['档案', '申请'], ['的查询', '的查阅']]]
    """
    parsed = import_module("re._parser").parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return ALWAYS
    ways = dict.fromkeys(tuple(sorted(_telling(way), key=sorted)) for way in _needs(parsed, _EMPTY))
    return tuple(ways) if all(ways) else ALWAYS


def beginnings_of(pattern: str) -> Clause | None:
    """Return texts with one of which every match of a pattern begins; None if they are too many, or unknown.

    >>> sorted(beginnings_of("(?:已)?公[开布](?=信息)|(?<=已)发布[^，]*"))
    ['公布', '公开', '发布', '已公布', '已公开']
    """
    parsed = import_module("re._parser").parse(pattern)
    found = _EMPTY if parsed.state.flags & re.IGNORECASE else _beginnings(parsed)
    return None if "" in found or len(found) > _MOST_BEGINNINGS else found


def _beginnings(parts: Iterable[Any]) -> Clause:
    """Return the texts with which the matches of some parts begin; "" among them if some are unknown."""
    exact = _EMPTY
    for part in parts:
        texts = _texts(part, behind=False)
        longer = _joined(exact, texts) if texts is not None else None
        if longer is not None:
            exact = longer
        elif "" not in exact:
            return exact
        else:
            return (exact - _EMPTY) | (_beginnings_within(part) if texts is None else texts)
    return exact


def _beginnings_within(part: Any) -> Clause:
    kind, value = str(part[0]), part[1]
    if kind == "BRANCH":
        return frozenset().union(*map(_beginnings, value[1]))
    if kind == "SUBPATTERN" and not (value[1] or value[2]):  # no flags of its own
        return _beginnings(value[3])
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _beginnings(value[2])
    return _EMPTY


def _needs(parts: Iterable[Any], before: Clause) -> Needs:
    """Return what the parts of a pattern need, which match behind one of the texts `before`."""
    found, exact = ALWAYS, before
    for part in parts:
        if str(part[0]) == "ASSERT" and part[1][0] > 0:
            found = _both(found, _needs(part[1][1], exact))
            continue
        texts = _texts(part, behind=exact == _EMPTY)
        longer = _joined(exact, texts) if texts is not None else None
        if longer is not None:
            exact = longer
        else:
            found = _both(found, _holding(exact))
            if texts is None:
                found = _both(found, _needs_within(part))
            exact = _EMPTY if texts is None else texts
    return _both(found, _holding(exact))


def _needs_within(part: Any) -> Needs:
    """Return what a part needs that does not match a few texts only."""
    kind, value = str(part[0]), part[1]
    if kind == "BRANCH":
        return _either([_needs(branch, _EMPTY) for branch in value[1]])
    if kind == "SUBPATTERN" and not (value[1] or value[2]):  # no flags of its own
        return _needs(value[3], _EMPTY)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _needs(value[2], _EMPTY)
    return ALWAYS


def _texts(part: Any, behind: bool) -> Clause | None:
    """Return all texts that a part matches; None if they are too many, or unknown.

    With `behind`, what a lookbehind asks for at the beginning of the part is the beginning of the text.
    """
    kind, value = str(part[0]), part[1]
    match kind:
        case "LITERAL":
            return frozenset([chr(value)])
        case "IN":
            return _characters(value)
        case "SUBPATTERN":
            return None if value[1] or value[2] else _texts_along(value[3], behind)
        case "BRANCH":
            return _union([_texts_along(branch, behind) for branch in value[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeated(*value)
        case "ASSERT":
            return _texts_before(value[1]) if value[0] < 0 and behind else _EMPTY
        case "ASSERT_NOT" | "AT":
            return _EMPTY
    return None


def _texts_along(parts: Iterable[Any], behind: bool) -> Clause | None:
    found: Clause | None = _EMPTY
    for part in parts:
        texts = _texts(part, behind and found == _EMPTY)
        found = None if found is None or texts is None else _joined(found, texts)
    return found


def _texts_before(parts: Sequence[Any]) -> Clause:
    """Return the texts, of which one must end where a lookbehind stands; as long ones as are known."""
    found = _EMPTY
    for first in range(len(parts) - 1, -1, -1):
        texts = _texts_along(parts[first:], behind=False)
        if texts is None or max(map(len, texts)) > LONGEST_BEHIND:
            break
        found = texts
    return found


def _characters(parts: Sequence[Any]) -> Clause | None:
    found: set[str] = set()
    for kind, value in parts:
        if str(kind) == "LITERAL":
            found.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _MOST_LITERALS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _MOST_LITERALS else None


def _repeated(fewest: int, most: Any, parts: Any) -> Clause | None:
    once = _texts_along(parts, behind=False)
    if once is None or int(most) > _LONGEST_REPEAT:
        return None
    times: list[Clause | None] = [_EMPTY]
    for _ in range(int(most)):
        last = times[-1]
        times.append(None if last is None else _joined(last, once))
    return _union(times[fewest:])


def _joined(first: Clause, second: Clause) -> Clause | None:
    if len(first) * len(second) > _MOST_LITERALS:
        return None
    return frozenset(one + other for one in first for other in second)


def _union(texts: Iterable[Clause | None]) -> Clause | None:
    found: set[str] = set()
    for each in texts:
        if each is None:
            return None
        found |= each
    return frozenset(found) if len(found) <= _MOST_LITERALS else None


def _holding(texts: Clause) -> Needs:
    return ALWAYS if "" in texts else ((texts,),)


def _both(one: Needs, other: Needs) -> Needs:
    """Return the needs of what needs both; those of fewer ways if there would be too many."""
    if len(one) * len(other) > _MOST_WAYS:
        one, other = _in_one_way(one), _in_one_way(other)
    return tuple((*first, *second) for first in one for second in other)


def _either(needs: Sequence[Needs]) -> Needs:
    found = tuple(way for each in needs for way in each)
    return found if len(found) <= _MOST_WAYS else _in_one_way(found)


def _in_one_way(needs: Needs) -> Needs:
    """Return needs of one way that any of several ways meets."""
    if len(needs) == 1:
        return needs
    if not all(needs):
        return ALWAYS
    clause = reduce(frozenset.union, (_best(way) for way in needs))
    return ((clause,),) if len(clause) <= _MOST_LITERALS else ALWAYS


def _best(way: Sequence[Clause]) -> Clause:
    """Return the clause of a way that fewest texts meet: the one whose shortest literal is longest."""
    return max(way, key=lambda clause: (min(map(len, clause)), -len(clause)))


def _telling(way: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses of a way without those that another one implies, or that most texts meet."""
    clauses = list(dict.fromkeys(map(_shortest, way)))
    told = [clause for clause in clauses if not any(_implies(other, clause) for other in clauses)]
    rare = [clause for clause in told if len(clause) <= _MOST_CHARACTERS or max(map(len, clause)) > 1]
    return rare or told


def _implies(one: Clause, other: Clause) -> bool:
    """Return whether a text that holds a literal of one clause always holds one of another clause."""
    return one != other and all(any(text in longer for text in other) for longer in one)


def _shortest(clause: Clause) -> Clause:
    """Return a clause without the literals that hold another one of it."""
    return frozenset(text for text in clause if not any(other in text for other in clause if other != text))
