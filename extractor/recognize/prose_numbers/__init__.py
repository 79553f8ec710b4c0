"""Numbers stated in prose: what each counts, in which clause, and zeros stated in words.

The words are data (data/terms.txt), the codes and their rules too (data/figures.yaml); this package
analyses the sentences. A number that no rule knows is left out: better none than a wrong one.
"""

from collections.abc import Iterator, Sequence

from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.numbers import find_quantities
from extractor.recognize.prose_numbers.reading import ToldNumber, read_sentence
from extractor.recognize.prose_numbers.setting import Setting, names_a_field, setting_of
from extractor.recognize.prose_numbers.text import Squeezed, find_sentences, squeeze
from extractor.recognize.prose_numbers.wholes import with_wholes
from extractor.report import Figure, Section, walk_sections

# Sections with these headings contain tables, some without borders; their numbers are not prose.
_TABLE = kept_pattern("附[表件]|统计表|指标")
_LONGEST_HEADING = 30  # characters of a heading within the running text


def find_figures(sections: Sequence[Section], year: int | None) -> tuple[Figure, ...]:
    """Return the numbers given in the prose of these sections, in reading order.

    `section` of a figure is the code of its section, the heading where that has none. As codes need not be
    unique, `path` identifies the section: `path[0]` counts (from 0) into `sections`, each further number into
    the `sections` of the section before it. There, `text[start:end]` is the figure's own text. `locator` is
    that of the section, in the terms of its format.

    Args:
        sections: The sections of the report, as the outline gives them.
        year: The year that the report is about; numbers of other years are left out.
    """
    has_overview = any(section.code == "overview" for section in sections)
    found: list[Figure] = []
    for path, section, around in walk_sections(sections):
        if section.code == "preamble" and has_overview:
            continue
        # These sections describe shortcomings and plans, not the year's numbers.
        if "problems" not in (section.code, around):
            told = list(_figures_in(section, path, setting_of(section, around, year)))
            found += with_wholes(told, section.text, len(found))
    return tuple(found)


def _figures_in(section: Section, path: tuple[int, ...], setting: Setting) -> Iterator[Figure]:
    if not section.text or _TABLE.search(section.heading):
        return
    squeezed = squeeze(section.text)
    text = squeezed.text
    quantities = list(find_quantities(text))
    first = 0
    for start, end in find_sentences(text):
        last = first
        while last < len(quantities) and quantities[last].start < end:
            last += 1
        if end - start <= _LONGEST_HEADING and text[start] in "（(123456789":
            setting.domain = names_a_field(text[start:end])
        for told in read_sentence(text, start, end, quantities[first:last], setting):
            yield _figure(told, section, path, squeezed)
        first = last


def _figure(told: ToldNumber, section: Section, path: tuple[int, ...], squeezed: Squeezed) -> Figure:
    start, end = squeezed.origin(told.start), squeezed.origin(told.end - 1) + 1
    return Figure(
        code=told.code,
        value=told.value,
        unit=told.unit or None,
        text=section.text[start:end],
        section=section.code or section.heading,
        locator=section.locator,
        approximate=told.approximate,
        cumulative=told.cumulative,
        path=path,
        start=start,
        end=end,
    )
