"""Loads YAML definitions into typed structs: those of the package from their compiled form.

Reading YAML takes fifty times as long as reading JSON. `make definitions` writes what each YAML file of
the package says to data/compiled/ as JSON, with a digest of the YAML. Where the digest is not that of
the YAML at hand (a definition was just changed, or is a user's own), the YAML itself is read.
"""

from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from extractor.errors import InvalidDefinition

# importlib.resources takes as long to import as all definitions of the package to read.
DATA = Path(__file__).parent / "data"
_Shape = TypeVar("_Shape")


class _CompiledDefinition(Struct, frozen=True):
    """What a YAML file with this digest says."""

    sha256: str
    value: Raw


def load_definition(name: str, shape: type[_Shape]) -> _Shape:
    """Load a YAML file of extractor/data. Raise InvalidDefinition where it has not the shape."""
    return read_definition(name, (DATA / name).read_text(encoding="utf-8"), shape)


def read_definition(name: str, text: str, shape: type[_Shape]) -> _Shape:
    """Return what a YAML text says, whether it is the package's own or a user's.

    Args:
        name: Of its file, with or without the folder.
        text: The YAML.
        shape: What it must be.

    Raises:
        InvalidDefinition: It is no YAML, or has not the shape.
    """
    compiled = _compiled(name, text)
    try:
        if compiled is not None:
            return msgspec.json.decode(compiled, type=shape)
        return msgspec.convert(parsed_yaml(name, text), shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise InvalidDefinition(f"{name}: {' '.join(str(error).split())}") from error


def parsed_yaml(name: str, text: str) -> Any:
    """Return what a YAML text says as lists, dicts and scalars. Raise InvalidDefinition where it is none."""
    import yaml  # its import takes as long as all definitions of the package in their compiled form

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
