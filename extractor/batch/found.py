"""What the search through the inputs yields: a document's bytes with their place, or why they are missing."""

from pathlib import Path

from msgspec import Struct

from extractor.outcome import DocumentPlace, Sighting


class Found(Struct, frozen=True):
    """One document's bytes. `path` is their plain file; None for a member of an archive."""

    place: DocumentPlace
    data: bytes
    path: Path | None = None


class Skipped(Struct, frozen=True):
    """A record of a web archive that is not a document: an image, a redirect, a style sheet."""

    place: DocumentPlace


Finding = Found | Sighting | Skipped
