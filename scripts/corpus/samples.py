"""Draws many different reports for an evaluation: every layout with every edition that it can show."""

from contextlib import suppress
from itertools import cycle
from random import Random

from msgspec import Struct

from .draft import Draft
from .faults import FAULTS, FAULTS_2014, plant
from .layouts import Layout
from .printing import Style
from .prose import Manner, write
from .registry import LAYOUTS
from .truth import draw

# Layouts whose answer says nothing about a publisher's errors: the cells are lost or only half there.
_NO_FAULTS = ("lost", "scanned", "unruled", "glued", "scraped", "value-first", "repeats", "headings-only")
_NUMBERINGS = ("plain", "plain", "plain", "run_in", "dash", "twice")
_TITLES = ("agency_year", "agency_year", "agency_year_du", "year_agency", "short")


class Sample(Struct, frozen=True):
    """One report to draw: everything follows from these."""

    layout: str
    edition: str
    seed: int
    size: str
    style: Style
    manner: Manner
    fault: str | None


def draw_samples(count: int, seed: int) -> list[Sample]:
    """Return `count` samples, spread evenly over layouts and editions."""
    pairs = cycle([(layout, e) for layout in LAYOUTS.values() for e in layout.editions])
    return [
        _sample(layout, edition, seed * 100_000 + i)
        for i, (layout, edition) in zip(range(count), pairs, strict=False)
    ]


def _sample(layout: Layout, edition: str, seed: int) -> Sample:
    rng = Random(f"sample/{seed}")
    takes_faults = not any(word in layout.name for word in (*_NO_FAULTS, "mojibake", "cell-a-line"))
    fault = rng.choice(list(FAULTS_2014 if edition == "2014" else FAULTS))
    return Sample(
        layout.name, edition, seed, rng.choice(layout.sizes), _style(layout, rng), _manner(layout, rng),
        fault if takes_faults and rng.random() < 0.2 else None,
    )  # fmt: skip


def _style(layout: Layout, rng: Random) -> Style:
    if not layout.styled or layout.sizes != ("none", "small", "medium", "large"):
        return Style(zeros=rng.choice(("0", "0", "0", "blank")))
    return Style(
        zeros=rng.choice(("0", "0", "blank", "mixed")),
        nothing=rng.choice(("", "", "/", "—", "无", "\u00a0")),
        sub_totals=rng.random() < 0.85,
        digits=rng.choice(("plain", "plain", "plain", "thousands", "full_width", "counted")),
        remarks=rng.random() < 0.1,
        money_unit=rng.choice(("", "", "元", "万元")),
    )


def _manner(layout: Layout, rng: Random) -> Manner:
    numbering = rng.choice(_NUMBERINGS) if "numbered" not in layout.name else "plain"
    return Manner(
        title=rng.choice(_TITLES),
        title_lines=rng.choice((1, 1, 2)),
        numbering=numbering,
        preamble=rng.random() < 0.8,
        signature=rng.random() < 0.3,
        tells=rng.random() < 0.6,
    )


def draft_of(sample: Sample) -> Draft:
    """Return the report of a sample; an error that would break nothing is left out."""
    truth = draw(sample.seed, sample.edition, sample.size, sample.style)
    if sample.fault:
        with suppress(ValueError):
            truth = plant(truth, sample.fault)
    return write(truth, sample.manner)
