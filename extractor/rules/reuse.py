"""Compares the sentences of two reports: which are the same, and which differ in numbers only."""

from collections.abc import Sequence

from extractor.patterns import kept_pattern
from extractor.report import Report, Section
from extractor.rules.sections import every_section

_SENTENCE = kept_pattern(r"[^。；！？;!?\n]+[。；！？;!?]?")
_BLANKS = kept_pattern(r"\s+")
_DIGITS = kept_pattern(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_SHORTEST = 6  # characters of the shortest sentence that counts as reused


class Sentences:
    """The sentences of a report: as printed, and with numbers replaced by #."""

    def __init__(self, report: Report) -> None:
        """Split every section of the report into sentences."""
        sections = every_section(report.sections)
        self.exact = {sentence for section in sections for sentence in sentences_of(section)}
        self._masked = {masked(sentence) for sentence in self.exact}

    def reused(self, sentences: Sequence[str]) -> int:
        """Return how many characters of these sentences occur in this report as well."""
        return sum(len(each) for each in sentences if each in self.exact and len(each) >= _SHORTEST)

    def renumbered(self, sentences: Sequence[str]) -> int:
        """Return the number of characters in sentences that differ from one here in numbers only."""
        others = (each for each in sentences if each not in self.exact and len(each) >= _SHORTEST)
        return sum(len(each) for each in others if masked(each) in self._masked)


def sentences_of(section: Section) -> list[str]:
    """Return the sentences of a section's own text, without blanks."""
    found = (_BLANKS.sub("", each) for each in _SENTENCE.findall(section.text))
    return [sentence for sentence in found if sentence]


def masked(sentence: str) -> str:
    """Return a sentence with its numbers replaced by #.

    >>> masked("2023年收到申请1,204件。")
    '#年收到申请#件。'
    """
    return _DIGITS.sub("#", sentence)
