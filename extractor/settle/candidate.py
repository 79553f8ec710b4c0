"""One candidate: a possible reading of a row, in the form that the searches work with."""

from msgspec import Struct

from extractor.settle.tokens import Split

Values = tuple[int, ...]  # what each column of a row counts for


class Candidate(Struct, frozen=True, eq=False):
    """One reading of a row: the split that gives it, and its numbers (None for a blank)."""

    split: Split
    values: tuple[int | None, ...]

    def amounts(self, total: int | None) -> Values:
        """Return the number of each cell, blanks as 0.

        A blank total (at index `total`) is the sum of its parts.
        """
        amounts = [value or 0 for value in self.values]
        if total is not None and self.values[total] is None:
            amounts[total] = sum(amounts[:total]) + sum(amounts[total + 1 :])
        return tuple(amounts)


Candidates = dict[str, list[Candidate]]  # by row id
