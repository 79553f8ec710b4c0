"""Zeros stated in words: 未收到…申请, 没有发生…行政复议、行政诉讼, 无收费及减免情况."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.patterns import kept_pattern, late_pattern
from extractor.recognize.prose import Term, concepts_of
from extractor.recognize.prose_numbers.about import tells_of_our_disputes
from extractor.recognize.prose_numbers.denied import things_denied
from extractor.recognize.prose_numbers.sentence import CUTS, Sentence
from extractor.recognize.prose_numbers.setting import Setting

# Codes that can be negated, by the concept of their word. Requests are handled separately.
_TARGETS = (
    ("accountable", "accountability"),
    ("feeword", "processing_fees"),
    ("feeweak", "processing_fees"),
    ("review", "reviews"),
    ("litigation", "litigation"),
    ("complaint", "complaints"),
    ("carryin", "requests_carried_in"),
    ("carryout", "requests_carried_out"),
    ("press", "press_conferences"),
    ("interview", "interviews"),
    ("coercion", "coercion_decisions"),
    ("feename", "fees_amount"),
    ("fulltime", "staff_full_time"),
)
_MADE = (
    (frozenset(["normative", "issue"]), "normative_issued"),
    (frozenset(["normative", "disclose"]), "normative_disclosed"),
    (frozenset(["regulation", "issue"]), "regulations_issued"),
)
_OUTCOMES = frozenset(["granted", "partly", "refused", "unavailable", "rejected", "otherout", "withdrawn"])
_WAYS = frozenset(["written", "inperson", "letter", "online", "fax"])
# What may be denied of decisions: 未作出行政处罚决定和行政强制决定, but not 没有行政处罚职能.
_NO_DECISION = kept_pattern(
    "(?:[未没无]有?|作出|实施|办理|采取|下达|产生|发生|开展|[、和与及或]|行政|许可|处罚|强制|处理|决定|案件|行为|措施)+"
)
_DECISIONS = (("licensing", "licensing_decisions"), ("penalty", "penalty_decisions"))
_DENIED_BEHIND = ("无", "没有", "未发生", "没有发生", "未产生", "未出现")  # 行政复议、行政诉讼亦未发生
_WAYS_AT_LEAST = 3  # ways named of which none was used: then no request came at all
_LONGEST_DENIAL = 120  # characters
_LOST = (("review", "reviews"), ("litigation", "litigation"))
_NEED_TO_BE_OURS = frozenset({"review", "litigation", "complaint"})
_OURS = frozenset(["disclosurework", "request", "disclose"])
_OF_SOME_KIND = late_pattern("更正|补正|补交|补充|重复|复核|撤回|撤销|延期|收费|缴费|行政许可|异议")
_NOT_PAID = kept_pattern(
    "缴|交纳|支付|[未没](?:有)?减免|计入"
)  # not paying a fee does not mean that no fee was asked for
# What may follow negated requests; anything else means that only some kind of them did not come.
_AFTER_REQUESTS = late_pattern(
    r"(?:的|类|书|表|件|案件|数量?|总量|情况|事项|业务|信件|来信|来件|报告|记录|办理|受理|工作|公开|政府信息|信息|现象|情形|发生|等|需求|请求|诉求)*"
    r"(?:$|[、和与及或以并且也均（(“”：:》]|提出|需|要求|上?年?度?结转)"
)
_REASON = late_pattern("[以因属]")  # then only one reason is negated
_AND = frozenset("、和与及或以")


class Zero(NamedTuple):
    """The clause `text[start:end]` says that the number of `code` is zero."""

    start: int
    end: int
    code: str


def find_zeros(sentence: Sentence, setting: Setting) -> Iterator[Zero]:
    """Yield the zeros that a sentence states; each code once."""
    seen: set[str] = set()
    clauses = _clauses(sentence)
    for number, clause in enumerate(clauses):
        at = next((k for k, term in enumerate(clause) if "negation" in term.concepts), None)
        if at is None:
            continue
        last = sentence.text[clause[-1].start : clause[-1].end]
        if at and at == len(clause) - 1 and last in _DENIED_BEHIND:  # 行政诉讼案件无
            scope: list[Term] = [] if sentence.holds_number(clause[0].start, clause[-1].end) else clause[:at]
            at = 0
        else:
            scope = _scope(sentence, clauses, number, at)
        denied = list(_denied(sentence, scope, clause[:at], setting))
        for code in denied or list(things_denied(sentence, scope, setting)):
            if code not in seen:
                seen.add(code)
                begin, until = scope[0].start, min(scope[-1].end, scope[0].start + _LONGEST_DENIAL)
                start, _ = sentence.shortened(clause[0].start, until, begin, until)
                yield Zero(start, until, code)


def _clauses(sentence: Sentence) -> list[list[Term]]:
    clauses: list[list[Term]] = [[]]
    for term in sentence.terms:
        if sentence.text[term.start] in CUTS:
            clauses.append([])
        else:
            clauses[-1].append(term)
    return [clause for clause in clauses if clause]


def _scope(sentence: Sentence, clauses: Sequence[Sequence[Term]], number: int, at: int) -> list[Term]:
    """Return the scope of a negation: its clause, and the following ones that continue the list.

    Empty if the scope contains a number: then there were some.
    """
    scope = list(clauses[number][at:])
    for following in range(number + 1, len(clauses)):
        clause = clauses[following]
        if not clause[0].concepts & _NEED_TO_BE_OURS or "negation" in concepts_of(clause):
            break
        if sentence.holds_number(clause[0].start, clause[-1].end):
            break
        scope.extend(clause)
    return [] if sentence.holds_number(scope[0].start, scope[-1].end) else scope


def _denied(
    sentence: Sentence, scope: Sequence[Term], before: Sequence[Term], setting: Setting
) -> Iterator[str]:
    # 没有收费项目 says nothing about fees of this kind
    found = concepts_of(tuple(t for t in scope if not {"feename", "foreign"} <= t.concepts))
    found = _with_suits(found, scope)
    if not scope or found & {"otherbiz", "upheld", "plan"}:
        return
    if "corrected" in found:  # 未发生复议纠错、诉讼败诉案件; 未被纠错 is about a single case
        if sentence.text.startswith("被", scope[0].end - 1) or sentence.text.startswith("被", scope[0].end):
            return
        yield from (f"{code}_corrected" for concept, code in _LOST if concept in found)
        return
    ours = "ours" in setting.home or not sentence.said.isdisjoint(_OURS)
    ours = ours or ("complaint" not in found and tells_of_our_disputes(sentence, setting))
    if found & {"feeword", "feeweak"} and _NOT_PAID.search(sentence.text, scope[0].start, scope[-1].end):
        found = found - {"feeword", "feeweak"}
    codes = [
        code for concept, code in _TARGETS if concept in found and (ours or concept not in _NEED_TO_BE_OURS)
    ]
    if "requests_carried_out" in codes and "lastyear" in concepts_of(before):
        codes[codes.index("requests_carried_out")] = "requests_carried_in"
    yield from codes
    if _NO_DECISION.fullmatch(sentence.printed(scope)):
        yield from (code for concept, code in _DECISIONS if concept in found)
    if "refused" in found and not found & _NEED_TO_BE_OURS and not _REASON.search(sentence.printed(scope)):
        yield "requests_refused"
    yield from (code for concepts, code in _MADE if concepts <= found)
    if _denies_requests(sentence, scope, before, setting, bool(codes)):
        yield "requests_received"


def _with_suits(found: frozenset[str], scope: Sequence[Term]) -> frozenset[str]:
    """Return the concepts of a negation; 应诉 in 未发生信息公开的复议、应诉 means disclosure lawsuits."""
    if not {"sued", "otherbiz"} <= found or not found & {"disclosurework", "disclose"}:
        return found
    other = concepts_of([term for term in scope if "sued" not in term.concepts])
    return other | {"litigation"}


def _is_of_requests_alone(sentence: Sentence, scope: Sequence[Term], asked: Sequence[Term]) -> bool:
    """Return whether all requests are negated: not 该申请的补正材料, not 要求更正信息的申请."""
    if _OF_SOME_KIND.search(sentence.text, scope[0].start, asked[-1].start):
        return False
    if any(t.start < asked[-1].start and t.concepts & _OUTCOMES for t in scope):
        return False  # 没有以国家秘密为由不予公开的申请
    ways = frozenset().union(*(t.concepts & _WAYS for t in scope if t.start <= asked[-1].start))
    if 0 < len(ways) < _WAYS_AT_LEAST and "written" not in ways:
        return False  # 没有以传真方式提出的申请, 未收到传真和当面申请
    rest = sentence.text[asked[-1].end : _end_of_clause(sentence, asked[-1].end)]
    return _AFTER_REQUESTS.match(rest) is not None


def _end_of_clause(sentence: Sentence, at: int) -> int:
    number = bisect_left(sentence.cuts, at)
    return sentence.cuts[number] if number < len(sentence.cuts) else sentence.end


def _is_asked(text: str, term: Term) -> bool:
    """Return whether a word of a channel means requests by it: 网络申请."""
    return text.endswith("申请", term.start, term.end)


def _denies_requests(
    sentence: Sentence, scope: Sequence[Term], before: Sequence[Term], setting: Setting, others: bool
) -> bool:
    """Return whether the sentence says that no requests came, not only that none had some outcome."""
    text, found = sentence.text, concepts_of(scope)
    asked = [
        t for t in scope if t.concepts & {"request", "apply"} or (t.concepts & _WAYS and _is_asked(text, t))
    ]
    if asked and not _is_of_requests_alone(sentence, scope, asked):
        return False
    if not asked:
        if not text.startswith("零报告", scope[0].start):
            return False
        return "requests" in setting.home or "request" in concepts_of(before)
    explicit = "request" in concepts_of(asked)
    if not explicit and "requests" not in setting.home and "receive" not in found:
        return False
    if not others:
        return True
    return "receive" in found and text[asked[-1].end : asked[-1].end + 1] in _AND
