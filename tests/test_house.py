"""The rules of the house that a machine can check. An exception would need its reason beside it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer
from doc_pages import LANGUAGES, page_in, text_of

import extractor
from extractor.cli import app
from extractor.errors import ExitCode, ExtractorError

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "extractor"
FILES = sorted(path for folder in ("extractor", "scripts", "tests") for path in (ROOT / folder).rglob("*.py"))
PACKAGE_FILES = [path for path in FILES if path.is_relative_to(PACKAGE)]

LONGEST_FILE = 300  # lines
MOST_TYPE_IGNORES = 15  # in the package, each with its code
LONGEST_FUNCTION = 50  # lines, docstring included, decorators not

# The two doors where any exception at all becomes a sentence: of the command line and of the package.
# A fault in code of another language comes as an exception without a name of its own.
MAY_CATCH_ANYTHING = {
    ("cli/entry.py", "run"),
    ("cli/limits.py", "_answer"),
    ("pipeline.py", "_read"),
    ("formats/pdf/oxide.py", "parsed_pages"),
}

# A worker that hangs or eats memory ends itself, where the system does not end it.
MAY_END_ITS_PROCESS = "batch/own_limits.py"

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file: ten tests ask for them."""
    return tuple(ast.walk(tree_of(path)))


def bare_words(text: str) -> str:
    """Return the letters of a name or a sentence, so that `read_count` equals "Read count."."""
    return re.sub(r"[\W_]", "", text).casefold()


def test_there_is_a_house() -> None:
    assert {"app.py", "errors.py", "report.py"} <= {path.name for path in PACKAGE_FILES}


def test_no_file_is_too_long_to_read_at_once() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_two_modules_of_the_tests_have_one_name() -> None:
    tests = [path for path in FILES if path.is_relative_to(ROOT / "tests")]
    alone = [path for path in tests if not (path.parent / "__init__.py").exists()]
    names = Counter(path.name for path in alone if path.name != "conftest.py")
    assert [name for name, count in names.items() if count > 1] == []  # pytest cannot import both


def test_no_function_is_too_long_to_understand() -> None:
    functions = [(path, node) for path in FILES for node in nodes_of(path) if isinstance(node, Function)]
    lengths = {(name_of(path), f.name): (f.end_lineno or f.lineno) - f.lineno + 1 for path, f in functions}
    assert {place: length for place, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_docstring_only_repeats_the_name() -> None:
    definitions = [(path, node) for path in FILES for node in nodes_of(path) if isinstance(node, Definition)]
    filler = [
        (name_of(path), each.name)
        for path, each in definitions
        if bare_words(ast.get_docstring(each) or "") == bare_words(each.name)
    ]
    assert filler == []


def test_nothing_is_named_after_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    names = [path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE_FILES]
    assert [name for name in names if nothing & set(re.split(r"[/_]", name))] == []


def test_no_class_name_stands_in_two_modules() -> None:
    homes: dict[str, set[str]] = {}
    for path in PACKAGE_FILES:
        for node in nodes_of(path):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name.lstrip("_"), set()).add(name_of(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_types_are_rarely_ignored_and_never_without_a_code() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE_FILES]
    ignored = [code for text in texts for code in re.findall(r"# type: ignore(\[[\w-]+\])?", text)]
    assert all(ignored)
    assert len(ignored) <= MOST_TYPE_IGNORES


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    assert [name_of(path) for path in PACKAGE_FILES if later.search(path.read_text(encoding="utf-8"))] == []


def broad_catches(tree: ast.AST) -> Iterator[str]:
    """Yield the name of each function that catches any exception at all."""
    for function in ast.walk(tree):
        if not isinstance(function, Function):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "BaseException"
                if re.search(r"\b(?:Base)?Exception\b", caught):
                    yield function.name


def test_no_exception_is_caught_unnamed() -> None:
    caught = {
        (path.relative_to(PACKAGE).as_posix(), function)
        for path in PACKAGE_FILES
        for function in broad_catches(tree_of(path))
    }
    assert caught <= MAY_CATCH_ANYTHING


@pytest.mark.parametrize("caught", ["except:", "except Exception:", "except (OSError, BaseException) as e:"])
def test_a_broad_catch_is_seen(caught: str) -> None:
    assert list(broad_catches(ast.parse(f"def f():\n    try: pass\n    {caught} pass"))) == ["f"]


def test_only_the_command_line_prints_or_exits() -> None:
    ways = {"print", "exit", "quit", "sys.exit", "os._exit", "sys.stdout.write", "sys.stderr.write"}
    used = {
        (path.relative_to(PACKAGE).as_posix(), way)
        for path in PACKAGE_FILES
        if PACKAGE / "cli" not in path.parents
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and (way := ast.unparse(node.func)) in ways
    }
    assert used <= {(MAY_END_ITS_PROCESS, "os._exit")}


def command_names() -> list[str]:
    return [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_help_and_stands_in_the_pages(language: str) -> None:
    text = text_of(language)
    assert command_names()
    for command, name in zip(app.registered_commands, command_names(), strict=True):
        assert command.help, name
        assert f"extractor {name}" in text, name


def test_every_option_has_help() -> None:
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    silent = [
        f"{name} {parameter.name}"
        for name, command in commands.items()
        for parameter in command.params
        if not getattr(parameter, "help", None)
    ]
    assert set(commands) == set(command_names())
    assert silent == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_explain_every_exit_code_in_both_languages(language: str) -> None:
    text = page_in(language, "reference/exit-codes.md")
    rows = re.findall(r"^\| (\d+) \| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert {int(number): name for number, name in rows} == {int(code): code.name for code in ExitCode}
    assert len(rows) == len(ExitCode)


def test_every_exit_code_of_an_error_is_reached_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in FILES if path.is_relative_to(ROOT / "tests"))
    raised = {error.exit_code for error in every_error(ExtractorError)} | {ExitCode.OK, ExitCode.INCONSISTENT}
    assert {code.name for code in raised if f"ExitCode.{code.name}" not in tests} == set()


def every_error(base: type[ExtractorError]) -> Iterator[type[ExtractorError]]:
    yield base
    for error in base.__subclasses__():
        yield from every_error(error)


# What only one module decides → the words by which the decision shows, and where they may stand.
DECIDED_ONCE = {
    "how a ZIP is opened": (r'zipfile\.ZipFile\((?![^)]*"w")', {"zip_reader.py"}),
    "how names and text are decoded": (r"decode\(\s*[\"']gb", {"encoding.py"}),
    "what the first bytes of files are": (r"b[\"'](?:PK|\\xd0\\xcf|\\x1f\\x8b|%PDF|Rar!|7z)", {"magic.py"}),
    "how XML is parsed": (r"XMLParser\(", {"formats/package.py"}),
}


@pytest.mark.parametrize("decision", DECIDED_ONCE)
def test_a_decision_stands_in_one_place(decision: str) -> None:
    pattern, places = DECIDED_ONCE[decision]
    package = ROOT / "extractor"
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }
    assert found == places


def test_the_changelog_tells_of_the_current_version() -> None:
    version = extractor.__version__
    assert re.search(
        rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


# Patterns that are the same in every process are kept; the functions of `re` are for what a document says.
MAKES_PATTERNS = "patterns.py"
_SEARCHES = {"search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"}


def compilings(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each pattern of constant text that is left to `re` to compile."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            function = ast.unparse(node.func)
            is_constant = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if function == "re.compile" or (is_constant and function in {f"re.{name}" for name in _SEARCHES}):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "re":
            yield node.lineno


def test_patterns_are_kept_not_compiled_anew() -> None:
    compiled = [
        f"{name_of(path)}:{line}"
        for path in PACKAGE_FILES
        if path != PACKAGE / MAKES_PATTERNS
        for line in compilings(tree_of(path))
    ]
    assert compiled == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("re.compile(text)", [1]),
        ("re.search('a', text)", [1]),
        ("from re import compile", [1]),
        ("re.search(f'<{tag}>', text)", []),
        ("kept_pattern('a').search(text)", []),
    ],
)
def test_a_pattern_compiled_anew_is_seen(code: str, lines: list[int]) -> None:
    assert list(compilings(ast.parse(code))) == lines
