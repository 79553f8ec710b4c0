"""Stand-in."""

from extractor.formats.text_lines import Grid, Line


def spaced_grids(text: str, lines: list[Line]) -> list[Grid]:
    """Nothing yet."""
    return []
