"""Draws the numbers of one report so that every equation of the form holds."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from .printed_forms import DISPUTES, PARTS, STATISTICS, Edition, outcome_codes

Value = int | Decimal
Figures = dict[str, Value]  # cell id -> value

# How many requests a year brings, by the size of the agency.
_REQUESTS_A_YEAR = {"none": (0, 0), "small": (1, 14), "medium": (15, 120), "large": (180, 2400)}
_LIKELY_OUTCOMES = ("granted", "partly_granted", "unavailable_not_held", "refused_administrative_query")


def draw_requests(rng: Random, edition: Edition, size: str) -> Figures:
    """Return table 三: outcomes by applicant, carried over and received so that I1 to I3 hold."""
    handled = rng.randint(*_REQUESTS_A_YEAR[size])
    outcomes = {row: dict.fromkeys(PARTS, 0) for row in outcome_codes(edition)}
    for _ in range(handled):
        outcomes[_draw_outcome(rng, edition)][_draw_applicant(rng)] += 1
    rows = dict(outcomes)
    total = {p: sum(row[p] for row in outcomes.values()) for p in PARTS}
    carried_out = {p: _some_of(rng, total[p], 8) for p in PARTS}
    carried_in = {p: _some_of(rng, total[p], 10) for p in PARTS}
    rows["handled_total"] = total
    rows["carried_out"] = carried_out
    rows["carried_in"] = carried_in
    rows["new"] = {p: total[p] + carried_out[p] - carried_in[p] for p in PARTS}
    figures: Figures = {}
    for row, parts in rows.items():
        figures |= {f"requests.{row}.{p}": n for p, n in parts.items()}
        figures[f"requests.{row}.total"] = sum(parts.values())
    return figures


def _draw_outcome(rng: Random, edition: Edition) -> str:
    everything = outcome_codes(edition)
    return rng.choice(_LIKELY_OUTCOMES) if rng.random() < 0.8 else rng.choice(everything)


def _draw_applicant(rng: Random) -> str:
    return "natural_person" if rng.random() < 0.78 else rng.choice(PARTS)


def _some_of(rng: Random, whole: int, divisor: int) -> int:
    return rng.randint(0, max(1, whole // divisor)) if whole and rng.random() < 0.5 else 0


def draw_disputes(rng: Random, size: str) -> Figures:
    """Return table 四, most of it zero."""
    most = {"none": 0, "small": 1, "medium": 4, "large": 30}[size]
    figures: Figures = {}
    for row, _ in DISPUTES:
        parts = {c: rng.randint(0, most) if rng.random() < 0.5 else 0 for c in _DISPUTE_PARTS}
        figures |= {f"disputes.{row}.{c}": n for c, n in parts.items()}
        figures[f"disputes.{row}.total"] = sum(parts.values())
    return figures


_DISPUTE_PARTS = ("upheld", "corrected", "other", "pending")


def draw_proactive(rng: Random, edition: Edition, size: str) -> Figures:
    """Return table 二 of the 2021 or the 2019 edition."""
    most = {"none": 0, "small": 60, "medium": 900, "large": 26000}[size]
    return _proactive_2021(rng, most) if edition == "2021" else _proactive_2019(rng, most)


def _proactive_2021(rng: Random, most: int) -> Figures:
    issued, repealed = rng.randint(0, 24), rng.randint(0, 9)
    figures: Figures = dict.fromkeys((f"proactive.regulations.{c}" for c in ("issued", "repealed")), 0)
    figures["proactive.regulations.in_force"] = rng.choice((0, 0, 0, 2))
    figures["proactive.normative_documents.issued"] = issued
    figures["proactive.normative_documents.repealed"] = repealed
    figures["proactive.normative_documents.in_force"] = issued + rng.randint(0, 160)
    for row in ("licensing", "penalties", "coercion"):
        figures[f"proactive.{row}.decisions"] = rng.randint(0, most)
    figures["proactive.fees.amount"] = _draw_money(rng, most)
    return figures


def _draw_money(rng: Random, most: int) -> Value:
    if not most or rng.random() < 0.4:
        return 0
    places = rng.choice((0, 1, 2, 4, 6))
    units = rng.randint(1, max(2, most)) * 10**places + rng.randint(1, 10**places - 1 or 1)
    amount = Decimal(units).scaleb(-places)
    return int(amount) if places == 0 else amount


def _proactive_2019(rng: Random, most: int) -> Figures:
    made = rng.randint(0, 24)
    figures: Figures = dict.fromkeys(
        (f"proactive.regulations.{c}" for c in ("made", "newly_disclosed", "disclosed_total")), 0
    )
    figures["proactive.normative_documents.made"] = made
    figures["proactive.normative_documents.newly_disclosed"] = made
    figures["proactive.normative_documents.disclosed_total"] = made + rng.randint(0, 300)
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        items = rng.randint(0, 400) if rng.random() < 0.6 else 0
        figures[f"proactive.{row}.items_last_year"] = items
        figures[f"proactive.{row}.change"] = rng.randint(-items, 20) if items else 0
        if row != "fees":
            figures[f"proactive.{row}.decisions"] = rng.randint(0, most)
    figures["proactive.procurement.items"] = rng.randint(0, 60) if most else 0
    figures["proactive.procurement.amount"] = _draw_money(rng, most)
    return figures


# What each sum of the 2014 table is made of.
STATISTICS_SUMS: Mapping[str, tuple[str, ...]] = {
    "received": ("received_in_person", "received_fax", "received_online", "received_letter"),
    "concluded": ("concluded_on_time", "concluded_extended"),
    "replied_refused": tuple(i.code for i in STATISTICS if i.code.startswith("refused_")),
    "replied": tuple(i.code for i in STATISTICS if i.code.startswith("replied_")),
    "review": ("review_upheld", "review_corrected", "review_other"),
    "litigation": ("litigation_upheld", "litigation_corrected", "litigation_other"),
    "staff": ("staff_full_time", "staff_part_time"),
}


def draw_statistics(rng: Random, size: str) -> Figures:
    """Return the 2014 table with its seven sums true."""
    most = {"none": 2, "small": 30, "medium": 300, "large": 5000}[size]
    values: dict[str, Value] = {
        i.code: rng.randint(0, most) if rng.random() < 0.45 else 0 for i in STATISTICS if i.code
    }
    for total, parts in STATISTICS_SUMS.items():
        values[total] = sum(values[p] for p in parts)
    values["fees"] = rng.choice((0, Decimal("0.36")))
    values["budget"] = rng.choice((0, 5, Decimal("12.5"), Decimal("3.208")))
    return {f"statistics.{code}.value": n for code, n in values.items()}


def as_value(printed: str) -> Value:
    """Return the number that plain characters stand for; a unit behind it is left out.

    >>> as_value("251000元"), as_value("0.36")
    (251000, Decimal('0.36'))
    """
    number = printed.rstrip("万元")
    return Decimal(number) if "." in number else int(number)
