"""The result of reading one document of an archive, and each place where it was found.

A failure is data here, not an exception: one bad file among twenty thousand is only a row of a table. Codes
are kebab-case and do not change.
"""

from collections.abc import Iterator

from msgspec import Struct, structs

from extractor.document_id import document_id
from extractor.report import Verdict
from extractor.words import words_of

OK = "ok"  # a report was produced, whatever its verdict

# Code of a failure → its meaning for people. Codes equal to the name of an exit code (unreadable, encrypted,
# …) mean the same as that.
FAILURES = words_of("failure")

# Failures that may become a report with other limits.
LIMITED = ("too-many-pages", "timeout", "memory", "killed")


class DocumentPlace(Struct, frozen=True, omit_defaults=True):
    """Where a document was found."""

    path: str  # the file, or the outermost archive
    member: str | None = None  # path inside the archive, nested archives joined by "!/"
    url: str | None = None
    retrieved_at: str | None = None  # ISO 8601

    @property
    def name(self) -> str:
        """The file name alone."""
        return (self.member or self.path).replace("\\", "/").rstrip("/").rpartition("/")[2]

    def __str__(self) -> str:
        """Return the path, with the member of the archive if there is one."""
        return f"{self.path}!/{self.member}" if self.member else self.path


class Outcome(Struct, frozen=True, omit_defaults=True):
    """The result of reading one document: the verdict on its report, or why there is none."""

    document: str  # sha256 of the bytes, hexadecimal; of a further report of a file see document_id.py
    code: str  # "ok", or a key of FAILURES
    place: DocumentPlace  # the first place where it was found, in the order of the inputs
    size: int  # bytes
    verdict: Verdict | None = None
    message: str = ""  # in Chinese, one sentence; "" if there is no failure
    seconds: float = 0.0  # wall clock time of reading alone
    further: tuple[Verdict, ...] = ()  # on the second report of the file and those after it

    def of_reports(self) -> Iterator["Outcome"]:
        """Yield the outcome of each report of the document, each under its own id; time counts once."""
        if not self.further:
            yield self
            return
        yield structs.replace(self, further=())
        for part, verdict in enumerate(self.further, start=2):
            own = document_id(self.document, part)
            yield structs.replace(self, document=own, verdict=verdict, seconds=0.0, further=())


class Sighting(Struct, frozen=True, omit_defaults=True):
    """One place where a document, or something that could not be opened, was found."""

    place: DocumentPlace
    document: str | None = None  # None: there were no bytes to read
    code: str = OK
    message: str = ""
    size: int | None = None  # bytes, where known
