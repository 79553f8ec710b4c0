"""The index of many review pages: what to do with each report, the most urgent first."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from extractor.messages import translated
from extractor.report import OPEN_STATES
from extractor.review.drawn import text
from extractor.review.shell import framed, source_hash, style_of_pages
from extractor.rules import failing
from extractor.rules.standing import STANDINGS, URGENCY, Examined
from extractor.rules.wording import in_brief
from extractor.words import Language, said, word

_LONGEST_BRIEF = 160  # characters
_HEADS = (
    "sheet-to-do", "sheet-file", "sheet-agency", "sheet-year", "sheet-verdict", "sheet-errors",
    "sheet-to-verify", "doubts", "first-thing",
)  # fmt: skip


class IndexedReport(Struct, frozen=True):
    """A report with its findings and the address of its page; "" if it has no page."""

    examined: Examined
    address: str = ""


def most_urgent_first(reports: Sequence[Examined]) -> list[Examined]:
    """Return the reports sorted by needed action, then agency, year and file."""
    return sorted(
        reports,
        key=lambda each: (
            URGENCY.index(each.standing), each.agency, each.report.year or 0, each.report.source.name,
        ),
    )  # fmt: skip


def index_page(
    reports: Sequence[IndexedReport], refused: Sequence[tuple[str, str]] = (), language: Language = "zh"
) -> bytes:
    """Return the index as UTF-8 HTML without scripts.

    Args:
        reports: In the order of the index.
        refused: Name of each file without a report, and why.
        language: Language of the page.
    """
    title = said("index", language)
    style = source_hash(style_of_pages())
    policy = f"default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'"
    counts = Counter(each.examined.standing for each in reports)
    told = [f"{word('standing', each, language)} {counts[each]}" for each in STANDINGS if counts[each]]
    if refused:
        told.append(f"{word('standing', 'unread', language)} {len(refused)}")
    heads = "".join(f'<th scope="col">{text(said(key, language))}</th>' for key in _HEADS)
    rows = "".join(_row(each, language) for each in reports)
    rows += "".join(_refused_row(name, why, language) for name, why in refused)
    body = (
        f"<header><h1>{text(title)}</h1><p>{text('　'.join(told))}</p></header>"
        f"<main><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></main>"
    )
    return framed(title, body, policy, language, "queue index")


def _row(each: IndexedReport, language: Language) -> str:
    examined, report = each.examined, each.examined.report
    broken = failing(examined.findings)
    graveness = [finding.severity for finding in broken]
    name = text(report.source.name)
    cells = (
        f"<b>{text(word('standing', examined.standing, language))}</b>",
        f'<a href="{text(each.address)}">{name}</a>' if each.address else name,
        text(translated(examined.agency, language)),
        text(report.year or "?"),
        text(word("verdict", report.verdict, language)),
        str(graveness.count("error")),
        str(graveness.count("warning")),
        str(sum(cell.state in OPEN_STATES for cell in report.cells.values())),
        text(translated(in_brief(broken[0]), language)[:_LONGEST_BRIEF]) if broken else "",
    )
    return f'<tr class="{examined.standing}">{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _refused_row(name: str, why: str, language: Language) -> str:
    unread = text(word("standing", "unread", language))
    empty = "<td></td>" * (len(_HEADS) - 3)
    return (
        f'<tr class="unread"><td><b>{unread}</b></td><td>{text(name)}</td>{empty}'
        f"<td>{text(translated(why, language))}</td></tr>"
    )
