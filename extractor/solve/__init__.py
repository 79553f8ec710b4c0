"""Which readings of a table satisfy its form, and is there only one?

Each row has candidate readings (row.py); the sums down the columns decide between those
that are left (columns.py).
"""

from extractor.solve.candidate import Candidate, Candidates
from extractor.solve.columns import Solution, consistent_candidates
from extractor.solve.row import Blanks, summed_splits

__all__ = ["Blanks", "Candidate", "Candidates", "Solution", "consistent_candidates", "summed_splits"]
