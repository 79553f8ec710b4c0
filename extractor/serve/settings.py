"""The settings given when the server starts."""

from pathlib import Path

from msgspec import Struct

from extractor.batch import Limits, Settings
from extractor.serve.bodies import BodyLimits
from extractor.serve.guard import Door
from extractor.words import Language


class ServeSettings(Struct, frozen=True):
    """Settings: folder of the data, access, and limits."""

    data: Path
    is_kept: bool  # whether the data is kept when the server ends
    door: Door
    batch: Settings = Settings()
    bodies: BodyLimits = BodyLimits()
    language: Language | None = None  # None: as the browser requests
    seconds: float = 600.0  # seconds for work on a whole job: its list, a download
    who: str = ""  # default name of the person who corrects and decides

    @property
    def limits(self) -> Limits:
        """The limits of one document."""
        return self.batch.limits
