"""Which edition a table is of, told by how many of its labels the document shows."""

from collections import Counter

import pytest

from extractor.forms import load_form
from extractor.recognize.tables.editions import choose_editions

# Fewer labels than these stand in other tables too: 总计, 其他, 行政许可.
LEAST = {
    ("2021", "proactive"): 3, ("2021", "requests"): 6, ("2021", "disputes"): 4,
    ("2019", "proactive"): 3, ("2019", "requests"): 6, ("2019", "disputes"): 4, ("2014", "statistics"): 6,
}  # fmt: skip


@pytest.mark.parametrize(("place", "least"), LEAST.items())
def test_a_table_is_there_from_a_least_number_of_labels_on(place: tuple[str, str], least: int) -> None:
    form, table = place
    assert choose_editions(Counter({place: least - 1}), 2022) == {}
    assert choose_editions(Counter({place: least}), 2022) == {table: load_form(form)}
