"""Decides which edition each standard table of a document follows.

That is the edition of which the table shows most labels. On a tie, the edition of the other tables is taken,
then the one with the fewest labels that the table lacks (one edition may contain all labels of another). The
year counts only if a table is the same in several editions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extractor.document import Notice
from extractor.forms import Form, load_form, load_forms, presumed_form, tables_by_precedence
from extractor.located import FoundTable, FoundTables


def choose_editions(hits: Counter[tuple[str, str]], year: int | None) -> dict[str, Form]:
    """Return the edition of each standard table that is present.

    Args:
        hits: How many labels of each edition's tables the document shows, by edition and table.
        year: The year that the report is about, if known.
    """
    open_between = {
        table_id: forms for table_id in tables_by_precedence() if (forms := _shown_most(hits, table_id))
    }
    chosen = {table_id: forms[0] for table_id, forms in open_between.items() if len(forms) == 1}
    _follow(chosen, open_between)
    for table_id, forms in open_between.items():
        least = _with_fewest_absent(table_id, forms)
        if table_id not in chosen and len(least) == 1:
            chosen[table_id] = least[0]
    _follow(chosen, open_between)
    for table_id, forms in open_between.items():
        if table_id not in chosen:
            # If the other tables follow none of these editions, the report does not follow the form of its
            # year.
            known = None if chosen else year
            chosen[table_id] = _by_year(_with_fewest_absent(table_id, forms), known)
            _follow(chosen, open_between)
    return chosen


def _shown_most(hits: Counter[tuple[str, str]], table_id: str) -> Sequence[Form]:
    """Return the editions of which a table shows most labels, newest first; none if it shows too few."""
    forms = {form.id: (form, table) for form in load_forms() if (table := form.table(table_id))}
    most = max((hits[form_id, table_id] for form_id in forms), default=0)
    return [
        form
        for form, table in forms.values()
        if hits[form.id, table_id] == most and most >= (table.least_labels or 0)
    ]


def _follow(chosen: dict[str, Form], open_between: Mapping[str, Sequence[Form]]) -> None:
    """Give tables that fit several editions the edition of another table of the report."""
    told = [chosen[table_id] for table_id in open_between if table_id in chosen]
    for table_id, forms in open_between.items():
        if table_id not in chosen and (same := next((form for form in told if form in forms), None)):
            chosen[table_id] = same


def _with_fewest_absent(table_id: str, forms: Iterable[Form]) -> list[Form]:
    """Among editions of which a table shows equally many labels, return those with fewest labels missing."""
    sizes = [(table.label_count, form) for form in forms if (table := form.table(table_id))]
    least = min(size for size, _ in sizes)
    return [form for size, form in sizes if size == least]


def _by_year(forms: Sequence[Form], year: int | None) -> Form:
    """Return the newest edition that existed in the year; without a year, the presumed edition."""
    if year is None:
        return next((form for form in forms if form is presumed_form()), forms[0])
    return next((form for form in forms if form.year <= year), forms[-1])


def edition_of(found: FoundTables) -> str | None:
    """Return the edition of the report: that of the table with most evidence; None without tables."""
    return next((found.tables[name].form for name in tables_by_precedence() if name in found.tables), None)


def mixed_editions(found: FoundTables, form: str | None) -> list[Notice]:
    """Return notices about tables that follow another edition than the report."""
    others = {
        name: table.form
        for name, table in found.tables.items()
        if table.form != form and _stands_in_a_section(table)
    }
    if not others:
        return []
    leading = next(name for name in tables_by_precedence() if name in found.tables)
    names = "、".join(f"{name} 为 {edition} 年版" for name, edition in others.items())
    return [Notice("mixed-editions", f"表格版本不一：{leading} 为 {form} 年版，{names}")]


def _stands_in_a_section(found: FoundTable) -> bool:
    table = load_form(found.form).table(found.table)
    return table is not None and table.section is not None
