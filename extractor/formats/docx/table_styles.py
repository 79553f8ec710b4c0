"""What the style of a table gives to the text of its cells, looked up once a table."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.formats.docx.conditions import conditions_in, place_of
from extractor.formats.docx.package import W
from extractor.formats.docx.styles import Styles, value_of
from extractor.formats.package import Element

_TABLE = f"{W}tbl"


class _TableStyle(Struct, frozen=True):
    """The style that a table names, with those that it is based on."""

    name: str | None
    ancestry: list[Element]
    conditional: bool  # whether one of them treats some rows or columns apart


class TableStyles:
    """The styles of the tables of one document."""

    def __init__(self, styles: Styles) -> None:
        """Take the styles; nothing is looked up yet."""
        self._styles = styles
        self._of_tables: dict[Element, _TableStyle] = {}

    def properties(self, run: Element, name: str) -> Iterator[Element]:
        """Yield the properties of a kind that the style of the table around a run gives to its cell."""
        table = next(run.iterancestors(_TABLE), None)
        if table is None:
            return
        style = self._of(table)
        place = place_of(run, table) if style.conditional else None
        for each in style.ancestry:
            for condition in conditions_in(each, place) if place is not None else ():
                yield from condition.iterfind(W + name)
            yield from each.iterfind(W + name)

    def is_known(self, run: Element) -> bool:
        """Return whether the document has the style of the table around a run, if that names one."""
        table = next(run.iterancestors(_TABLE), None)
        style = None if table is None else self._of(table)
        return style is None or style.name is None or bool(style.ancestry)

    def _of(self, table: Element) -> _TableStyle:
        known = self._of_tables.get(table)
        if known is None:
            name = value_of(table, "tblPr", "tblStyle")
            ancestry = [] if name is None else list(self._styles.ancestry(name))
            conditional = any(each.find(f"{W}tblStylePr") is not None for each in ancestry)
            known = self._of_tables[table] = _TableStyle(name, ancestry, conditional)
        return known
