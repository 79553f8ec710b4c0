"""From located characters to settled cells: read what is certain, solve what is not.

Cells that kept their borders are read one by one (tokens.py). The text of glued cells is split in every way
that their characters allow (glued.py); the sums along a row (row_search.py) and down the columns
(column_search.py) decide, and where they leave more than one reading the cell is `undecided` and a notice
gives the readings. Cells recognized in a picture are settled by how likely each reading is and by the form
(from_picture.py). The passes follow each other in table.py.
"""

from extractor.settle.state import Settled
from extractor.settle.table import blanks_were_dropped, check_table, holds_without_assumption, settle_table

__all__ = ["Settled", "blanks_were_dropped", "check_table", "holds_without_assumption", "settle_table"]
