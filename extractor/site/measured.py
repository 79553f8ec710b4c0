"""Numbers of the reports for charts and comparisons, from the views of the batch."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct, field

from extractor.analysis import Tables

OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "rejected", "other_outcome")
SMALL = 30  # rates of fewer cases are marked as unstable

_REQUESTS = "SELECT document, received, handled FROM requests"
_OUTCOMES = "SELECT document, outcome, cases FROM outcomes WHERE cases IS NOT NULL ORDER BY document, outcome"
_REFUSALS = "SELECT document, reason, cases FROM refusals WHERE cases IS NOT NULL ORDER BY document, reason"
_RATES = "SELECT document, granted_or_partly_of_handled AS rate FROM grant_rates"
_REVIEWS = """SELECT document, corrected, reviews - coalesce(pending, 0) AS decided, corrected_rate AS rate
FROM corrected_on_review"""


class Measures(Struct, frozen=True):
    """The measures of one report; None for unknown ones."""

    received: float | None = None
    handled: float | None = None
    outcomes: Mapping[str, float] = field(default_factory=dict)
    refusals: Mapping[str, float] = field(default_factory=dict)
    grant_rate: float | None = None
    corrected: float | None = None
    decided: float | None = None
    correction_rate: float | None = None

    @property
    def outcomes_add_up(self) -> bool:
        """Whether the outcomes add up to the printed total; if not, no chart of shares is drawn."""
        return self.handled is not None and sum(self.outcomes.values()) == self.handled


def measures_of(tables: Tables) -> dict[str, Measures]:
    """Return the measures of the reports in use, by document."""
    requests = {row["document"]: row for row in tables.query(_REQUESTS).to_pylist()}
    rates = {row["document"]: row["rate"] for row in tables.query(_RATES).to_pylist()}
    reviews = {row["document"]: row for row in tables.query(_REVIEWS).to_pylist()}
    outcomes = _by_document(tables, _OUTCOMES, "outcome")
    refusals = _by_document(tables, _REFUSALS, "reason")
    return {
        document: Measures(
            row["received"],
            row["handled"],
            outcomes.get(document, {}),
            refusals.get(document, {}),
            rates.get(document),
            *(reviews.get(document, {}).get(name) for name in ("corrected", "decided", "rate")),
        )
        for document, row in requests.items()
    }


def _by_document(tables: Tables, sql: str, name: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in tables.query(sql).to_pylist():
        found[row["document"]][row[name]] = row["cases"]
    return found
