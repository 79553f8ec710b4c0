"""Which edition each standard table of a document is of.

A table is of the edition of which it shows most labels. Where it shows as many of
several, the other tables tell, and then the fewest labels that it lacks: the form of one
edition may hold all of another's. Only where a table is the same in several editions does
the year count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from extractor.document import Notice
from extractor.forms import Form, load_form, load_forms, presumed_form, tables_by_precedence
from extractor.located import FoundTable, FoundTables


def choose_editions(hits: Counter[tuple[str, str]], year: int | None) -> dict[str, Form]:
    """Return the edition of each table that is there.

    Args:
        hits: How many labels of each edition's tables the document shows, by edition and table.
        year: The year reported on, if known.
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
            # Where the other tables are of none of these editions, the report keeps to no year's form.
            known = None if chosen else year
            chosen[table_id] = _by_year(_with_fewest_absent(table_id, forms), known)
            _follow(chosen, open_between)
    return chosen


def _shown_most(hits: Counter[tuple[str, str]], table_id: str) -> Sequence[Form]:
    """Return the editions of which a table shows most labels, newest first; none where they are too few."""
    forms = {form.id: (form, table) for form in load_forms() if (table := form.table(table_id))}
    most = max((hits[form_id, table_id] for form_id in forms), default=0)
    return [
        form
        for form, table in forms.values()
        if hits[form.id, table_id] == most and most >= (table.least_labels or 0)
    ]


def _follow(chosen: dict[str, Form], open_between: Mapping[str, Sequence[Form]]) -> None:
    """Give tables that may be of several editions the one that another table is of."""
    told = [chosen[table_id] for table_id in open_between if table_id in chosen]
    for table_id, forms in open_between.items():
        if table_id not in chosen and (same := next((form for form in told if form in forms), None)):
            chosen[table_id] = same


def _with_fewest_absent(table_id: str, forms: Iterable[Form]) -> list[Form]:
    """Return the editions of which a table lacks fewest labels, where it shows as many of each."""
    sizes = [(table.label_count, form) for form in forms if (table := form.table(table_id))]
    least = min(size for size, _ in sizes)
    return [form for size, form in sizes if size == least]


def _by_year(forms: Sequence[Form], year: int | None) -> Form:
    """Return the newest edition there was for the year; without a year the one that is presumed."""
    if year is None:
        return next((form for form in forms if form is presumed_form()), forms[0])
    return next((form for form in forms if form.year <= year), forms[-1])


def edition_of(found: FoundTables) -> str | None:
    """Return the edition of the report: that of its most telling table; None where it has no table."""
    return next((found.tables[name].form for name in tables_by_precedence() if name in found.tables), None)


def mixed_editions(found: FoundTables, form: str | None) -> list[Notice]:
    """Say which tables of the report's sections are of another edition than the table that tells it."""
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
