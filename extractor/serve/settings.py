"""What the server is told when it starts."""

from pathlib import Path

from msgspec import Struct

from extractor.batch import Limits, Settings
from extractor.serve.bodies import BodyLimits
from extractor.serve.guard import Door
from extractor.words import Language


class ServeSettings(Struct, frozen=True):
    """The server: where its data lies, whom it lets in, how much it takes."""

    data: Path
    is_kept: bool  # whether the data stays when the server ends
    door: Door
    batch: Settings = Settings()
    bodies: BodyLimits = BodyLimits()
    language: Language | None = None  # None: as the browser asks
    seconds: float = 600.0  # for what concerns a whole job: its list, a download
    who: str = ""  # who sits there, where nothing else is said

    @property
    def limits(self) -> Limits:
        """The limits of one document."""
        return self.batch.limits
