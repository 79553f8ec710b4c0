"""One invented report: who, when, which edition, which numbers, printed how."""

from random import Random

from msgspec import Struct, structs

from .figures import Figures, Value, draw_disputes, draw_proactive, draw_requests, draw_statistics
from .names import Agency, draw_agency
from .printed_forms import Edition
from .printing import PLAIN, Printed, Style, print_figures

EDITIONS = ("2021", "2019", "2014", "mixed", "late2019")
SIZES = ("none", "small", "medium", "large")
_YEARS = {"2021": (2021, 2024), "2019": (2019, 2020), "2014": (2014, 2018)}


class Truth(Struct, frozen=True):
    """What a report says, before any layout."""

    seed: int
    agency: Agency
    year: int
    form: Edition  # the edition of table 三, or 2014
    proactive: Edition | None  # the edition of table 二
    figures: Figures  # the numbers behind the print, zeros included
    cells: dict[str, Printed]
    tables: tuple[str, ...]

    @property
    def values(self) -> dict[str, Value | None]:
        """The printed numbers by cell id, None where the cell is blank."""
        return {cell: printed.value for cell, printed in self.cells.items()}


def draw(seed: int, edition: str = "2021", size: str = "small", style: Style = PLAIN) -> Truth:
    """Return the report of this seed.

    Args:
        seed: The same seed gives the same report.
        edition: One of EDITIONS. `mixed` is table 二 of 2021 beside table 三 of 2019,
            `late2019` the 2019 tables in a report of a later year.
        size: One of SIZES: how many requests the agency received.
        style: How the publisher prints numbers and blanks.
    """
    rng = Random(f"{seed}/{edition}/{size}")
    agency = draw_agency(rng)
    if edition == "2014":
        return _draw_2014(seed, rng, agency, size, style)
    form, proactive = {"mixed": ("2019", "2021"), "late2019": ("2019", "2019")}.get(
        edition, (edition, edition)
    )
    figures = draw_proactive(rng, proactive, size) | draw_requests(rng, form, size) | draw_disputes(rng, size)
    year = rng.randint(*_YEARS["2021" if edition in ("mixed", "late2019") else edition])
    cells = print_figures(figures, style, rng)
    return Truth(seed, agency, year, form, proactive, figures, cells, ("proactive", "requests", "disputes"))


def _draw_2014(seed: int, rng: Random, agency: Agency, size: str, style: Style) -> Truth:
    figures = draw_statistics(rng, size)
    cells = print_figures(figures, style, rng)
    return Truth(seed, agency, rng.randint(*_YEARS["2014"]), "2014", None, figures, cells, ("statistics",))


def reprint(truth: Truth, changed: dict[str, int]) -> Truth:
    """Return the same report with some cells printed as other whole numbers."""
    cells = dict(truth.cells)
    for cell, value in changed.items():
        cells[cell] = Printed(str(value), value, "read")
    return structs.replace(truth, cells=cells)


def without_table(truth: Truth, table: str) -> Truth:
    """Return the same report with one of its tables lost."""
    cells = {cell: printed for cell, printed in truth.cells.items() if not cell.startswith(f"{table}.")}
    return structs.replace(truth, cells=cells, tables=tuple(t for t in truth.tables if t != table))
