"""Who may speak to the server, and what no upload can do."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import CASES, Client, part, serving, until_done

pytest.importorskip("starlette", reason="needs the extra serve")

from extractor.serve.bodies import BodyLimits
from extractor.serve.guard import COOKIE, Door
from extractor.serve.names import path_of_upload
from extractor.serve.run import Listening, door_of

OWN = "http://testserver"
FILES = [part("a.html", "html-plain-2021")]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8321", "testserver.evil.example", "", "10.0.0.9", "[::1"]
)
def test_a_name_that_is_not_ours_is_no_way_in(client: Client, host: str) -> None:
    for path in ("/", "/v1/jobs", "/static/serve.js"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert answer.json()["error"]["code"] == "wrong-host"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client: Client, data: Path, headers: dict[str, str]) -> None:
    before = sorted(data.rglob("*"))
    for path in ("/v1/parse", "/v1/batch", "/v1/corrections", "/v1/decisions"):
        assert client.post(path, files=FILES, headers=headers).status_code == 403
    assert client.delete("/v1/jobs/x", headers=headers).status_code == 403
    assert sorted(data.rglob("*")) == before


def test_another_site_may_link_here_and_no_more(client: Client) -> None:
    linked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/", headers=linked).status_code == 200
    assert client.get("/v1/jobs", headers=embedded).status_code == 403


def test_our_own_pages_and_programs_are_let_in(client: Client) -> None:
    for headers in ({"origin": OWN, "sec-fetch-site": "same-origin"}, {}):
        assert client.post("/v1/parse", files={"file": FILES[0][1]}, headers=headers).status_code == 200


def test_every_answer_says_what_a_browser_may_do_with_it(client: Client) -> None:
    for path in ("/", "/v1/jobs", "/no/such", "/static/serve.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_the_pages_have_no_code_in_them(client: Client) -> None:
    page = client.get("/").text
    assert "<script>" not in page
    assert " style=" not in page
    assert "onclick" not in page


def test_beyond_the_machine_a_token_is_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, door=Door(("testserver",), token="geheim")) as client:
        assert client.get("/v1/jobs").status_code == 401
        assert client.get("/", params={"token": "other"}).status_code == 401
        assert client.get("/v1/jobs", headers={"authorization": "Bearer other"}).status_code == 401
        assert client.get("/v1/jobs", headers={"authorization": "Bearer geheim"}).status_code == 200
        opened = client.get("/", params={"token": "geheim"}, follow_redirects=False)
        assert (opened.status_code, opened.headers["location"]) == (303, "/")
        assert "HttpOnly" in opened.headers["set-cookie"]
        assert "SameSite=strict" in opened.headers["set-cookie"]
        assert client.cookies[COOKIE] == "geheim"
        assert client.get("/v1/jobs").status_code == 200


def test_where_it_listens_decides_whom_it_lets_in() -> None:
    local, beyond = door_of(Listening()), door_of(Listening(host="0.0.0.0"))
    assert local.token is None
    assert not local.any_address
    assert beyond.token is not None
    assert len(beyond.token) > 20
    assert beyond.any_address
    assert door_of(Listening(host="0.0.0.0")).token != beyond.token
    assert "desk.example" in door_of(Listening(host="10.0.0.9", names=("Desk.example",))).names
    assert door_of(Listening(token="own")).token == "own"


NAMES = [
    "../../etc/passwd",
    "..\\..\\x.docx",
    "/etc/cron.d/x",
    "C:\\Windows\\x.docx",
    "a/../../b.html",
    "con.docx",
    "年" * 300 + ".docx",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_upload_leaves_its_folder(client: Client, data: Path, name: str, finished: Any) -> None:
    outside = {path for path in data.parent.rglob("*") if not path.is_relative_to(data)}
    job = client.post("/v1/batch", files=[part(name, "html-plain-2021")]).json()["id"]
    (row,) = finished(job)["rows"]
    assert row["standing"] == "clear"
    uploads = data / "jobs" / job / "uploads"
    assert len([path for path in uploads.rglob("*") if path.is_file()]) == 1
    assert {path for path in data.parent.rglob("*") if not path.is_relative_to(data)} == outside
    client.delete(f"/v1/jobs/{job}")


@given(st.text(max_size=400))
def test_every_name_becomes_a_path_inside_or_nothing(name: str) -> None:
    path = path_of_upload(name)
    if path is None:
        return
    assert not path.is_absolute()
    assert path.parts
    for part_ in path.parts:
        assert part_ not in ("", ".", "..")
        assert len(part_.encode()) <= 255
        assert not set(part_) & set('/\\:*?"<>|\x00\n')
        assert part_ == part_.strip()


@pytest.mark.parametrize("job", ["..", "%2e%2e", "..%2f..%2fetc", "20261130-045432-7f6322a9", "x"])
@pytest.mark.parametrize("tail", ["", "/documents/x", "/downloads/sheet"])
def test_no_address_leads_out_of_the_jobs(client: Client, job: str, tail: str) -> None:
    assert client.get(f"/v1/jobs/{job}{tail}").status_code in (404, 400)
    if job != "..":  # the client itself makes a way up of that
        assert client.get(f"/static/{job}").status_code == 404


def test_an_upload_that_is_too_large_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, bodies=BodyLimits(size=10_000)) as client:
        large = [("files", ("a.html", b"x" * 20_000))]
        assert client.post("/v1/batch", files=large).status_code == 413
        untold = (b"x" * 5_000 for _ in range(5))  # in pieces, without a length
        assert client.post("/v1/parse", content=untold).status_code == 413
        assert client.get("/v1/jobs").json() == []
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_document_has_a_limit_of_its_own(tmp_path: Path) -> None:
    from extractor.batch import Limits, Settings

    small = Settings(workers=1, limits=Limits(size=1000))
    with serving(tmp_path, batch=small) as client:
        assert client.post("/v1/parse", content=b"x" * 2000).status_code == 413
        assert client.post("/v1/parse", files={"file": ("a", b"x" * 2000)}).status_code == 413
        job = client.post("/v1/batch", files=[("files", ("a.html", b"x" * 2000))]).json()["id"]
        (row,) = until_done(client, job)["rows"]
        assert (row["standing"], row["code"]) == ("unread", "too-large")


def test_whoever_sends_nothing_is_sent_away() -> None:
    from starlette.exceptions import HTTPException

    from extractor.serve.bodies import Bodies

    async def read_all(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    async def never() -> Any:
        await asyncio.sleep(60)

    async def ask() -> None:
        await Bodies(read_all, BodyLimits(silence=0.01))(
            {"type": "http", "method": "POST", "headers": []}, never, never
        )

    with pytest.raises(HTTPException) as refused:
        asyncio.run(ask())
    assert refused.value.status_code == 408


def test_only_so_many_bodies_are_received_at_a_time_the_first_come_first() -> None:
    from extractor.serve.bodies import Bodies

    at_once, most, order = 0, 0, []

    async def receive() -> dict[str, Any]:
        nonlocal at_once, most
        at_once, most = at_once + 1, max(most, at_once + 1)
        await asyncio.sleep(0.001)
        at_once -= 1
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def read_all(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        order.append(scope["number"])

    async def send_all() -> None:
        bodies = Bodies(read_all, BodyLimits(at_once=3))
        scopes = [{"type": "http", "method": "POST", "headers": [], "number": each} for each in range(50)]
        await asyncio.gather(*(bodies(scope, receive, receive) for scope in scopes))

    asyncio.run(send_all())
    assert most == 3
    assert order == sorted(order)


def test_a_hostile_document_takes_down_only_its_own_process(client: Client) -> None:
    deep = io.BytesIO(b"<table>" * 200_000)
    assert client.post("/v1/parse", content=deep.read()).status_code in (200, 422, 504)
    right = (CASES / "html-plain-2021/source.html").read_bytes()
    assert client.post("/v1/parse", content=right).status_code == 200
