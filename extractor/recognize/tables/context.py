"""What is known of a document beside its tables: what stands between them, and the year it speaks of."""

from collections.abc import Sequence

from msgspec import Struct

from extractor.document import Block


class Context(Struct, frozen=True):
    """The blocks of a document and the year that it reports on."""

    blocks: Sequence[Block]
    year: int | None = None
