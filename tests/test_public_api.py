"""What `import extractor` gives: explained by help(), typed all through, and so used in every example."""

import doctest
import inspect
import pydoc
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from doc_pages import ALL_PAGES, ROOT, code_blocks, name_of_page

import extractor
from extractor.analysis.agency import AgencyTables

PUBLIC = [getattr(extractor, name) for name in extractor.__all__]


def test_help_explains_every_public_name() -> None:
    text = pydoc.plain(pydoc.render_doc(extractor))
    shown = set(re.findall(r"^    (?:class )?(\w+)\(", text, re.MULTILINE))
    assert set(extractor.__all__) - shown == set()
    assert set(extractor.__all__) <= set(dir(extractor))


def signatures(thing: object) -> Iterator[tuple[str, inspect.Signature]]:
    """Yield the signature of a function, or those of the public methods of a class."""
    if inspect.isfunction(thing):
        yield thing.__qualname__, inspect.signature(thing)
    elif inspect.isclass(thing):
        for name, member in vars(thing).items():
            if inspect.isfunction(member) and (not name.startswith("_") or name in ("__init__", "__enter__")):
                yield member.__qualname__, inspect.signature(member)


@pytest.mark.parametrize(
    "thing", [*PUBLIC, extractor.analysis.Tables, AgencyTables], ids=lambda thing: thing.__name__
)
def test_no_public_signature_leaves_a_type_open(thing: object) -> None:
    for name, signature in signatures(thing):
        told = [parameter.annotation for parameter in signature.parameters.values()]
        for parameter, annotation in zip(signature.parameters, told, strict=True):
            assert parameter == "self" or annotation is not inspect.Parameter.empty, (name, parameter)
        assert signature.return_annotation is not inspect.Signature.empty, name
        assert not re.search(r"\bAny\b", str([*told, signature.return_annotation])), name


def test_a_signature_with_any_would_be_seen() -> None:
    class Open:
        def method(self, given: "list[Any]") -> int:  # type: ignore[name-defined]  # noqa: F821
            return 1

    with pytest.raises(AssertionError):
        test_no_public_signature_leaves_a_type_open(Open)


def examples() -> Iterator[tuple[str, str]]:
    """Yield the Python of the pages and of the package's own docstring, by where it stands."""
    for page in ALL_PAGES:
        for number, code in enumerate(code_blocks(page.read_text("utf-8"), "python"), start=1):
            yield f"{name_of_page(page)}_{number}", code
    told = doctest.DocTestParser().get_examples(str(extractor.__doc__))
    yield "the_manual", "".join(example.source for example in told)


def test_every_example_passes_a_strict_type_checker(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    parts = ["import extractor\n"]
    for where, code in examples():
        name = re.sub(r"\W", "_", where)
        parts.append(f"def {name}() -> None:\n{textwrap.indent(code, '    ')}")
    consumer = tmp_path / "consumer.py"
    consumer.write_text("\n\n".join(parts), "utf-8")
    # In the root, so that what `mypy --strict extractor` has found out is not found out again.
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(consumer)]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (checked.stdout, checked.stderr, checked.returncode) == ("", "", 0)
