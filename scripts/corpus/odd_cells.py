"""Cells whose characters are no plain number, and what may be made of them."""

from decimal import Decimal
from random import Random

from msgspec import Struct, structs

from .draft import Draft
from .expected import Expected, ExpectedCell, expect
from .figures import Value
from .printing import Printed


class Odd(Struct, frozen=True):
    """What stands in a cell, and the only number that may be read from it (None: none)."""

    raw: str
    value: Value | None
    states: tuple[str, ...]
    optional: bool = False  # giving no number is right as well


_READ = ("read",)
_NOT_READ = ("unreadable", "undecided")
_NOTHING = ("blank",)

COUNTS = (
    Odd("约30", None, _NOT_READ),
    Odd("3+2", None, _NOT_READ),
    Odd("16/22", None, _NOT_READ),
    Odd("1O", None, _NOT_READ),  # a letter, not a zero
    Odd("12-15", None, _NOT_READ),
    Odd("见附件", None, ("unreadable", "undecided", "blank")),
    Odd("1.5", None, _NOT_READ),
    Odd("22（其中修订16件）", 22, _READ),
    Odd("55(含自然失效29件)", 55, _READ),
    Odd("1,113", 1113, _READ),
    Odd("1，113", 1113, _READ, True),
    Odd("１２０", 120, _READ),
    Odd("12件", 12, _READ),
    Odd("12 件", 12, _READ),
    Odd("\u3000７\u3000", 7, _READ),
    Odd("12\n", 12, _READ),
    Odd("——", None, _NOTHING),
    Odd("--", None, _NOTHING),
    Odd("/", None, _NOTHING),
    Odd("／", None, _NOTHING),
    Odd("无", None, _NOTHING),
    Odd("-", None, _NOTHING),
    Odd("1,23", None, _NOT_READ),  # neither thousands nor a decimal that counts can have
    Odd("2 3", None, _NOT_READ),
)
CHANGES = (
    Odd("-5", -5, _READ),
    Odd("－5", -5, _READ),
    Odd("−5", -5, _READ),
    Odd("–5", -5, _READ, True),
    Odd("+5", 5, _READ, True),
    Odd("减5", -5, _READ, True),
    Odd("减少5项", -5, _READ, True),
    Odd("增5", 5, _READ, True),
    Odd("↓5", -5, _READ, True),
    Odd("- 5", -5, _READ, True),
    Odd("-", None, _NOTHING),
    Odd("5/3", None, _NOT_READ),
)
MONEY = (
    Odd("488.780058", Decimal("488.780058"), _READ),
    Odd("1,234.56", Decimal("1234.56"), _READ),
    Odd("４８８．７８", Decimal("488.78"), _READ),
    Odd("0.00", Decimal("0.00"), _READ),
    Odd("约12.5", None, _NOT_READ),
    Odd("12.5.3", None, _NOT_READ),
    Odd("12。5", Decimal("12.5"), _READ, True),
    Odd("—", None, _NOTHING),
)
_COUNT_CELLS = (
    "proactive.normative_documents.issued",
    "proactive.normative_documents.repealed",
    "proactive.licensing.decisions",
    "proactive.penalties.decisions",
    "proactive.coercion.decisions",
    "proactive.normative_documents.made",
    "proactive.other_services.decisions",
)
_CHANGE_CELLS = tuple(f"proactive.{row}.change" for row in ("licensing", "penalties", "coercion", "fees"))


def with_odd_cells(draft: Draft) -> tuple[Draft, Expected]:
    """Return the report with odd characters in cells of table 二, and the answer to it."""
    rng = Random(f"odd/{draft.truth.seed}")
    odd: dict[str, Odd] = {}
    for cells, choices in (
        (_COUNT_CELLS, COUNTS),
        (_CHANGE_CELLS, CHANGES),
        (("proactive.fees.amount",), MONEY),
    ):
        odd |= {cell: rng.choice(choices) for cell in cells if cell in draft.truth.cells}
    printed = {
        cell: Printed(o.raw, o.value, "read" if o.value is not None else "blank") for cell, o in odd.items()
    }
    truth = structs.replace(draft.truth, cells=draft.truth.cells | printed)
    changed = structs.replace(draft, truth=truth)
    answer = expect(changed)
    cells_right = answer.cells | {cell: _expected(o) for cell, o in odd.items()}
    no_number = any(set(o.states) & set(_NOT_READ) for o in odd.values())
    may_doubt = no_number or any(o.optional for o in odd.values())
    verdicts = ("doubtful",) if no_number else ("verified", "doubtful") if may_doubt else answer.verdicts
    return changed, structs.replace(answer, cells=cells_right, verdicts=verdicts)


def _expected(odd: Odd) -> ExpectedCell:
    states = (*odd.states, *_NOT_READ) if odd.optional else odd.states
    return ExpectedCell(odd.value, states, optional=odd.optional)
