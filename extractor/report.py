"""The report as parsed: a versioned JSON contract. A later version may add keys, never change one."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, overload

import msgspec
from msgspec import Struct, field

from extractor.document import NOWHERE, Locator, Notice
from extractor.document_id import document_id
from extractor.forms import load_forms, per_forms
from extractor.shown import ByCode, Record, TableValues, html_of, pandas_frame, polars_frame

if TYPE_CHECKING:
    import pandas
    import polars

SCHEMA_VERSION = "1"

Number = int | Decimal  # counts are integers; money keeps every printed digit
State = Literal["read", "blank", "missing", "decoded", "repaired", "unreadable", "undecided"]
# Groups of states: read as printed; also what the characters say after splitting them; known at all; present
# but not known.
CERTAIN_STATES: tuple[State, ...] = ("read", "blank")
PRINTED_STATES: tuple[State, ...] = (*CERTAIN_STATES, "decoded")
KNOWN_STATES: tuple[State, ...] = (*PRINTED_STATES, "repaired")
OPEN_STATES: tuple[State, ...] = ("unreadable", "undecided")
Outcome = Literal["holds", "fails", "not_checked"]
Verdict = Literal["verified", "inconsistent", "doubtful", "partial", "not_a_report"]


class SourceInfo(Struct, frozen=True):
    """The bytes that were read and where they came from."""

    name: str
    format: str
    sha256: str
    size: int  # bytes
    url: str | None = None
    retrieved_at: str | None = None
    member: str | None = None
    part: int | None = None  # which report of a file that holds several, from 1

    @property
    def document(self) -> str:
        """The report's id: the file's sha256, with the place of a further report of the file behind it."""
        return document_id(self.sha256, self.part or 1)


class Issuer(Struct, frozen=True):
    """The agency that reports. Fields are null if the source does not support an answer."""

    name: str | None = None  # full name, best supported by the source
    printed: str | None = None  # as printed in the title
    region_code: str | None = None  # GB/T 2260, six digits, in the year of the report
    region_code_today: str | None = None  # code of the same area today; null if it was split among several
    region: str | None = None
    level: Literal["state", "province", "prefecture", "county", "township"] | None = None
    kind: Literal["government", "department", "township", "other"] | None = None
    scope: Literal["own", "area"] | None = None


class Publication(Struct, frozen=True):
    """When the report was published, as far as the source says."""

    date: str  # ISO 8601
    locator: Locator = NOWHERE
    told_by: Literal["page", "metadata", "address", "signature"] = "page"
    signed: str | None = None  # the date below the agency's name at the end


class Section(Struct, frozen=True):
    """A titled part of the report; `code` is null for a heading outside the standard."""

    code: str | None
    heading: str  # as printed; "" for the preamble
    text: str  # its own paragraphs, joined by "\n", without tables
    locator: Locator = NOWHERE
    sections: tuple["Section", ...] = ()


def walk_sections(
    sections: Iterable[Section], above: tuple[int, ...] = (), around: str | None = None
) -> Iterator[tuple[tuple[int, ...], Section, str | None]]:
    """Yield every section in reading order, with its path and the code of the section around it."""
    for number, section in enumerate(sections):
        path = (*above, number)
        yield path, section, around
        yield from walk_sections(section.sections, path, section.code or around)


class CellValue(Struct, frozen=True, gc=False):
    """One standard cell: as printed, as understood, and its place."""

    raw: str  # "" if blank or missing
    value: Number | None
    state: State
    unit: str | None = None  # only if the source prints another unit than the form
    locator: Locator = NOWHERE


class OtherTable(Struct, frozen=True):
    """A table outside the standard, with spans expanded."""

    section: str | None
    rows: tuple[tuple[str, ...], ...]
    locator: Locator = NOWHERE


class Figure(Struct, frozen=True):
    """A number in the prose.

    Codes of sections need not be unique, so `path` identifies the section: its first number is an index into
    the report's `sections`, each further one into the `sections` of the section before. There,
    `text[start:end]` of the section is the `text` of the figure.
    """

    code: str
    value: Number | None
    unit: str | None
    text: str  # the clause
    section: str | None  # code of its section, or the heading if it has no code
    locator: Locator = NOWHERE  # of the section
    approximate: bool = False  # 余, 约, 近, 超 …
    cumulative: bool = False  # includes earlier years
    path: tuple[int, ...] = ()  # indices, from 0
    start: int = 0
    end: int = 0
    part_of: int | None = None  # index in `figures`, from 0, of the number that it is a part of


class ProblemItem(Struct, frozen=True):
    """One problem or one improvement.

    `path` leads to its section as in Figure; `text` is `text[start:end]` of that section, or its heading if
    the item is only a heading (then `start` = `end` = 0).
    """

    text: str
    path: tuple[int, ...]
    start: int
    end: int
    keywords: tuple[str, ...] = ()
    locator: Locator = NOWHERE  # of the section
    topics: tuple[str, ...] = ()  # its topics, by the codes of data/problem_topics.yaml


class Problems(Struct, frozen=True):
    """The content of section 五, in reading order."""

    problems: tuple[ProblemItem, ...] = ()
    improvements: tuple[ProblemItem, ...] = ()


class Check(Struct, frozen=True):
    """The outcome of one equation at one place."""

    id: str
    at: str  # the row or column code
    outcome: Outcome
    left: Number | None
    right: Number | None
    cells: tuple[str, ...]
    message: str
    suggestion: str | None = None  # the smallest change that would correct it; nothing is changed
    # number among the checks with this id at this place: two clauses may be about the same thing
    ordinal: int = 1


class Report(Struct, frozen=True):
    """Everything extracted from one document."""

    source: SourceInfo
    title: str | None
    issuer: Issuer
    year: int | None
    form: str | None  # id of an edition (extractor/forms)
    sections: tuple[Section, ...]
    tables: dict[str, dict[str, dict[str, Number | None]]]
    cells: dict[str, CellValue]
    other_tables: tuple[OtherTable, ...]
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    verdict: Verdict
    notices: tuple[Notice, ...]
    schema_version: str = field(default=SCHEMA_VERSION)
    problems: Problems = Problems()
    published: Publication | None = None

    def __post_init__(self) -> None:
        """Check that `form` is a known edition. Raise ValueError if it is not."""
        by_code = ByCode({name: ByCode(rows) for name, rows in self.tables.items()})
        msgspec.structs.force_setattr(self, "tables", by_code)
        msgspec.structs.force_setattr(self, "cells", ByCode(self.cells))
        if self.form is not None and self.form not in _editions():
            raise ValueError(f"没有 {self.form} 版，有 {'、'.join(_editions())}")

    def __repr__(self) -> str:
        """Return one line: agency, year, edition, verdict, failures."""
        failing = sum(check.outcome == "fails" for check in self.checks)
        told = f"{failing} of {len(self.checks)} checks fail" if failing else f"{len(self.checks)} checks"
        form = self.form or "no form"
        return f"<Report {self._heading()}: {self.verdict}, {form}, {len(self.cells)} cells, {told}>"

    def _heading(self) -> str:
        agency = self.issuer.name or self.issuer.printed or "机关不明"
        return f"{agency} {self.year or '年度不明'}"

    def _repr_html_(self) -> str:
        """Return the display for a notebook: the verdict, doubts, tables."""
        doubts = [check.message for check in self.checks if check.outcome == "fails"]
        open_cells = [code for code, cell in self.cells.items() if cell.state in OPEN_STATES]
        doubts += [f"{code}：{self.cells[code].state}" for code in open_cells[:20]]
        states = {code: cell.state for code, cell in self.cells.items()}
        return html_of(self._heading(), self.verdict, self.tables, states, doubts)

    def records(self) -> list[Record]:
        """Return one record per standard cell: agency, year, table, row, column, value, state, raw, unit."""
        agency = self.issuer.name or self.issuer.printed
        return [
            {
                "agency": agency,
                "year": self.year,
                **dict(zip(("table", "row", "column"), code.split("."), strict=True)),
                "value": cell.value,
                "state": cell.state,
                "raw": cell.raw,
                "unit": cell.unit,
            }
            for code, cell in self.cells.items()
        ]

    @overload
    def to_frame(
        self, *, wide: bool = False, library: Literal["pandas"] = "pandas"
    ) -> "pandas.DataFrame": ...
    @overload
    def to_frame(self, *, wide: bool = False, library: Literal["polars"]) -> "polars.DataFrame": ...
    def to_frame(
        self, *, wide: bool = False, library: Literal["pandas", "polars"] = "pandas"
    ) -> "pandas.DataFrame | polars.DataFrame":
        """Return the standard cells as a frame.

        Args:
            wide: One row with a column for each cell, not one row per cell.
            library: "pandas" or "polars".
        """
        records = [self._one_record()] if wide else self.records()
        return polars_frame(records) if library == "polars" else pandas_frame(records)

    def _one_record(self) -> Record:
        known: Record = {"agency": self.issuer.name or self.issuer.printed, "year": self.year}
        known["verdict"] = self.verdict
        return known | {code: cell.value for code, cell in self.cells.items()}

    def failing_equations(self) -> tuple[Check, ...]:
        """Return the equations of the form that fail; comparisons of other kinds are left out."""
        return tuple(c for c in self.checks if c.outcome == "fails" and not c.id.startswith("prose/"))

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain dicts and lists; money stays Decimal."""
        plain: dict[str, object] = msgspec.to_builtins(self, builtin_types=(Decimal,))
        return plain

    def to_json(self) -> bytes:
        """Return the report as one line of UTF-8 JSON; money keeps every printed digit."""
        return _ENCODER.encode(self)

    def table(self, name: str) -> TableValues:
        """Return one standard table by rows, shown aligned at a prompt. Raise KeyError if it is absent."""
        return TableValues(self.tables[name])


@per_forms()
def _editions() -> tuple[str, ...]:
    return tuple(sorted(form.id for form in load_forms()))


_ENCODER = msgspec.json.Encoder(decimal_format="number")


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of one report."""
    schema = msgspec.json.schema(Report)
    form = schema["$defs"]["Report"]["properties"]["form"]
    form["anyOf"] = [{"enum": list(_editions())}, {"type": "null"}]
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect} | {key: _with_plain_decimals(part) for key, part in schema.items()}


def _with_plain_decimals(schema: object) -> object:
    """Describe decimals in the schema as to_json() writes them: numbers with every printed digit."""
    if isinstance(schema, dict):
        if schema.get("format") == "decimal":
            return {"type": "number"}
        return {key: _with_plain_decimals(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_with_plain_decimals(value) for value in schema]
    return schema
