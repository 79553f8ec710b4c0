"""Chinese annual reports on government information disclosure in, verified facts out.

Every agency of government in China publishes a 政府信息公开工作年度报告 each year: how many requests
came in, what was granted, what was refused and why, what was appealed. This package reads one, in
whatever format, and tells for each number what is printed, where, and whether it is proven.

Read a report: a path, or bytes with name=. HTML, Word, PDF, OFD, workbooks, text, pictures.

    >>> import extractor
    >>> report = extractor.parse("年报.docx")
    >>> report
    <Report 澄湖县人民政府办公室 2020: verified, 2019, 198 cells, 44 checks>
    >>> report.table("disputes")["review"]["upheld"]
    2
    >>> report.table("disputes")  # at a prompt, the whole table
                             upheld  corrected  other  pending  total
    review                        2          0      0        0      2
    litigation_direct             0          0      4        1      5
    litigation_after_review       0          2      0        2      4

Ask how a number is known. Its state is "read" or "blank" as printed, "decoded" or "repaired" where the
sums of the form decide, "undecided" or "unreadable" where nobody can tell; then value is None.

    >>> cell = report.cells["requests.new.total"]
    >>> cell.raw, cell.value, cell.state
    ('43', 43, 'read')
    >>> cell.locator.table, cell.locator.row, cell.locator.column
    (2, 4, 10)

Ask for the verdict: "verified" (every cell read, every sum holds), "inconsistent" (read for certain, and
the report's own numbers do not add up), "doubtful" (not certain), "partial" (a table or cells are not
there), "not_a_report". Nothing printed is ever changed: what would mend a sum is only told.

    >>> wrong = extractor.parse("2023.html")
    >>> wrong.verdict
    'inconsistent'
    >>> for finding in extractor.check(wrong):
    ...     print(finding.at, finding.left, finding.right, finding.should_be)
    review 0 11 11

Read many. An error is a value, so that one bad file stops nothing.

    >>> for outcome in extractor.parse_many(["年报.docx", "no-such-file.pdf"], workers=1):
    ...     print(outcome.path, outcome.report.verdict if outcome.report else outcome.error)
    年报.docx verified
    no-such-file.pdf no-such-file.pdf: 没有这个文件

Go on with pandas, polars, JSON or plain dicts.

    >>> report.to_frame(wide=True).shape  # pandas; library="polars" for the other
    (1, 201)
    >>> report.to_json()[:10]
    b'{"source":'
    >>> sorted(report.to_dict())[:3]
    ['cells', 'checks', 'figures']

Open what `extractor batch` has written of a whole archive: tables, SQL, an agency through the years.

    >>> with extractor.load("结果") as tables:
    ...     tables.agency("澄湖县人民政府办公室").series("requests.new.total")
    ...     tables.query("SELECT count(*) AS reports FROM documents").to_pylist()
    {2020: 43}
    [{'reports': 1}]

Errors are ExtractorError and nothing else; each kind has its exit_code (extractor.errors).

For those who work on the package:

    bytes ─ formats ─▶ Document ─ recognize ─▶ located characters ─ settle ─▶ cells ─ checks ─▶ Report

Formats know nothing of forms; recognizers know nothing of formats; checks know only facts.
What a report must contain is data, in forms/*.yaml. Read document.py, report.py, forms/, pipeline.py.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.analysis import load
    from extractor.asked import check, parse_many
    from extractor.document import Source
    from extractor.errors import ExtractorError
    from extractor.forms import use_forms
    from extractor.integrations.response import parse_response
    from extractor.pipeline import parse, parse_all
    from extractor.report import Report

__all__ = [
    "ExtractorError",
    "Report",
    "Source",
    "check",
    "load",
    "parse",
    "parse_all",
    "parse_many",
    "parse_response",
    "use_forms",
]
__version__ = "0.1.0"

_HOMES = {
    "check": "extractor.asked",
    "load": "extractor.analysis",
    "parse": "extractor.pipeline",
    "parse_all": "extractor.pipeline",
    "parse_many": "extractor.asked",
    "parse_response": "extractor.integrations.response",
    "Report": "extractor.report",
    "Source": "extractor.document",
    "ExtractorError": "extractor.errors",
    "use_forms": "extractor.forms",
}


def __getattr__(name: str) -> object:
    """Import public names on first use: a command that only prints help needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    public: object = getattr(import_module(_HOMES[name]), name)
    return public


def __dir__() -> list[str]:
    """List the public names, imported already or not, for help() and completion."""
    return sorted({*globals(), *__all__})
