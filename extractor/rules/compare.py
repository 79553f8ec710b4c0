"""Compares two reports cell by cell and sentence by sentence."""

from collections.abc import Iterator

from msgspec import Struct

from extractor.identity import agency_of
from extractor.report import Number, Report, Section
from extractor.rules.editions import label_of
from extractor.rules.examine import examine_pair
from extractor.rules.finding import Finding
from extractor.rules.reuse import Sentences, masked, sentences_of
from extractor.rules.rule import Rule
from extractor.rules.sections import every_section


class CellChange(Struct, frozen=True):
    """A cell that both reports have, with different numbers."""

    id: str
    label: str
    before: Number | None
    after: Number | None
    difference: Number | None  # after minus before, if both are known
    states: tuple[str, str]


class SectionChange(Struct, frozen=True):
    """A section of either report: the share of text reused, and the sentences added and removed."""

    code: str | None
    heading: str
    characters: int  # of the second report's section
    reused: float  # share of them in sentences that the first report has too, 0 to 1
    renumbered: float  # share in sentences that differ from one of the first report in numbers alone
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """All differences of two reports, and the findings of the rules over years."""

    before: str  # names of the sources
    after: str
    compared: int  # cells that both have
    cells: tuple[CellChange, ...]
    only_before: tuple[str, ...]  # `table.row` of rows that the other report lacks
    only_after: tuple[str, ...]
    sections: tuple[SectionChange, ...]
    reused: float  # share of the second report's whole text, 0 to 1
    renumbered: float
    findings: tuple[Finding, ...]


def compare(before: Report, after: Report, own: tuple[Rule, ...] = ()) -> Comparison:
    """Return what differs by cell and section.

    For consecutive years also the findings of the rules over years.
    """
    both = [cell for cell in after.cells if cell in before.cells]
    old = Sentences(before)
    sections = tuple(_section_changes(before, after, old))
    total = sum(section.characters for section in sections)
    return Comparison(
        before=before.source.name,
        after=after.source.name,
        compared=len(both),
        cells=tuple(_cell_changes(before, after, both)),
        only_before=_rows_lacking(before, after),
        only_after=_rows_lacking(after, before),
        sections=sections,
        reused=_share(sum(section.reused * section.characters for section in sections), total),
        renumbered=_share(sum(section.renumbered * section.characters for section in sections), total),
        findings=tuple(over_years(before, after, own)),
    )


def over_years(one: Report, other: Report, own: tuple[Rule, ...] = ()) -> list[Finding]:
    """Return the findings of the rules over years, whichever report is the earlier; none for other pairs.

    There are none for two different agencies, or for an agency alone and its whole area. An unknown agency
    may be the same one.
    """
    if (
        one.year is None
        or other.year is None
        or abs(one.year - other.year) != 1
        or not may_be_one(one, other)
    ):
        return []
    earlier, later = (one, other) if one.year < other.year else (other, one)
    return examine_pair(earlier, later, own)


def may_be_one(one: Report, other: Report) -> bool:
    """Return whether two reports may be by the same agency: a name may be shortened or unknown.

    A report on an agency alone and one on its whole area do not count as the same.
    """
    if {one.issuer.scope, other.issuer.scope} == {"own", "area"}:
        return False
    agencies = [agency_of(report).id for report in (one, other)]
    if None not in agencies and agencies[0] == agencies[1]:
        return True
    names = [report.issuer.name or report.issuer.printed or "" for report in (one, other)]
    return names[0] in names[1] or names[1] in names[0]


def _cell_changes(before: Report, after: Report, both: list[str]) -> Iterator[CellChange]:
    for cell in both:
        one, two = before.cells[cell], after.cells[cell]
        if one.value == two.value and one.state == two.state:
            continue
        if one.value == two.value and {one.state, two.state} <= {"read", "decoded", "repaired"}:
            continue  # the same number, only read in another way
        difference = None if one.value is None or two.value is None else two.value - one.value
        states = (one.state, two.state)
        yield CellChange(cell, label_of(after, cell), one.value, two.value, difference, states)


def _rows_lacking(has: Report, lacks: Report) -> tuple[str, ...]:
    cells = (cell.rpartition(".")[0] for cell in has.cells if cell not in lacks.cells)
    return tuple(dict.fromkeys(cells))


def _section_changes(before: Report, after: Report, old: Sentences) -> Iterator[SectionChange]:
    """Yield the sections of the second report, then those that only the first has."""
    left: dict[str, list[Section]] = {}
    for section in every_section(before.sections):
        left.setdefault(_name(section), []).append(section)
    new = Sentences(after)
    for section in every_section(after.sections):
        same_name = left.get(_name(section))
        sentences = sentences_of(section)
        total = sum(map(len, sentences))
        gone = sentences_of(same_name.pop(0)) if same_name else []
        yield SectionChange(
            section.code,
            section.heading,
            total,
            _share(old.reused(sentences), total),
            _share(old.renumbered(sentences), total),
            tuple(each for each in sentences if each not in old.exact),
            tuple(each for each in gone if each not in new.exact),
        )
    for section in (section for sections in left.values() for section in sections):
        removed = tuple(each for each in sentences_of(section) if each not in new.exact)
        yield SectionChange(section.code, section.heading, 0, 0.0, 0.0, (), removed)


def _name(section: Section) -> str:
    return section.code or masked("".join(section.heading.split()))


def _share(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
