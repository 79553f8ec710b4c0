"""The pages for people: upload, the list of a job, a report beside its source."""

from importlib import resources

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from extractor.errors import MissingFile
from extractor.review.queue_page import policy_of_queue
from extractor.serve.downloads import DOWNLOADS
from extractor.serve.house import LANGUAGE_COOKIE, house_of, language_of
from extractor.serve.jobs import Job
from extractor.serve.overview import DocumentRow
from extractor.serve.rendering import render
from extractor.serve.review import queue_of_job, review_of

_STATIC = {"serve.css": "text/css", "serve.js": "text/javascript"}
_YEAR = 365 * 24 * 3600


async def home(request: Request) -> Response:
    """Show the upload page with the existing jobs."""
    chosen = request.query_params.get("lang")
    if chosen in ("zh", "en"):
        answer: Response = RedirectResponse("/", 303)
        answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="strict")
        return answer
    jobs = [job.status(with_rows=False) for job in house_of(request).jobs.all()]
    return render(request, "home.html", jobs=jobs)


async def job_list(request: Request) -> Response:
    """Show the documents of a job; a script adds rows as they are read."""
    job = house_of(request).jobs.job(request.path_params["job"])
    status = job.status(with_rows=False)
    return render(request, "job.html", job=status, downloads=list(DOWNLOADS))


async def review(request: Request) -> Response:
    """Show a report beside its source."""
    house = house_of(request)
    job = house.jobs.job(request.path_params["job"])
    document = request.path_params["document"]
    row = job.row(document)
    page, policy = await house.bench.do(
        review_of,
        job.folder,
        document,
        _of_the_same_agency(job, row),
        job.across.get(document, ()),
        _links(job, document),
        house.settings.limits,
        language_of(request),
    )
    return Response(page, media_type="text/html; charset=utf-8", headers={"content-security-policy": policy})


async def queue(request: Request) -> Response:
    """Show the doubtful cells of a job; first those that determine most others."""
    house = house_of(request)
    job = house.jobs.job(request.path_params["job"])
    page = await house.slow_bench.do(queue_of_job, job.folder, house.settings.limits, language_of(request))
    policy = f"{policy_of_queue()}; frame-ancestors 'none'"
    return Response(page, media_type="text/html; charset=utf-8", headers={"content-security-policy": policy})


def _of_the_same_agency(job: Job, row: DocumentRow) -> list[str]:
    return [
        each.document
        for each in job.rows
        if each.document is not None and each.verdict is not None and each.agency == row.agency
    ]


def _links(job: Job, document: str) -> list[tuple[str, str]]:
    """Return the links to the list, and to the previous and next report in it."""
    documents = [row.document for row in job.rows if row.verdict is not None and row.document is not None]
    at, base = documents.index(document), f"/jobs/{job.folder.id}"
    links = [("back-to-list", base)]
    if at > 0:
        links.append(("previous-report", f"{base}/documents/{documents[at - 1]}"))
    if at + 1 < len(documents):
        links.append(("next-report", f"{base}/documents/{documents[at + 1]}"))
    return links


async def api_docs(request: Request) -> Response:
    """Show how programs can use the server."""
    return render(request, "api.html", address=str(request.base_url).rstrip("/"))


async def no_icon(request: Request) -> Response:
    """Respond that there is no icon: browsers request one."""
    return Response(status_code=204)


async def static(request: Request) -> Response:
    """Respond with a style sheet or script of the pages."""
    name = request.path_params["name"]
    if name not in _STATIC:
        raise MissingFile("没有这个文件")
    data = (resources.files("extractor.serve") / "static" / name).read_bytes()
    return Response(data, media_type=_STATIC[name], headers={"cache-control": "no-cache"})
