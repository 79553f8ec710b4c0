"""Which modules a file imports, lazy and computed imports included."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def modules_imported_by(path: Path) -> tuple[str, ...]:
    """Return the dotted names that a file imports anywhere, those given to import_module included."""
    return tuple(_imports_in(path))


def _imports_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module="extractor" as module, level=0):
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case ast.ImportFrom(module=module, level=0):
                yield module or ""
            case ast.ImportFrom():
                raise AssertionError(f"{path}:{node.lineno}: relative imports hide the room")
            case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[name, *_]):
                yield from _modules_told_by(name, tree)
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[name, *_]):
                yield from _modules_told_by(name, tree)


def _modules_told_by(name: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Yield what a computed module name may be.

    An f-string tells its room before its first brace. A name from a table may be any of
    the modules that the file's strings name.
    """
    match name:
        case ast.Constant(value=str(text)) | ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text
            return
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    modules = [text for text in texts if re.fullmatch(r"extractor(\.\w+)+", text)]
    assert modules, f"line {name.lineno}: nothing tells which room is imported here"
    yield from modules
