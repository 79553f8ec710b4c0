"""What LibreOffice has saved as old Word and rich text files says what the Word files say."""

import subprocess
from pathlib import Path

import pytest

import extractor
from extractor.document import Source
from extractor.errors import Unreadable
from extractor.formats import office
from extractor.formats.office import program as office_program
from extractor.report import Section
from scripts.corpus.cases import CASES, draft_of
from scripts.corpus.grid import grid_of
from scripts.corpus.xlsx_file import spreadsheet

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
WORD = sorted(path.parent.name for path in FIXTURES.glob("*/source.docx"))
# LibreOffice writes what stands in a content control four times into what it saves, and leaves out objects
# and drawings that it cannot draw.
SPOILED = ("docx-content-controls", "docx-unplain-cells-1", "docx-unplain-cells-2")
TEXTS = [name for name in WORD if name not in SPOILED]
RICH = ["docx-numbered", "docx-plain-2014", "docx-plain-2019", "docx-split", "docx-tracked"]
PROGRAM = office_program.find_program()
needs_writer = pytest.mark.skipif(
    PROGRAM is None or not office_program.has_module(PROGRAM, "writer"),
    reason="LibreOffice Writer is not installed",
)
needs_calc = pytest.mark.skipif(
    PROGRAM is None or not office_program.has_module(PROGRAM, "calc"),
    reason="LibreOffice Calc is not installed",
)


def converted(folder: Path, target: str, *sources: Path) -> None:
    """Save files in another format, all in one run of LibreOffice."""
    assert PROGRAM is not None
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command = [PROGRAM, *options, "--convert-to", target, "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the Word fixtures saved as .doc and .rtf."""
    folder = tmp_path_factory.mktemp("saved")
    sources = []
    for name in WORD:
        sources.append(folder / f"{name}.docx")
        sources[-1].write_bytes((FIXTURES / name / "source.docx").read_bytes())
    converted(folder, "doc", *sources)
    converted(folder, "rtf", *sources)
    return folder


def codes_of(sections: tuple[Section, ...]) -> list[object]:
    return [(section.code, codes_of(section.sections)) for section in sections]


@needs_writer
@pytest.mark.parametrize(
    ("name", "extension"), [*((name, "doc") for name in TEXTS), *((name, "rtf") for name in RICH)]
)
def test_an_old_file_has_the_tables_and_sections_of_the_word_file_it_was_saved_from(
    saved: Path, name: str, extension: str
) -> None:
    report = extractor.parse(saved / f"{name}.{extension}")
    original = extractor.parse(saved / f"{name}.docx")
    assert report.source.format == "doc"
    assert (report.verdict, report.tables) == (original.verdict, original.tables)
    assert codes_of(report.sections) == codes_of(original.sections)


@needs_writer
@pytest.mark.parametrize("name", ["docx-same-report", "docx-plain-2019", "docx-plain-2014"])
def test_places_in_an_old_file_are_counted_as_in_word(saved: Path, name: str) -> None:
    place = next(iter(extractor.parse(saved / f"{name}.doc").cells.values())).locator
    assert (place.table, place.column) == (1, 3 if "2014" in name else 2)


@needs_writer
@pytest.mark.parametrize("extension", ["doc", "rtf"])
def test_cells_that_say_everything_several_times_give_no_number(saved: Path, extension: str) -> None:
    report = extractor.parse(saved / f"{SPOILED[0]}.{extension}")
    assert report.verdict == "partial"
    assert {cell.value for cell in report.cells.values()} <= {None}
    assert len(report.other_tables) == 3  # shown as they are


@needs_writer
def test_a_wps_file_is_told_by_its_streams_whatever_its_name(saved: Path) -> None:
    report = extractor.parse((saved / "docx-same-report.doc").read_bytes(), name="年报.wps")
    assert report.verdict == "verified"


@needs_writer
@pytest.mark.parametrize("rest", [0.3, 0.6, 0.95])
def test_a_file_cut_short_is_refused(saved: Path, rest: float) -> None:
    data = (saved / "docx-same-report.doc").read_bytes()
    with pytest.raises(Unreadable, match="不完整"):
        office.read(Source("年报.doc", data[: int(len(data) * rest)]))


@needs_calc
@pytest.mark.parametrize(("case", "extension"), [("html-plain-2021", "xlsx"), ("html-plain-2019", "xls")])
def test_the_tables_of_a_spreadsheet_are_read_sheet_by_sheet(
    case: str, extension: str, tmp_path: Path
) -> None:
    truth = draft_of(next(c for c in CASES if c.name == case)).truth
    path = tmp_path / "附表.xlsx"
    path.write_bytes(spreadsheet([grid_of(truth, table) for table in truth.tables]))
    if extension == "xls":
        converted(tmp_path, extension, path)
    report = extractor.parse(tmp_path / f"附表.{extension}")
    assert {i: cell.value for i, cell in report.cells.items()} == truth.values
    sheets = {cell.locator.table for cell in report.cells.values()}
    assert sheets == set(range(1, len(truth.tables) + 1))
