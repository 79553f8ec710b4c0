"""What the search through the inputs yields: a document's bytes with their place, or why there are none."""

from pathlib import Path

from msgspec import Struct

from extractor.outcome import DocumentPlace, Sighting


class Found(Struct, frozen=True):
    """One document's bytes. `path` is where they lie as a plain file, None for a member of an archive."""

    place: DocumentPlace
    data: bytes
    path: Path | None = None


class Skipped(Struct, frozen=True):
    """A record of a web archive that is no document: an image, a redirect, a style sheet."""

    place: DocumentPlace


Finding = Found | Sighting | Skipped
