"""The view command: a report and its proof as one HTML file."""

from pathlib import Path

import typer

from extractor.cli.gather import read_input
from extractor.cli.output import write_file
from extractor.document import Source
from extractor.errors import ExitCode, MissingFile
from extractor.pipeline import parse
from extractor.review import review_page
from extractor.rules import load_own_rules


def write_review(name: str, out: str, *, beside: str | None, rules: str | None) -> ExitCode:
    """Read a report and write its review page.

    Raises:
        typer.BadParameter: The page would overwrite the report.
        ExtractorError: The report cannot be read, or the page not written.
    """
    target = Path(out)
    inputs = [Path(each) for each in (name, beside) if each]
    if any(target.resolve() == each.resolve() for each in inputs):
        raise typer.BadParameter(f"{target} 是要读的文件，不能覆盖", param_hint="-o")
    source = _source_of(Path(name))
    own = load_own_rules(Path(rules)) if rules else ()
    other = read_input(beside) if beside else None
    write_file(target, review_page(source, parse(source), other, own))
    return ExitCode.OK


def _source_of(path: Path) -> Source:
    try:
        return Source(str(path.name).encode("utf-8", "replace").decode("utf-8"), path.read_bytes())
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
