"""Loads the YAML definitions of the package into typed structs."""

from importlib import resources
from typing import TypeVar

import msgspec
import yaml

from extractor.errors import InvalidDefinition

_Shape = TypeVar("_Shape")


def load_definition(name: str, shape: type[_Shape]) -> _Shape:
    """Load a YAML file of extractor/data. Raise InvalidDefinition where it has not the shape."""
    text = (resources.files("extractor") / "data" / name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is eight times faster
    try:
        return msgspec.convert(yaml.load(text, Loader=loader), shape)
    except (yaml.YAMLError, msgspec.ValidationError, RecursionError) as error:
        raise InvalidDefinition(f"{name}: {error}") from error
