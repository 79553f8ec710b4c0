"""The template command: a blank form for an agency, as a Word file or a workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import typer

from extractor.blank_form import BlankForm, blank_form, word_form, workbook_form
from extractor.cli.language import current_language
from extractor.cli.output import write_file
from extractor.cli.terminal import say
from extractor.errors import ExitCode
from extractor.forms import form_in_force, load_forms
from extractor.words import Language

_WRITERS: dict[str, Callable[[BlankForm, Language], bytes]] = {
    ".docx": lambda form, language: word_form(form),  # the Word form is always Chinese
    ".xlsx": workbook_form,
}
_NAMELESS = "××（机关名称）"


def write_template(form_id: str | None, out: str, *, agency: str | None, year: int | None) -> ExitCode:
    """Write the blank form of an edition.

    Raises:
        typer.BadParameter: There is no such edition, or the suffix is unsupported.
    """
    known, last_year = load_forms(), date.today().year - 1
    in_force = form_in_force(last_year)
    form = in_force if form_id is None else next((form for form in known if form.id == form_id), None)
    if form is None:
        ids = "、".join(form.id for form in known)
        raise typer.BadParameter(f"没有 {form_id} 版，有 {ids}", param_hint="ID")
    target = Path(out)
    if target.suffix.lower() not in _WRITERS:
        raise typer.BadParameter(f"{out}: 空白表可写成 .docx 或 .xlsx", param_hint="-o")
    reported = year or (last_year if form is in_force else form.year)
    blank = blank_form(form, agency or _NAMELESS, reported)
    write_file(target, _WRITERS[target.suffix.lower()](blank, current_language()))
    say(f"已写 {target}；填好后核对：extractor check {target}")
    return ExitCode.OK
