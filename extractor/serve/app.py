"""The server as an ASGI app: access control and limits, routes, and the queue of jobs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route

from extractor.errors import ExtractorError
from extractor.serve import api, pages, words_of_people
from extractor.serve.answers import on_disk_error, on_http_error, on_trouble
from extractor.serve.bench import Bench
from extractor.serve.bodies import Bodies
from extractor.serve.guard import Guard
from extractor.serve.house import House
from extractor.serve.job_folder import DataFolder
from extractor.serve.jobs import Jobs
from extractor.serve.settings import ServeSettings

_ROUTES = (
    Route("/", pages.home),
    Route("/jobs/{job}", pages.job_list),
    Route("/jobs/{job}/queue", pages.queue),
    Route("/jobs/{job}/documents/{document}", pages.review),
    Route("/api", pages.api_docs),
    Route("/static/{name}", pages.static),
    Route("/favicon.ico", pages.no_icon),
    Route("/v1/parse", api.parse, methods=["POST"]),
    Route("/v1/batch", api.new_batch, methods=["POST"]),
    Route("/v1/jobs", api.all_jobs),
    Route("/v1/jobs/{job}", api.one_job),
    Route("/v1/jobs/{job}", api.remove_job, methods=["DELETE"]),
    Route("/v1/jobs/{job}/files", api.more_files, methods=["POST"]),
    Route("/v1/jobs/{job}/documents/{document}", api.one_report),
    Route("/v1/jobs/{job}/downloads/{kind}", api.download),
    Route("/v1/corrections", words_of_people.all_corrections),
    Route("/v1/corrections", words_of_people.correct, methods=["POST"]),
    Route("/v1/decisions", words_of_people.all_decisions),
    Route("/v1/decisions", words_of_people.decide, methods=["POST"]),
    Route("/v1/schema", api.schema),
    Route("/v1/openapi.json", api.openapi),
)


def make_app(settings: ServeSettings) -> Starlette:
    """Return the app; its workers start and stop with it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        data = DataFolder(settings.data)
        settings.data.mkdir(parents=True, exist_ok=True)
        bench = Bench(settings.batch.workers, settings.limits)
        slow_bench = Bench(1, replace(settings.limits, seconds=settings.seconds))
        jobs = Jobs(data, settings.batch, slow_bench)
        app.state.house = House(settings, data, jobs, bench, slow_bench)
        line = asyncio.create_task(jobs.run())
        try:
            yield
        finally:
            line.cancel()
            with suppress(asyncio.CancelledError):
                await line
            bench.close()
            slow_bench.close()

    return Starlette(
        routes=list(_ROUTES),
        lifespan=lifespan,
        middleware=[
            Middleware(Guard, door=settings.door),
            Middleware(Bodies, limits=settings.bodies),
        ],
        exception_handlers={
            ExtractorError: on_trouble,
            HTTPException: on_http_error,
            OSError: on_disk_error,
        },
    )
