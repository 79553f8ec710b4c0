"""The template command: a blank form for an agency, as a Word file or a workbook."""

from datetime import date
from pathlib import Path

import typer

from extractor.blank_form import blank_form, word_form, workbook_form
from extractor.cli.output import write_file
from extractor.cli.terminal import say
from extractor.errors import ExitCode
from extractor.forms import load_forms

_WRITERS = {".docx": word_form, ".xlsx": workbook_form}
_NAMELESS = "××（机关名称）"


def write_template(form_id: str | None, out: str, *, agency: str | None, year: int | None) -> ExitCode:
    """Write the blank form of an edition.

    Raises:
        typer.BadParameter: There is no such edition, or the file is of another kind.
    """
    known = load_forms()
    form = next((form for form in known if form.id == form_id), known[-1] if form_id is None else None)
    if form is None:
        ids = "、".join(form.id for form in known)
        raise typer.BadParameter(f"没有 {form_id} 版，有 {ids}", param_hint="ID")
    target = Path(out)
    if target.suffix.lower() not in _WRITERS:
        raise typer.BadParameter(f"{out}: 空白表可写成 .docx 或 .xlsx", param_hint="-o")
    latest = max(known, key=lambda each: each.year)
    reported = year or (date.today().year - 1 if form is latest else form.year)
    blank = blank_form(form, agency or _NAMELESS, reported)
    write_file(target, _WRITERS[target.suffix.lower()](blank))
    say(f"已写 {target}；填好后核对：extractor check {target}")
    return ExitCode.OK
