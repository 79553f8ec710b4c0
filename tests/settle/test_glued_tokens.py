"""Which numbers may begin where in glued text, and how pieces are split and placed."""

import pytest

from extractor.settle.splits import splits
from extractor.settle.tokens import Kind, TooManyReadings, placements, tokens_at


def tokens_of(text: str, kind: Kind, start: int = 0) -> list[tuple[str | None, int]]:
    """Return the numbers that may begin at a place, as text, and where each ends."""
    found = tokens_at(text, 3, start, kind)
    for token in (tokens := list(found)):
        assert (token.piece, token.start) == (3, start)
    return [(None if token.value is None else str(token.value), token.end) for token in tokens]


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("12.50", 0, [("12.50", 5)]),  # a point binds the digits on both sides
        ("0.50", 0, [("0.50", 4)]),
        ("00.5", 0, [("0", 1)]),
        ("10.5元", 0, [("10.5", 5)]),
        ("123", 0, [("1", 1), ("12", 2), ("123", 3)]),
        ("7123", 1, [("1", 2), ("12", 3), ("123", 4)]),
        ("012", 0, [("0", 1)]),
        ("712.5万元3", 1, [("12.5", 7)]),
        ("20元", 0, [("2", 1), ("20", 3)]),
        ("9" * 16, 0, [("9" * n, n) for n in range(1, 16)]),
    ],
)
def test_money_in_glued_text_keeps_its_point_and_its_unit(
    text: str, start: int, expected: list[tuple[str, int]]
) -> None:
    assert tokens_of(text, "money", start) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("12", "count", [("1", 1), ("12", 2)]),
        ("012", "count", [("0", 1)]),
        ("20件3", "count", [("20", 3)]),  # where units are printed they end each number
        ("5（其中2件）7", "count", [("5", 7)]),
        ("1,2345", "count", [("1", 1), ("1234", 5)]),
        ("/5", "count", [(None, 1)]),
        ("-5", "count", [(None, 1)]),
        ("-56", "change", [(None, 1), ("-5", 2), ("-56", 3)]),
        ("+56", "change", [("5", 2), ("56", 3)]),
        ("-05", "change", [(None, 1), ("0", 2)]),
        ("-1,234", "change", [(None, 1), ("-1", 2), ("-1234", 6)]),
        ("x5", "count", []),
    ],
)
def test_what_may_begin_in_glued_text(text: str, kind: Kind, expected: list[tuple[str | None, int]]) -> None:
    assert tokens_of(text, kind) == expected


def test_placements_are_bounded_and_drop_zeros_only_where_there_are_blanks_enough() -> None:
    def placed(pieces: list[str], cells: int) -> list[tuple[object, ...]]:
        found = placements(pieces, ["count"] * cells)
        return sorted({tuple(t.value if t else None for t in s) for s in found}, key=repr)

    assert placed(["3", "0", "2"], 2) == []
    assert placed(["3", "", "0", "2"], 3) == [(3, 0, 2), (3, None, 2)]
    assert placed(["3", "", "0", "2"], 2) == []
    assert placed(["3", "", "/", "2"], 2) == [(3, 2)]
    assert placed(["0", "0", "2"], 2) == []  # a printed zero is a number
    assert placed(["0", "/", "2"], 2) == [(0, 2), (None, 2)]
    assert placed(["3", "2"], 3) == [(3, 2, None), (3, None, 2), (None, 3, 2)]
    assert placed(["05", "1"], 3) == []
    with pytest.raises(TooManyReadings):
        placements(["1", "2"], ["count"] * 9, limit=10)
    assert len(placements(["1", "2"], ["count"] * 5, limit=10)) == 10


def test_splits_are_listed_up_to_the_limit() -> None:
    assert len(splits(["1111"], ["count"] * 2, blanks=False, limit=3)) == 3
    with pytest.raises(TooManyReadings):
        splits(["1111"], ["count"] * 2, blanks=False, limit=2)
    with pytest.raises(TooManyReadings):
        splits(["11111"], ["count"] * 2, blanks=False, limit=3)


def test_with_blanks_a_cell_may_be_left_out_anywhere_and_every_piece_holds_a_number() -> None:
    def found(pieces: list[str], cells: int) -> set[tuple[object, ...]]:
        return {
            tuple(t.value if t else None for t in s) for s in splits(pieces, ["count"] * cells, blanks=True)
        }

    assert found(["12"], 2) == {(1, 2), (12, None), (None, 12)}
    assert found(["1", "2"], 2) == {(1, 2)}
    assert found(["1", "2"], 1) == set()
    assert found([], 2) == {(None, None)}


def test_text_without_any_reading_is_given_up_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def counted(*args: object) -> object:
        tried.append(args)
        return tokens_at(*args)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr("extractor.settle.splits.tokens_at", counted)
    for cells in (20, 40):
        tried.clear()
        assert splits(["1" * 2 * cells + "x"], ["count"] * cells, blanks=True) == []
        assert len(tried) <= 2 * cells * cells
