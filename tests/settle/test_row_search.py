"""Readings of one run of counts, against plain enumeration."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.settle.row_search import summed_splits
from extractor.settle.splits import splits
from extractor.settle.tokens import Split, TooManyReadings


def numbers(split: Split) -> tuple[int | None, ...]:
    return tuple(None if token is None or token.value is None else int(token.value) for token in split)


def test_a_row_with_several_splits_keeps_those_that_add_up() -> None:
    found = {numbers(split) for split in summed_splits(["121010014"], (7,), "none")}
    assert found == {(12, 1, 0, 1, 0, 0, 14), (1, 2, 1, 0, 10, 0, 14), (1, 2, 10, 1, 0, 0, 14)}


def test_blanks_in_a_run_are_borders() -> None:
    assert [numbers(s) for s in summed_splits(["200", "000121"], (7,), "none")] == [(20, 0, 0, 0, 0, 1, 21)]


def test_three_groups_are_told_apart_by_their_own_totals() -> None:
    found = [numbers(s) for s in summed_splits(["21317000001324019"], (5, 5, 5), "none")]
    assert found == [(2, 1, 3, 1, 7, 0, 0, 0, 0, 0, 13, 2, 4, 0, 19)]


def test_where_blanks_were_dropped_a_total_may_be_lost_too() -> None:
    found = {numbers(s) for s in summed_splits(["22"], (7,), "any")}
    assert (2, None, None, None, None, None, 2) in found
    assert (2, 2, None, None, None, None, None) in found
    assert (22, None, None, None, None, None, None) in found
    assert (None,) * 6 + (22,) not in found  # a stated total without parts does not add up


def test_a_row_without_digits_is_blank() -> None:
    assert [numbers(s) for s in summed_splits([], (7,), "any")] == [(None,) * 7]


def test_a_thousands_mark_binds_its_digits() -> None:
    found = {numbers(s) for s in summed_splits(["1,11300001,113"], (6,), "none")}
    assert (1113, 0, 0, 0, 0, 1113) in found


def test_the_search_gives_up_rather_than_run_on() -> None:
    with pytest.raises(TooManyReadings):
        summed_splits(["1111111111111111111111111"], (7,), "any")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.just(0), st.integers(0, 130)), min_size=3, max_size=4))
def test_the_search_finds_just_what_enumeration_finds(parts: list[int]) -> None:
    """The sum only prunes: every split whose last cell totals the others is found, and no other."""
    text = "".join(map(str, [*parts, sum(parts)]))
    cells = len(parts) + 1
    every = splits([text], ["count"] * cells, blanks=False)
    expected = {numbers(s) for s in every if sum(n or 0 for n in numbers(s)[:-1]) == numbers(s)[-1]}
    assert {numbers(s) for s in summed_splits([text], (cells,), "none")} == expected
    assert (*parts, sum(parts)) in expected


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=3, max_size=3),
    st.booleans(),
)
def test_a_dropped_blank_is_among_the_readings(parts: list[int | None], stated: bool) -> None:
    total = sum(p or 0 for p in parts) if stated and any(p is not None for p in parts) else None
    row = (*parts, total)
    text = "".join(str(value) for value in row if value is not None)
    assert row in {numbers(s) for s in summed_splits([text] if text else [], (4,), "any")}


def test_splits_are_all_compositions_without_leading_zeros() -> None:
    found = {numbers(s) for s in splits(["1005"], ["count"] * 2, blanks=False)}
    assert found == {(100, 5)}


def test_every_split_spells_the_text() -> None:
    for pieces, cells in product((["5225"], ["35", "15"], ["1", "10"]), (2, 3)):
        for split in splits(pieces, ["count"] * cells, blanks=False):
            assert "".join(str(n) for n in numbers(split)) == "".join(pieces)


def test_where_only_parts_may_be_blank_a_row_with_numbers_has_its_total() -> None:
    assert {numbers(s) for s in summed_splits(["22"], (3,), "parts")} == {(2, None, 2), (None, 2, 2)}
    assert {numbers(s) for s in summed_splits(["2233"], (3, 3), "parts")} == {
        left + right for left in ((2, None, 2), (None, 2, 2)) for right in ((3, None, 3), (None, 3, 3))
    }  # fmt: skip
