"""Work grows with the input: a document twice as long is read with about twice the steps, by every reader.

Steps are lines of Python that run, so that the machine and what else it does count for nothing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from counted_steps import assert_in_proportion

import extractor
from extractor.document import Block, Cell, Document, Locator, Paragraph, Source, Table
from extractor.formats import ADAPTERS, read_document
from extractor.recognize.genre import read_signs, tell_genre
from extractor.recognize.issuer import read_front_matter
from extractor.recognize.outline import find_outline
from extractor.recognize.problems import find_problems
from extractor.recognize.prose import find_keywords
from extractor.recognize.prose_numbers import find_figures
from extractor.recognize.several import reports_in
from extractor.recognize.tables import find_tables
from extractor.recognize.whole_table import with_text_apart
from extractor.recognize.witness import find_witnesses
from extractor.report import Section
from scripts.corpus.docx_file import pack

ROOT = Path(__file__).parents[1]
TITLE = "云岭县档案局2023年政府信息公开工作年度报告"


def html(unit: str) -> Callable[[int], bytes]:
    before, _, after = unit.partition("|")
    return lambda n: (
        f"<html><body><h1>{TITLE}</h1><table>{before * n}{after * n}</table></body></html>".encode()
    )


def text(unit: str) -> Callable[[int], bytes]:
    return lambda n: f"{TITLE}\n一、总体情况\n{unit * n}\n二、主动公开政府信息情况\n".encode()


def word(unit: str) -> Callable[[int], bytes]:
    def packed(n: int) -> bytes:
        before, _, after = unit.partition("|")
        return pack(f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>{before * n}{after * n}")

    return packed


def sheet(n: int) -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.append([TITLE])
    for row in range(n):
        page.append(["规章", row, "", 3])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def mail(n: int) -> bytes:
    part = f"--e\r\nContent-Type: text/html\r\n\r\n<p>{TITLE}</p>\r\n".encode()
    return (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="e"\r\n'
        + b"\r\n"
        + part * n
        + b"--e--\r\n"
    )


def sheet_of_pdf(n: int) -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for line in range(n):
        canvas.drawString(72 + line % 7 * 60, 800 - line // 7 * 12, f"{line}")
        canvas.line(70, 798 - line * 3, 500, 798 - line * 3)
    canvas.save()
    return file.getvalue()


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
ROW = f"<w:tr>{CELL.format('规章')}{CELL.format(3)}</w:tr>"
INPUTS: dict[str, Sequence[Callable[[int], bytes]]] = {
    "html": [
        html(unit)
        for unit in (
            "<tr><td>规章<td>1<td>2",
            "<tr><td rowspan=9>1",
            "<td>1",
            "<td colspan=3>总计<td>0<tr>",
            "<b>1",
            "<tr><td><table><tr><td>1|</table>",
            "<div>|</div>",
            "<p>收到申请1件。",
            "<br>1",
            "<sup>1</sup>2",
            "<td><span style='color:#fff'>1</span>2<tr>",
            "<td><input value=1>",
            "<style>td{color:red}</style>",
            "<!-- 1 -->",
            "&nbsp;1",
            "<tr><td><p>1<p>2",
            "<tr><td>总计<td>",
            "<h2>一、总体情况</h2>",
        )
    ],
    "text": [
        text(unit)
        for unit in (
            "规章\t1\t2\n",
            "| 规章 | 1 | 2 |\n",
            "规章    1    2\n",
            "规章\n1\n2\n",
            "规章12\n",
            "1 ",
            "总计\n",
            "+---+---+\n| 1 | 2 |\n",
            "规章；1；2\n",
            "收到申请1件，",
            "\n",
            "\r\r\r1",
            "（一）公开1件\n",
            "-1\n",
            "> 规章\t1\n",
            "1,",
            "\x0c1\n",
            "第 1 页\n",
        )
    ],
    "docx": [
        word(unit)
        for unit in (
            "<w:p><w:r><w:t>收到申请1件。</w:t></w:r></w:p>",
            f"<w:tbl>{ROW}</w:tbl>",
            "<w:tbl><w:tr><w:tc>|<w:p/></w:tc></w:tr></w:tbl>",
        )
    ]
    + [
        lambda n: pack(f"<w:tbl>{ROW * n}</w:tbl>"),
        lambda n: pack(
            f"<w:tbl><w:tr>{'<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>' * n}</w:tr></w:tbl>"
        ),
        lambda n: pack(f"<w:p>{'<w:r><w:t>1</w:t></w:r>' * n}</w:p>"),
    ],
    "office": [sheet],
    "mhtml": [mail],
    "pdf": [sheet_of_pdf],
}
DRAWN = {"image", "ofd"}  # counted in test_work_drawn.py


def test_every_adapter_has_inputs() -> None:
    assert {adapter.module for adapter in ADAPTERS.values()} == {*INPUTS, *DRAWN}


@pytest.mark.parametrize(
    ("kind", "number"), [(kind, at) for kind, makers in INPUTS.items() for at in range(len(makers))]
)
def test_a_document_twice_as_long_is_no_more_than_twice_the_work(kind: str, number: int) -> None:
    make = INPUTS[kind][number]
    assert_in_proportion(lambda n: extractor.parse(make(n), name=f"a.{kind}"))


def grid(rows: list[str]) -> Table:
    return Table(
        tuple(
            Cell(y, x, text, Locator(row=y))
            for y, row in enumerate(rows)
            for x, text in enumerate(row.split("|"))
        )
    )


def lines(*units: str) -> Callable[[int], list[Block]]:
    return lambda n: [Paragraph(TITLE), *(Paragraph(unit) for _ in range(n) for unit in units)]


def real_tables(n: int) -> list[Block]:
    data = (ROOT / "fixtures/cases/html-plain-2021/source.html").read_bytes()
    return list(read_document(Source("a.html", data)).blocks) * (n // 30 + 1)


BLOCKS: list[Callable[[int], list[Block]]] = [
    lines("一、总体情况", "收到申请1件。"),
    lines("（一）", "甲"),
    lines("云岭县档案局"),
    lines("2023年1月1日"),
    lines("规章", "1", "2"),
    lines("总计"),
    lines("三、本年度办理结果", "0"),
    lines("1.属于国家秘密 0 0 0 0 0 0 0"),
    lines("政府信息公开工作年度报告"),
    lines("目 录", "一、总体情况……1"),
    real_tables,
    lambda n: [grid(["规章|1|2|3"] * n)],
    lambda n: [grid(["信息内容|本年制发件数", "规章|1"])] * n,
    lambda n: [grid(["|".join(["总计"] * n), "|".join(["0"] * n)])],
    lambda n: [grid(["一、本年新收|1|"] * n)],
    lambda n: [
        grid(
            ["一、总体情况", "收到申请一件，都已按时办结，没有引起复议和诉讼，也没有收取费用。", "规章|1|2"]
            * n
        )
    ],
]
SOURCE = Source("a.html", b"")


def _genre(blocks: list[Block]) -> object:
    document = Document("html", tuple(blocks))
    return tell_genre(document, TITLE, read_signs(document, (), tables=False, numbers=False))


def _told(read: Callable[[tuple[Section, ...]], object]) -> Callable[[list[Block]], object]:
    def told(blocks: list[Block]) -> object:
        words = "".join(block.text for block in blocks if isinstance(block, Paragraph))
        return read((Section("problems", "", words), Section("overview", "", words)))

    return told


RECOGNIZERS: dict[str, Callable[[list[Block]], object]] = {
    "genre": _genre,
    "issuer": lambda blocks: read_front_matter(SOURCE, Document("html", tuple(blocks))),
    "outline": find_outline,
    "problems": _told(find_problems),
    "prose": _told(lambda sections: find_keywords(sections[0].text, 5)),
    "prose_numbers": _told(lambda sections: find_figures(sections, 2023)),
    "several": lambda blocks: reports_in(Document("html", tuple(blocks))),
    "tables": find_tables,
    "whole_table": lambda blocks: with_text_apart(Document("html", tuple(blocks))),
    "witness": _told(lambda sections: find_witnesses(sections, "requests.new.total")),
}
USED_BY_ALL = {"labels"}  # what a label means: counted in test_work_drawn.py


def test_every_recognizer_is_counted() -> None:
    rooms = {path.stem for path in (ROOT / "extractor/recognize").iterdir() if not path.stem.startswith("_")}
    assert rooms == {*RECOGNIZERS, *USED_BY_ALL}


@pytest.mark.parametrize("name", RECOGNIZERS)
@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_twice_the_blocks_are_no_more_than_twice_the_work(name: str, number: int) -> None:
    assert_in_proportion(lambda n: RECOGNIZERS[name](BLOCKS[number](n)))


def test_long_text_that_patterns_might_go_through_again_and_again_is_read_at_all() -> None:
    for style in ("a" * 300_000, "/*" * 150_000, "left:" * 60_000, "a{" * 100_000):
        page = f"<html><h1>{TITLE}</h1><style>{style}display:none</style><table><tr><td class=a>1</table>"
        assert extractor.parse(page.encode()).title == TITLE
