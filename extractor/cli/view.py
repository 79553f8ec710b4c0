"""The view command: a report and its source as one HTML file, or many with an index."""

from collections.abc import Sequence
from pathlib import Path

import typer

from extractor.cli.gather import holds_many, read_input
from extractor.cli.language import current_language
from extractor.cli.output import write_file
from extractor.document import Source
from extractor.errors import ExitCode, MissingFile
from extractor.pipeline import parse
from extractor.review import Desk, review_page
from extractor.rules import load_own_rules


def write_reviews(names: Sequence[str], out: str, *, beside: str | None, rules: str | None) -> ExitCode:
    """Write the review page of one file, or those of several inputs into a folder.

    Raises:
        typer.BadParameter: The page would overwrite the report, or many are to be compared with one.
        ExtractorError: The report cannot be read, or the page not written.
    """
    if len(names) == 1 and not holds_many(names[0]):
        return _write_review(names[0], out, beside=beside, rules=rules)
    if beside:
        raise typer.BadParameter("只能用于一份报告", param_hint="--with")
    if Path(out).is_file() or Path(out).suffix.lower() in (".html", ".htm"):
        raise typer.BadParameter(f"{out}: 多份的核对页写进一个文件夹", param_hint="-o")
    from extractor.cli.view_many import write_review_pages  # loads all of the batch code

    return write_review_pages(names, out, load_own_rules(Path(rules)) if rules else ())


def _write_review(name: str, out: str, *, beside: str | None, rules: str | None) -> ExitCode:
    """Read a report and write its review page."""
    target = Path(out)
    inputs = [Path(each) for each in (name, beside) if each]
    if any(target.resolve() == each.resolve() for each in inputs):
        raise typer.BadParameter(f"{target} 是要读的文件，不能覆盖", param_hint="-o")
    source = _source_of(Path(name))
    own = load_own_rules(Path(rules)) if rules else ()
    other = read_input(beside) if beside else None
    write_file(target, review_page(source, parse(source), other, own, Desk(current_language())))
    return ExitCode.OK


def _source_of(path: Path) -> Source:
    try:
        return Source(str(path.name).encode("utf-8", "replace").decode("utf-8"), path.read_bytes())
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
