"""Loads YAML definitions into typed structs: those of the package from their compiled form.

Reading YAML takes fifty times as long as reading JSON. `make definitions` converts each YAML file of the
package to JSON in data/compiled/, with a digest of the YAML. If the digest does not match (a definition was
just changed, or is a user's own), the YAML is read.
"""

from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from extractor.errors import InvalidDefinition

# importing importlib.resources would take as long as reading all definitions of the package
DATA = Path(__file__).parent / "data"
_Shape = TypeVar("_Shape")


class _CompiledDefinition(Struct, frozen=True):
    """The content of the YAML file with this digest."""

    sha256: str
    value: Raw


def load_definition(name: str, shape: type[_Shape]) -> _Shape:
    """Load a YAML file of extractor/data. Raise InvalidDefinition if it does not have the type `shape`."""
    return read_definition(name, (DATA / name).read_text(encoding="utf-8"), shape)


def read_definition(name: str, text: str, shape: type[_Shape]) -> _Shape:
    """Return the content of a YAML text, the package's own or a user's.

    Args:
        name: Name of its file, with or without the folder.
        text: The YAML.
        shape: The type that it must have.

    Raises:
        InvalidDefinition: It is not YAML, or does not have that type.
    """
    compiled = _compiled(name, text)
    try:
        if compiled is not None:
            return msgspec.json.decode(compiled, type=shape)
        return msgspec.convert(parsed_yaml(name, text), shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidDefinition(f"{name}: {' '.join(str(error).split())}") from error


def is_compiled(name: str, text: str) -> bool:
    """Return whether a YAML text is one of the package's own, checked when it was compiled."""
    return _compiled(name, text) is not None


def parsed_yaml(name: str, text: str) -> Any:
    """Return the content of a YAML text as lists, dicts and scalars.

    Raise InvalidDefinition if it is not YAML.
    """
    import yaml  # importing it takes as long as reading all compiled definitions of the package

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is eight times faster
    try:
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise InvalidDefinition(f"{name}: {' '.join(str(error).split())}") from error


def _compiled(name: str, text: str) -> Raw | None:
    path = DATA / "compiled" / f"{PurePath(name).stem}.json"
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_CompiledDefinition)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return found.value if found.sha256 == _digest(text) else None


def compile_definition(name: str, text: str) -> bytes:
    """Return the compiled form of a YAML text of the package."""
    value = Raw(msgspec.json.encode(parsed_yaml(name, text)))
    return msgspec.json.encode(_CompiledDefinition(_digest(text), value)) + b"\n"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
