"""The steps of reading one document: what each hands on, and when the second reader is asked."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import structs
from papers import REQUESTS, codes, disputes, paper, proactive, read, requests, table_of, whole

import extractor.pipeline
from extractor.document import Document, Locator, Notice, Paragraph, Source, Table
from extractor.errors import ProgramFault, Unreadable
from extractor.pipeline import parse, report_on
from extractor.report import Report

BROKEN = {**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 19)}
TOLD = "2023年，共收到政府信息公开申请61件。"


class Readers:
    """Two readers that give what a test says, and keep what they were asked for."""

    def __init__(self, first: Document, second: Callable[[], Document | None]) -> None:
        """Begin with nothing asked."""
        self.first, self.second = first, second
        self.sources: list[Source] = []
        self.pages: list[frozenset[int] | None] = []

    def read(self, source: Source, is_wanted: object = None) -> Document:
        self.sources.append(source)
        return self.first

    def reread(
        self, source: Source, pages: frozenset[int] | None = None, first: Document | None = None
    ) -> Document | None:
        self.sources.append(source)
        self.pages.append(pages)
        return self.second()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Readers]:
    def install(first: Document, second: Callable[[], Document | None] = lambda: None) -> Readers:
        readers = Readers(first, second)
        monkeypatch.setattr(extractor.pipeline, "read_document", readers.read)
        monkeypatch.setattr(extractor.pipeline, "reread_document", readers.reread)
        return readers

    return install


def paged(document: Document, page: int) -> Document:
    """Return the document with every cell on one page."""
    blocks = tuple(
        structs.replace(b, cells=tuple(structs.replace(c, locator=Locator(page=page)) for c in b.cells))
        if isinstance(b, Table)
        else b
        for b in document.blocks
    )
    return structs.replace(document, blocks=blocks)


def told(document: Document) -> Document:
    """Return the document with a sentence that tells a number of the table otherwise."""
    blocks = [
        structs.replace(b, text=TOLD) if isinstance(b, Paragraph) and "认真做好" in b.text else b
        for b in document.blocks
    ]
    return structs.replace(document, blocks=tuple(blocks))


def test_bytes_without_a_name_have_none_and_the_address_is_kept(reading: Callable[..., Readers]) -> None:
    readers = reading(whole())
    assert parse(b"x").source.name == "-"
    report = parse(b"x", name="a.html", url="http://a.cn/1.html")
    assert (report.source.name, report.source.url) == ("a.html", "http://a.cn/1.html")
    assert readers.sources[1].data == b"x"


def test_prose_is_read_unless_it_is_not_wanted(reading: Callable[..., Readers]) -> None:
    reading(told(whole()))
    report = parse(b"x")
    assert [figure.value for figure in report.figures] == [61]
    prose = [
        (check.outcome, check.left, check.right) for check in report.checks if check.id.startswith("prose")
    ]
    assert prose == [("fails", 61, 60)]
    assert len(report.checks) == len(read(whole()).checks) + 1
    assert report.verdict == "verified"
    assert report.problems.problems[0].text.startswith("业务水平有待提高")
    bare = parse(b"x", prose=False)
    assert (bare.figures, bare.problems.problems) == ((), ())
    assert not any(check.id.startswith("prose") for check in bare.checks)


def test_the_prose_of_another_document_is_not_read(reading: Callable[..., Readers]) -> None:
    other = Document(
        "text",
        (Paragraph("云岭县档案局2023年法治政府建设年度报告"), Paragraph(TOLD), Paragraph("五、存在的问题")),
    )
    reading(other)
    report = parse(b"x")
    assert (report.verdict, report.figures) == ("not_a_report", ())


def test_a_fault_of_the_program_names_the_document_and_its_cause(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(source: Source, is_wanted: object) -> Document:
        raise KeyError("x")

    monkeypatch.setattr(extractor.pipeline, "read_document", fail)
    monkeypatch.delenv("EXTRACTOR_DEBUG", raising=False)
    with pytest.raises(ProgramFault, match=r"^a\.html: 程序出错（KeyError: 'x'）$") as fault:
        parse(b"x", name="a.html")
    assert isinstance(fault.value.__cause__, KeyError)
    monkeypatch.setenv("EXTRACTOR_DEBUG", "0")
    with pytest.raises(ProgramFault):
        parse(b"x")
    monkeypatch.setenv("EXTRACTOR_DEBUG", "1")
    with pytest.raises(KeyError):
        parse(b"x")


def doubtful() -> Document:
    return whole(requests({**REQUESTS, "new": ("约40", 5, 3, 2, 8, 1, 60)}))


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        (whole(), 0),
        (whole(requests(BROKEN)), 1),
        (doubtful(), 1),
        (paper(proactive(), requests()), 1),
        (paper(), 0),
    ],
    ids=["verified", "inconsistent", "doubtful", "partial", "no table"],
)
def test_the_second_reader_is_asked_where_tables_are_there_and_not_verified(
    reading: Callable[..., Readers], first: Document, asked: int
) -> None:
    readers = reading(first)
    parse(b"x")
    assert len(readers.pages) == asked


def test_an_error_is_confirmed_by_a_look_at_its_pages_alone(reading: Callable[..., Readers]) -> None:
    first = paged(whole(requests(BROKEN)), 4)
    readers = reading(first, lambda: first)
    report = parse(b"x")
    assert (report.verdict, readers.pages) == ("inconsistent", [frozenset({4})])
    assert readers.sources[-1].data == b"x"


def test_an_error_that_the_look_does_not_confirm_is_read_again_whole(reading: Callable[..., Readers]) -> None:
    readers = reading(paged(whole(requests(BROKEN)), 4), lambda: paged(whole(), 4))
    report = parse(b"x")
    assert readers.pages == [frozenset({4}), None]
    assert (report.verdict, report.tables["requests"]["granted"]["total"]) == ("doubtful", 18)
    assert "readers-disagree" in codes(report)


@pytest.mark.parametrize("fails", [True, False])
def test_an_error_on_a_page_stands_where_there_is_no_second_reading(
    reading: Callable[..., Readers], fails: bool
) -> None:
    def second() -> Document | None:
        if fails:
            raise Unreadable("a.pdf: 读不出来")
        return None

    readers = reading(paged(whole(requests(BROKEN)), 4), second)
    assert parse(b"x").verdict == "inconsistent"
    assert readers.pages == [frozenset({4})]


def test_a_doubtful_report_is_read_again_whole_at_once(reading: Callable[..., Readers]) -> None:
    readers = reading(paged(doubtful(), 4), lambda: paged(whole(), 4))
    assert (parse(b"x").verdict, readers.pages) == ("verified", [None])


def test_a_table_without_cells_has_no_rows_and_places_without_a_cell_are_empty() -> None:
    ragged = table_of([["类别", "条数"], ["机构职能"]])
    report: Report = read(paper(proactive(), requests(), disputes(), Table(()), ragged))
    assert [table.rows for table in report.other_tables] == [(), (("类别", "条数"), ("机构职能", ""))]


def test_a_report_says_what_its_source_its_front_and_its_tables_say() -> None:
    local = structs.replace(table_of([["类别", "条数"], ["机构职能", "3"]]), locator=Locator(table=9))
    first = Notice("mojibake", "…")
    document = structs.replace(paper(proactive(), requests(), disputes(), local), notices=(first,))
    source = Source("a.html", b"xy", "http://a.cn/1.html", "2024-02-01T00:00:00Z", "b.html")
    report = report_on(source, document)
    assert structs.asdict(report.source) == {
        "name": "a.html", "format": "html", "sha256": sha256(b"xy").hexdigest(), "size": 2,
        "url": "http://a.cn/1.html", "retrieved_at": "2024-02-01T00:00:00Z", "member": "b.html", "part": None,
    }  # fmt: skip
    assert report.title == "云岭县档案局2023年政府信息公开工作年度报告"
    assert (report.year, report.form, report.issuer.name) == (2023, "2021", "云岭县档案局")
    assert report.notices == (first,)
    other = report.other_tables[0]
    assert (other.locator, other.section) == (Locator(table=9), "disputes")
    assert [section.code for section in report.sections] == [
        "overview", "proactive", "requests", "disputes", "problems", "other",
    ]  # fmt: skip


def test_a_picture_s_other_readings_are_handed_to_the_equations() -> None:
    table = table_of(requests())
    read_as = [("16", 0.6), ("18", 0.38)]
    cells = tuple(
        structs.replace(cell, text="16", alternatives=tuple(read_as)) if cell.text == "18" else cell
        for cell in table.cells
    )
    report = read(paper(proactive(), structs.replace(table, cells=cells), disputes()))
    cell = report.cells["requests.granted.total"]
    assert (cell.raw, cell.value, cell.state) == ("16", 18, "repaired")
    assert "repaired" in codes(report)
