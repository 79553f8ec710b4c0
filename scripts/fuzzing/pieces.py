"""Small documents of every layout: a title, some lines and one table. Most mutations begin with these.

They are read several times as fast as whole reports, so that as many more mutations are tried in the same
time; and of a small document, more mutations hit what matters.
"""

from functools import cache
from random import Random

from msgspec import structs

from scripts.corpus.draft import Draft, TableHere
from scripts.corpus.layouts import Layout
from scripts.corpus.layouts_text import UNSOLVED
from scripts.corpus.registry import LAYOUTS
from scripts.corpus.samples import draft_of, sample_of


@cache
def pieces_of(kind: str) -> tuple[bytes, ...]:
    """Return the small documents of a format: each layout with each table of each edition."""
    return tuple(
        data
        for layout in LAYOUTS.values()
        if layout.format == kind
        for edition in layout.editions
        for draft in _one_table_each(layout, edition)
        if (data := _printed(layout, draft))
    )


def _one_table_each(layout: Layout, edition: str) -> tuple[Draft, ...]:
    whole = draft_of(structs.replace(sample_of(layout, edition, 1), fault=None, size="small"))
    rng = Random(f"piece/{layout.name}/{edition}")
    places = [at for at, block in enumerate(whole.blocks) if isinstance(block, TableHere)]
    drafts = []
    for at in places:
        told = rng.choice([block for block in whole.blocks if not isinstance(block, TableHere)])
        blocks = (told, whole.blocks[at - 1], whole.blocks[at])
        drafts.append(structs.replace(whole, blocks=blocks))
    return tuple(drafts)


def _printed(layout: Layout, draft: Draft) -> bytes:
    if layout.name in UNSOLVED:
        return UNSOLVED[layout.name](draft)
    return layout.render(draft).data
