"""Context of a review page beyond its report: corrections, decisions, other years, neighbouring reports."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct, field

from extractor.corrections import CellCorrection
from extractor.messages import translated
from extractor.report import Report
from extractor.review.drawn import text
from extractor.rules.doubtful import readings_of, sums_say
from extractor.words import Language, said

Years = Mapping[str, Sequence[tuple[int, str]]]  # cell → its value in each year

_WORDS_OF_SCRIPT = (
    *("hits", "copied", "printed", "read-as", "sums-say", "over-years", "saved", "not-a-number"),
    *("not-saved", "keep-file", "kept-n", "corrected-by", "no-picture", "colon", "comma", "left-blank"),
)


class Desk(Struct, frozen=True):
    """How the page is used: as a separate file, or on a server that stores decisions."""

    language: Language = "zh"
    save_to: str = ""  # address for corrections; "" if the page is only a file
    decide_at: str = ""  # address for decisions
    # corrections of this document, by cell
    corrections: Mapping[str, CellCorrection] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)  # cause → "checked" or "send_back"
    years: Years = field(default_factory=dict)
    links: Sequence[tuple[str, str]] = ()  # key of a word, address

    def says(self, key: str) -> str:
        """Return a piece of text in the language of the page, as markup."""
        return text(said(key, self.language))

    def told(self, message: str) -> str:
        """Return a message in the language of the page; quotations stay unchanged."""
        return translated(message, self.language)


class CellFacts:
    """The facts that the panel shows about each cell of a report."""

    def __init__(self, report: Report, desk: Desk) -> None:
        """Collect the facts once for all cells."""
        self._readings = readings_of(report)
        self._sums = sums_say(report)
        self._desk = desk

    def attribute(self, cell: str) -> str:
        """Return readings, sums, years and correction of a cell as an attribute; "" if there are none."""
        facts: dict[str, object] = {}
        if told := self._readings.get(cell):
            facts["readings"] = [self._desk.told(each) for each in told]
        if asked := self._sums.get(cell):
            facts["sums"] = [str(value) for value in asked]
        years = self._desk.years.get(cell, ())
        if len({year for year, _ in years}) > 1:
            facts["years"] = years
        if correction := self._desk.corrections.get(cell):
            facts["correction"] = [correction.who, correction.when[:10], correction.why]
        return f' data-facts="{text(msgspec.json.encode(facts).decode())}"' if facts else ""


def draw_panel(report: Report, desk: Desk) -> str:
    """Draw the panel where a cell is corrected; it is empty until a cell is chosen."""
    says = desk.says
    about = {
        "document": report.source.document,
        "save": desk.save_to,
        "decide": desk.decide_at,
        "words": {key: said(key, desk.language) for key in _WORDS_OF_SCRIPT},
    }
    return (
        f'<aside id="panel" hidden aria-label="{says("correct")}" '
        f'data-about="{text(msgspec.json.encode(about).decode())}">'
        f'<div class="about"><h2>{says("correct")}</h2><p id="panel-label"></p>'
        f'<canvas id="panel-picture" hidden></canvas><div id="panel-facts"></div></div>'
        f'<div class="say"><div class="entry"><label for="panel-value">{says("value")}</label>'
        '<input id="panel-value" inputmode="decimal" autocomplete="off" aria-describedby="panel-how">'
        f'<select id="panel-of" aria-label="{says("correct")}"><option value="reading">{says("of-reading")}'
        f'</option><option value="publisher">{says("of-publisher")}</option></select>'
        f'<button id="panel-save" type="button">{says("save")}</button>'
        f'<button id="panel-withdraw" type="button" hidden>{says("withdraw")}</button></div>'
        f'<div class="entry"><label for="panel-why">{says("why")}</label><input id="panel-why">'
        f'<label for="panel-who">{says("who")}</label><input id="panel-who" autocomplete="name"></div>'
        f'<p id="panel-how"><small>{says("correct-how")}</small></p>'
        '<p id="panel-told" role="status"></p>'
        f'<button id="panel-keep" type="button" hidden>{says("keep-file")}</button></div></aside>'
    )
