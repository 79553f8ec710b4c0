"""Further files: workbooks of two habits and a page saved with all of its parts."""

import io
from email.message import EmailMessage
from email.policy import SMTP

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from . import html_sites as sites
from . import render_html as html
from .draft import Draft, Heading, Paragraph, TableHere
from .grid import Grid, grid_of

_SHEETS = {"proactive": "表二", "requests": "表三", "disputes": "表四", "statistics": "统计表"}


def _number_or_text(text: str) -> int | float | str:
    if text.lstrip("-").isdigit():
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def _put(sheet: Worksheet, grid: Grid, top: int) -> int:
    """Write a table from a row on, merged cells merged, and return the row behind it."""
    for letter, width in zip("ABCDEFGHIJKLMNO", (30, 18, 40, *[13] * 12), strict=True):
        sheet.column_dimensions[letter].width = width
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(grid, start=top):
        x = 1
        for cell in row:
            while (y, x) in taken:
                x += 1
            place = sheet.cell(y, x, _number_or_text(cell.text) if cell.cell else cell.text)
            place.alignment = Alignment(wrap_text=True, vertical="center")
            taken |= {(y + i, x + j) for i in range(cell.row_span) for j in range(cell.column_span)}
            if cell.row_span > 1 or cell.column_span > 1:
                sheet.merge_cells(
                    start_row=y,
                    start_column=x,
                    end_row=y + cell.row_span - 1,
                    end_column=x + cell.column_span - 1,
                )
            x += cell.column_span
    return top + len(grid)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_sheet_a_table(draft: Draft) -> bytes:
    """Return a workbook with the text in its first sheet and a sheet for each table."""
    book = Workbook()
    text = book.worksheets[0]
    text.title = "正文"
    lines = list(draft.title)
    for block in draft.blocks:
        if isinstance(block, TableHere):
            lines.append(f"（见“{_SHEETS[block.code]}”）")
            _put(book.create_sheet(_SHEETS[block.code]), grid_of(draft.truth, block.code), 1)
        else:
            lines.append(block.text + block.tail if isinstance(block, Heading) else block.text)
    for y, line in enumerate(lines, start=1):
        text.cell(y, 1, line)
    text.column_dimensions["A"].width = 110
    return _saved(book)


def one_sheet(draft: Draft) -> bytes:
    """Return a workbook of one sheet, the text in merged rows above and between the tables."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    y = 2
    for block in (*(Paragraph(line) for line in draft.title), *draft.blocks):
        if isinstance(block, TableHere):
            y = _put(sheet, grid_of(draft.truth, block.code), y + 1) + 1
            continue
        line = block.text + block.tail if isinstance(block, Heading) else block.text
        sheet.cell(y, 1, line).alignment = Alignment(wrap_text=True)
        sheet.merge_cells(start_row=y, start_column=1, end_row=y, end_column=15)
        sheet.row_dimensions[y].height = 16 * (1 + len(line) // 60)
        y += 1
    return _saved(book)


def saved_page(draft: Draft) -> bytes:
    """Return a page and its style sheet in one file, as a browser saves them."""
    page = sites.hanweb(draft, html.body(draft, html.WPS)).replace("utf-8", "gb2312", 1)
    whole = EmailMessage(policy=SMTP)
    whole["From"] = "<Saved by Blink>"
    whole["Subject"] = "".join(draft.title)
    whole["Snapshot-Content-Location"] = "https://www.yunling.example/art/2025/1/18/art_7_88.html"
    whole.set_content(page, subtype="html", charset="gb18030", cte="quoted-printable")
    whole["Content-Location"] = "https://www.yunling.example/art/2025/1/18/art_7_88.html"
    whole.add_related("#zoom{font-size:16px}", subtype="css", cid="<css-1@mhtml.blink>")
    return whole.as_bytes()
