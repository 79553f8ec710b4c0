"""Access to the sections of a report for the rules: by code, with all text below them."""

from collections.abc import Iterable, Iterator

from extractor.patterns import kept_pattern
from extractor.report import Report, Section, walk_sections

_NOTE = kept_pattern(
    r"[^。；;\n]*(?:清理|调整|以本年|为准|口径|[注备]：|说明：|修订|失效)[^。；;\n]*[。；;]?"
)
_LONGEST = 200  # most characters of a quotation


def every_section(sections: Iterable[Section]) -> Iterator[Section]:
    """Yield the sections and all their subsections, in reading order."""
    return (section for _, section, _ in walk_sections(sections))


def sections_called(report: Report, code: str) -> list[Section]:
    """Return the sections with this code."""
    return [section for section in every_section(report.sections) if section.code == code]


def words_of(section: Section) -> str:
    """Return the text of a section and its subsections, one line each."""
    return "\n".join(part.text for part in every_section((section,)) if part.text.strip())


def note_under(report: Report, code: str) -> str:
    """Return a section's remark on how its table was compiled; "" if there is none."""
    for section in sections_called(report, code):
        if match := _NOTE.search(section.text):
            return match.group().strip()[:_LONGEST]
    return ""


def clause_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds `text[start:end]`."""
    begin = max(text.rfind(mark, 0, start) for mark in "。；;\n") + 1
    stops = [stop for mark in "。；;\n" if (stop := text.find(mark, end)) >= 0]
    return text[begin : min(stops, default=len(text))].strip()[:_LONGEST]
