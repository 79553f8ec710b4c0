"""Loads the editions: the built-in ones, then those in the folders of EXTRACTOR_FORMS.

The variable is inherited by worker processes. Cached results (`per_forms`) are cleared when other forms are
used.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from extractor.definitions import is_compiled, read_definition
from extractor.errors import InvalidDefinition
from extractor.forms.derive import complete
from extractor.forms.model import Form, TableForm
from extractor.forms.validate import require_sound, require_sound_together

FORMS_VARIABLE = "EXTRACTOR_FORMS"  # folders with further editions, separated as in PATH

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

_forgetting: list[Callable[[], None]] = []


def per_forms(
    maxsize: int | None = None,
) -> Callable[[Callable[_Given, _Result]], Callable[_Given, _Result]]:
    """Cache a function's results until other forms are in use."""

    def remembering(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
        remembered = lru_cache(maxsize)(function)
        _forgetting.append(remembered.cache_clear)
        return cast("Callable[_Given, _Result]", remembered)

    return remembering


def folders_in_use() -> tuple[str, ...]:
    """Return the folders with editions in use besides the built-in ones."""
    return tuple(filter(None, os.environ.get(FORMS_VARIABLE, "").split(os.pathsep)))


def use_forms(*folders: str | Path) -> None:
    """Use the editions in these folders besides the built-in ones; without folders, only the built-in ones.

    Raises:
        InvalidDefinition: A folder contains no edition, or one of them contradicts itself or another.
    """
    before = os.environ.get(FORMS_VARIABLE)
    wanted = os.pathsep.join(str(Path(folder).absolute()) for folder in folders)
    if wanted == (before or ""):
        load_forms()
        return
    try:
        _point_to(wanted)
        load_forms()
    except InvalidDefinition:
        _point_to(before or "")
        raise


def _point_to(folders: str) -> None:
    if folders:
        os.environ[FORMS_VARIABLE] = folders
    else:
        os.environ.pop(FORMS_VARIABLE, None)
    for forget in _forgetting:
        forget()


@per_forms()
def load_forms() -> tuple[Form, ...]:
    """Load every edition, newest first.

    Raises:
        InvalidDefinition: An edition contradicts itself or another.
    """
    own = Path(__file__).parent.glob("*.yaml")
    texts = [(path.name, path.read_text("utf-8")) for path in own]
    for folder in folders_in_use():
        texts.extend(_texts_in(Path(folder)))
    forms = [_parsed(name, text) for name, text in texts]
    require_sound_together(forms)
    return complete(sorted(forms, key=lambda form: (form.year, form.id), reverse=True))


def load_form(form_id: str) -> Form:
    """Return the edition with this id. Raise KeyError if there is none."""
    for form in load_forms():
        if form.id == form_id:
            return form
    raise KeyError(form_id)


@per_forms()
def presumed_form() -> Form:
    """Return the edition assumed if nothing shows it.

    It is the one marked `presumed` in its YAML, else the newest.
    """
    forms = load_forms()
    return next((form for form in forms if form.presumed), forms[0])


def form_in_force(year: int) -> Form | None:
    """Return the newest edition in force for a report on this year; None if there was none yet."""
    return next((form for form in load_forms() if form.year <= year), None)


@per_forms()
def newest_tables() -> tuple[str, ...]:
    """Return the ids of the tables of all editions, in printed order, the newest edition's first."""
    return tuple(dict.fromkeys(table.id for form in load_forms() for table in form.tables))


@per_forms()
def english_labels() -> dict[str, str]:
    """Return the English titles and labels of all editions; if two differ, the newest edition's."""
    return {label: told for form in reversed(load_forms()) for label, told in form.english.items()}


@per_forms()
def tables_by_precedence() -> tuple[str, ...]:
    """Return the table ids; the one that shows a report's edition most reliably comes first.

    The precedence is that of the oldest edition with the table, so that a new edition does not change the
    others.
    """
    weights: dict[str, int] = {}
    for form in reversed(load_forms()):
        for table in form.tables:
            weights.setdefault(table.id, _weight(table))
    return tuple(sorted(weights, key=lambda table_id: -weights[table_id]))


def _weight(table: TableForm) -> int:
    return table.label_count if table.precedence is None else table.precedence


def _texts_in(folder: Path) -> list[tuple[str, str]]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".yaml")
        texts = [(str(path), path.read_text("utf-8")) for path in paths]
    except FileNotFoundError as error:
        raise InvalidDefinition(f"{folder}: 没有这个文件夹") from error
    except OSError as error:
        raise InvalidDefinition(f"{folder}: 打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise InvalidDefinition(f"{folder}: 里面有不是 UTF-8 的 .yaml 文件") from error
    if not texts:
        raise InvalidDefinition(f"{folder}: 没有表格版本（*.yaml）")
    return texts


def _parsed(name: str, text: str) -> Form:
    form = read_definition(name, text, Form)
    if not is_compiled(name, text):
        require_sound(name, form)
    return form
