"""The state that all routes share: jobs, workers, settings."""

from typing import cast

from msgspec import Struct
from starlette.requests import Request

from extractor.serve.bench import Bench
from extractor.serve.job_folder import DataFolder
from extractor.serve.jobs import Jobs
from extractor.serve.settings import ServeSettings
from extractor.words import Language

LANGUAGE_COOKIE = "extractor_language"


class House(Struct, frozen=True):
    """The parts of a running server."""

    settings: ServeSettings
    data: DataFolder
    jobs: Jobs
    bench: Bench  # workers for requests about one document
    slow_bench: Bench  # workers for requests about a whole job


def house_of(request: Request) -> House:
    """Return the server's shared state for a request."""
    return cast(House, request.app.state.house)


def language_of(request: Request) -> Language:
    """Return the language chosen by the reader, else that of the server or the browser."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("zh", "en"):
        return cast(Language, chosen)
    if told := house_of(request).settings.language:
        return told
    first = request.headers.get("accept-language", "zh").lower()
    return "en" if first.startswith("en") else "zh"
