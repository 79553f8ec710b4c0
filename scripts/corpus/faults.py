"""Plants the errors that publishers make: a printed number that breaks the form's arithmetic."""

from collections.abc import Callable
from random import Random

from .equations import failing
from .printed_forms import DISPUTES, PARTS
from .truth import Truth, reprint

Fault = Callable[[Truth, Random], dict[str, int]]


def _number(truth: Truth, cell: str) -> int:
    return int(truth.cells[cell].value or 0)


def wrong_total(truth: Truth, rng: Random) -> dict[str, int]:
    """Print 总计 of 一、本年新收 a little too high."""
    cell = "requests.new.total"
    return {cell: _number(truth, cell) + rng.randint(1, 9)}


def wrong_part(truth: Truth, rng: Random) -> dict[str, int]:
    """Print one part of （一）予以公开 too high."""
    cell = f"requests.granted.{rng.choice(PARTS)}"
    return {cell: _number(truth, cell) + rng.randint(1, 4)}


def swapped_neighbours(truth: Truth, _: Random) -> dict[str, int]:
    """Print two neighbours of （七）总计 in each other's place."""
    first, second = "requests.handled_total.natural_person", "requests.handled_total.business"
    return {first: _number(truth, second), second: _number(truth, first)}


def zero_total(truth: Truth, _: Random) -> dict[str, int]:
    """Print 总计 0 beside parts that are not zero in table 四."""
    row = next(row for row, _ in DISPUTES)
    return {f"disputes.{row}.upheld": 10, f"disputes.{row}.corrected": 1, f"disputes.{row}.total": 0}


def wrong_carry(truth: Truth, _: Random) -> dict[str, int]:
    """Print 四、结转下年度 one too high in a column and in its total."""
    cells = ("requests.carried_out.natural_person", "requests.carried_out.total")
    return {cell: _number(truth, cell) + 1 for cell in cells}


def wrong_staff(truth: Truth, _: Random) -> dict[str, int]:
    """Print a number of staff in the 2014 table that is not the sum of its two kinds."""
    cell = "statistics.staff.value"
    return {cell: _number(truth, cell) + 2}


FAULTS: dict[str, Fault] = {
    "wrong-total": wrong_total,
    "wrong-part": wrong_part,
    "swapped-neighbours": swapped_neighbours,
    "zero-total": zero_total,
    "wrong-carry": wrong_carry,
}
FAULTS_2014: dict[str, Fault] = {"wrong-staff": wrong_staff}


def plant(truth: Truth, name: str) -> Truth:
    """Return the report with one error of this kind printed in it.

    Raises:
        ValueError: If the error would break no equation of this report.
    """
    fault = (FAULTS_2014 if truth.form == "2014" else FAULTS)[name]
    broken = reprint(truth, fault(truth, Random(f"{name}/{truth.seed}")))
    if not failing(broken.values, broken.form):
        raise ValueError(f"{name} leaves this report consistent")
    return broken
