"""Draws many different reports for an evaluation: every layout with every edition that it can show."""

from contextlib import suppress
from random import Random
from zlib import crc32

from msgspec import Struct

from .draft import Draft
from .faults import FAULTS, FAULTS_2014, plant
from .layouts import Layout
from .printing import Style
from .prose import Manner, write
from .registry import LAYOUTS
from .truth import draw

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
    """Return at least `count` samples: full rounds over every layout with every edition.

    What is drawn for a layout does not depend on which other layouts there are.
    """
    pairs = [(layout, edition) for layout in LAYOUTS.values() for edition in layout.editions]
    return [
        sample_of(layout, edition, crc32(f"{seed}/{layout.name}/{edition}/{turn}".encode()) % 1_000_000)
        for turn in range(-(-count // len(pairs)))
        for layout, edition in pairs
    ]


def sample_of(layout: Layout, edition: str, seed: int) -> Sample:
    """Return the sample that an evaluation names by these three."""
    rng = Random(f"sample/{layout.name}/{edition}/{seed}")
    fault = rng.choice(list(FAULTS_2014 if edition == "2014" else FAULTS))
    return Sample(
        layout.name, edition, seed, rng.choice(layout.sizes), _style(layout, rng), _manner(layout, rng),
        fault if rng.random() < 0.2 and not layout.faultless else None,
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
        stale_period=rng.random() < 0.1,
    )


def draft_of(sample: Sample) -> Draft:
    """Return the report of a sample; an error that would break nothing is left out."""
    truth = draw(sample.seed, sample.edition, sample.size, sample.style)
    if sample.fault:
        with suppress(ValueError):
            truth = plant(truth, sample.fault)
    return write(truth, sample.manner)
