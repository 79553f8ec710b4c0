"""Cells of a workbook in which more or less is seen than the file stores, written by openpyxl."""

import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook  # type: ignore[import-untyped]  # no stubs
from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]  # no stubs
from openpyxl.cell.rich_text import CellRichText, TextBlock  # type: ignore[import-untyped]  # no stubs
from openpyxl.cell.text import InlineFont  # type: ignore[import-untyped]  # no stubs
from openpyxl.comments import Comment  # type: ignore[import-untyped]  # no stubs
from openpyxl.styles import Alignment  # type: ignore[import-untyped]  # no stubs

from .draft import Draft, Heading, Paragraph
from .expected import Expected
from .grid import grid_of
from .render_text import positions
from .unplain_cells import Way, with_tokens

Filling = Callable[[Cell], None]


def unplain_xlsx(draft: Draft, ways: Mapping[str, Way[Filling]]) -> tuple[bytes, Expected]:
    """Return the bytes of a workbook of this report with unplain cells, and the answer to it."""
    changed, fillings, expected = with_tokens(draft, ways)
    book = Workbook()
    sheet = book.active
    for line in changed.title:
        sheet.append([line])
    for block in changed.blocks:
        if isinstance(block, (Heading, Paragraph)):
            sheet.append([block.text])
            continue
        top = sheet.max_row + 1
        for y, row in enumerate(positions(grid_of(changed.truth, block.code)), top):
            for x, (cell, first) in enumerate(row, 1):
                if not first:
                    continue
                _fill(sheet.cell(y, x), cell.text, fillings)
                if cell.row_span > 1 or cell.column_span > 1:
                    end = {"end_row": y + cell.row_span - 1, "end_column": x + cell.column_span - 1}
                    sheet.merge_cells(start_row=y, start_column=x, **end)
    return _same_bytes(book), expected


def _fill(cell: Cell, text: str, fillings: Mapping[str, Filling]) -> None:
    if text in fillings:
        fillings[text](cell)
    elif text:
        cell.value = int(text) if text.isascii() and text.isdigit() else text


def _same_bytes(book: Workbook) -> bytes:
    """Return the bytes of a workbook, the same for the same content."""
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    with ZipFile(written) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            if name != "docProps/core.xml":
                new.writestr(ZipInfo(name, (2024, 1, 1, 0, 0, 0)), old.read(name), ZIP_DEFLATED)
            else:
                new.writestr(ZipInfo(name, (2024, 1, 1, 0, 0, 0)), _CORE, ZIP_DEFLATED)
    return out.getvalue()


_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def _runs(*parts: tuple[str, InlineFont | None]) -> Filling:
    def fill(cell: Cell) -> None:
        cell.value = CellRichText(*(TextBlock(font, text) if font else text for text, font in parts))

    return fill


def _styled(value: int | float | str, **styles: object) -> Filling:
    def fill(cell: Cell) -> None:
        cell.value = value
        for name, style in styles.items():
            setattr(cell, name, style)

    return fill


def _too_narrow(n: str) -> Filling:
    """Write a number into a column in which it does not fit: `####` is shown."""

    def fill(cell: Cell) -> None:
        cell.value = int(n)
        cell.number_format = "#,##0.000000"
        cell.parent.column_dimensions[cell.column_letter].width = 3

    return fill


def _noted(n: str) -> Filling:
    def fill(cell: Cell) -> None:
        cell.value = int(n)
        cell.comment = Comment(f"应为{int(n) + 5}", "校对")

    return fill


XLSX_WAYS: Mapping[str, Way[Filling]] = {
    "white-run": Way(lambda n: _runs(("8", InlineFont(color="FFFFFFFF")), (n, None))),
    "tiny-run": Way(lambda n: _runs((n, None), ("5", InlineFont(sz=1))), is_doubted=True),
    "struck-run": Way(lambda n: _runs((f"{int(n) + 4}", InlineFont(strike=True)), (n, None))),
    "raised": Way(lambda n: _runs((n, None), ("1", InlineFont(vertAlign="superscript")))),
    "rounded": Way(lambda n: _styled(int(n) + 0.26, number_format="0")),
    "thousands": Way(lambda n: _styled(int(n), number_format='#,##0"件"')),
    "scaled": Way(lambda n: _styled(int(n) * 1000, number_format="0,"), is_optional=True),
    "too-narrow": Way(_too_narrow, is_optional=True),
    "comment": Way(_noted, is_doubted=True),
    "filled": Way(lambda n: _styled(n, alignment=Alignment(horizontal="fill")), is_optional=True),
    "turned": Way(lambda n: _styled(int(n), alignment=Alignment(textRotation=180)), is_optional=True),
    "stacked": Way(lambda n: _styled(int(n), alignment=Alignment(textRotation=255))),
    "error": Way(lambda n: _styled("#REF!"), is_open=True),
}
