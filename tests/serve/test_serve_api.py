"""The REST interface: one document, many, what becomes of them, and what they give back."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from served import CASES, Client, part, serving, until_done

from extractor.report import json_schema

jsonschema = pytest.importorskip("jsonschema")
Finished = Callable[[str], dict[str, Any]]

WRONG, RIGHT, OPEN = "fault-zero-total", "html-plain-2021", "html-row-lost"


@pytest.fixture(scope="module")
def job(client: Client, finished: Finished) -> str:
    """Return a job with one report to send back, one that is right, one broken, and an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("里面/丙局.html", (CASES / "html-thousands/source.html").read_bytes())
    files = [
        part("年报/甲局.html", WRONG),
        part("年报/乙局.html", RIGHT),
        ("files", ("坏的.docx", b"PK\x03\x04 broken")),
        ("files", ("包.zip", packed.getvalue())),
        ("files", ("年报/~$甲局.docx", b"lock")),
    ]
    answer = client.post("/v1/batch", files=files, data={"name": "一批"})
    assert answer.status_code == 202
    assert answer.json()["skipped"] == ["年报/~$甲局.docx"]
    made: str = answer.json()["id"]
    assert answer.headers["location"] == f"/v1/jobs/{made}"
    finished(made)
    return made


def rows(client: Client, job: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in client.get(f"/v1/jobs/{job}").json()["rows"]}


def test_one_document_comes_back_as_its_report(client: Client) -> None:
    data = (CASES / RIGHT / "source.html").read_bytes()
    by_form = client.post("/v1/parse", files={"file": ("年报.html", data)})
    as_it_is = client.post("/v1/parse?name=年报.html", content=data)
    assert by_form.status_code == as_it_is.status_code == 200
    assert by_form.json() == as_it_is.json()
    assert by_form.json()["source"]["name"] == "年报.html"
    jsonschema.validate(by_form.json(), json_schema())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"%PDF-1.7 broken", 422, "unreadable"),
        (b"", 422, "unreadable"),
        (b"\x00\x01\x02\x03" * 99, 415, "unsupported-format"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    client: Client, body: bytes, status: int, code: str
) -> None:
    answer = client.post("/v1/parse", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]


def test_nothing_of_a_parse_is_kept(client: Client, data: Path) -> None:
    client.post("/v1/parse", content=b"something")
    assert list(data.glob("parse-*")) == []


def test_a_job_lists_each_file_with_what_to_do(client: Client, job: str) -> None:
    status = client.get(f"/v1/jobs/{job}").json()
    assert (status["name"], status["state"], status["trouble"]) == ("一批", "done", "")
    known = {name: (row["standing"], row["errors"], row["year"]) for name, row in rows(client, job).items()}
    assert known["乙局.html"] == ("clear", 0, 2023)
    assert known["坏的.docx"][0] == "unread"
    assert known["甲局.html"][1] == 1
    assert known["丙局.html"][0] == "clear"
    assert len(known) == 4
    assert client.get(f"/v1/jobs/{job}?since={status['version']}").status_code == 204
    assert [each["id"] for each in client.get("/v1/jobs").json()] == [job]


def test_a_report_of_a_job_is_had_by_its_digest(client: Client, job: str) -> None:
    document = rows(client, job)["乙局.html"]["document"]
    report = client.get(f"/v1/jobs/{job}/documents/{document}").json()
    assert (report["source"]["sha256"], report["source"]["name"]) == (document, "乙局.html")
    assert client.get(f"/v1/jobs/{job}/documents/{'0' * 64}").status_code == 404


def test_the_sheet_to_send_back_names_the_fault_once_and_the_broken_file(client: Client, job: str) -> None:
    answer = client.get(f"/v1/jobs/{job}/downloads/sheet")
    assert answer.headers["content-disposition"].endswith("%E9%80%80%E5%9B%9E%E8%A1%A8.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    overview = {row[0]: row[3] for row in book["总览"].iter_rows(min_row=2, values_only=True)}
    assert set(overview) == {"甲局.html", "乙局.html", "丙局.html", "坏的.docx"}
    assert overview["坏的.docx"] == "读不了"
    faults = [
        row for name in book.sheetnames[1:] for row in book[name].iter_rows(min_row=4, values_only=True)
    ]
    assert len(faults) == 1


def test_the_other_downloads_hold_the_job(client: Client, job: str) -> None:
    def content(kind: str) -> bytes:
        answer = client.get(f"/v1/jobs/{job}/downloads/{kind}")
        assert answer.status_code == 200, answer.text
        got: bytes = answer.content
        return got

    assert len(content("jsonl").splitlines()) == 3
    assert "总览.xlsx" in zipfile.ZipFile(io.BytesIO(content("workbooks"))).namelist()
    assert "cells.parquet" in zipfile.ZipFile(io.BytesIO(content("parquet"))).namelist()
    assert "面板" in openpyxl.load_workbook(io.BytesIO(content("panel"))).sheetnames
    assert content("panel-csv").decode("utf-8-sig").startswith("agency_id,")
    assert client.get(f"/v1/jobs/{job}/downloads/other").status_code == 404


def test_a_correction_is_kept_and_seen_everywhere(client: Client, job: str, finished: Finished) -> None:
    document = rows(client, job)["乙局.html"]["document"]
    about = {"document": document, "cell": "requests.new.total", "value": "９９９", "why": "看原件"}
    answer = client.post("/v1/corrections", json=about)
    assert answer.status_code == 201
    assert answer.json()["saved"]["who"] == "李"
    assert any("不再成立" in warning for warning in answer.json()["warnings"])
    finished(job)
    assert rows(client, job)["乙局.html"]["corrected"] == 1
    report = client.get(f"/v1/jobs/{job}/documents/{document}").json()
    assert report["tables"]["requests"]["new"]["total"] == 999
    panel = client.get(f"/v1/jobs/{job}/downloads/panel-csv").content.decode("utf-8-sig")
    assert ",999," in panel
    assert json.loads(client.get("/v1/corrections").text)["value"] == 999
    client.post("/v1/corrections", json=about | {"withdrawn": True, "value": None})
    finished(job)
    assert rows(client, job)["乙局.html"]["corrected"] == 0


@pytest.mark.parametrize("value", ["十二", "1e9", "nan", "9" * 40])
def test_what_is_no_number_corrects_nothing(client: Client, job: str, value: str) -> None:
    document = rows(client, job)["乙局.html"]["document"]
    before = client.get("/v1/corrections").content
    answer = client.post(
        "/v1/corrections", json={"document": document, "cell": "requests.new.total", "value": value}
    )
    assert answer.status_code == 400
    assert client.get("/v1/corrections").content == before


@pytest.mark.parametrize("change", [{"cell": "requests.no.such"}, {"document": "0" * 64}])
def test_a_correction_of_nothing_is_refused(client: Client, job: str, change: dict[str, str]) -> None:
    document = rows(client, job)["乙局.html"]["document"]
    about = {"document": document, "cell": "requests.new.total", "value": 1} | change
    assert client.post("/v1/corrections", json=about).status_code == 404


def test_what_is_right_as_printed_leaves_the_sheet(client: Client, job: str, finished: Finished) -> None:
    row = rows(client, job)["甲局.html"]
    page = client.get(f"/jobs/{job}/documents/{row['document']}").text
    cause = page.partition('data-cause="')[2].partition('"')[0]
    decision = {"document": row["document"], "cause": cause, "choice": "checked"}
    assert client.post("/v1/decisions", json=decision).status_code == 201
    finished(job)
    assert rows(client, job)["甲局.html"]["errors"] == 0
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/v1/jobs/{job}/downloads/sheet").content))
    assert book.sheetnames == ["总览"]
    client.post("/v1/decisions", json=decision | {"choice": "send_back"})
    finished(job)
    assert rows(client, job)["甲局.html"]["standing"] == "send_back"
    assert [each["choice"] for each in client.get("/v1/decisions").json()] == ["send_back"]
    client.post("/v1/decisions", json=decision | {"choice": "open"})
    finished(job)
    assert client.get("/v1/decisions").json() == []


def test_more_files_join_a_job(client: Client, finished: Finished) -> None:
    job = client.post("/v1/batch", files=[part("a.html", RIGHT)]).json()["id"]
    finished(job)
    client.post(f"/v1/jobs/{job}/files", files=[part("a.html", OPEN), part("b.html", RIGHT)])
    known = {row["name"]: row["copies"] for row in finished(job)["rows"]}
    assert known == {"a.html": 2, "a(2).html": 1}
    client.delete(f"/v1/jobs/{job}")


def test_a_deleted_job_leaves_nothing(client: Client, data: Path, finished: Finished) -> None:
    job = client.post("/v1/batch", files=[part("a.html", RIGHT)]).json()["id"]
    finished(job)
    assert (data / "jobs" / job).is_dir()
    assert client.delete(f"/v1/jobs/{job}").status_code == 204
    assert not (data / "jobs" / job).exists()
    assert client.get(f"/v1/jobs/{job}").status_code == 404


def test_what_was_kept_is_there_after_a_new_start(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        job = first.post("/v1/batch", files=[part("a.html", RIGHT)]).json()["id"]
        (row,) = until_done(first, job)["rows"]
        about = {"document": row["document"], "cell": "requests.new.total", "value": 5}
        assert first.post("/v1/corrections", json=about).status_code == 201
    (tmp_path / "jobs" / job / "results/.journal/reader.json").write_text('{"version": "0"}')
    with serving(tmp_path) as second:  # by a version that reads otherwise
        (again,) = until_done(second, job)["rows"]
        assert (again["name"], again["corrected"]) == ("a.html", 1)


def test_the_description_names_every_route_that_there_is(client: Client) -> None:
    from extractor.serve.app import _ROUTES

    known = client.get("/v1/openapi.json").json()
    told = {(path, method.upper()) for path, methods in known["paths"].items() for method in methods}
    there = {
        (route.path, method)
        for route in _ROUTES
        for method in (route.methods or ())
        if route.path.startswith("/v1/") and method != "HEAD" and route.path != "/v1/openapi.json"
    }
    assert told == there
    wanted = set(re_refs(json.dumps(known)))
    assert wanted <= known["components"]["schemas"].keys()
    assert client.get("/v1/schema").json() == json.loads(json.dumps(json_schema()))


def re_refs(text: str) -> list[str]:
    return [each.partition('"')[0] for each in text.split("#/components/schemas/")[1:]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_are_whole_in_both_languages(client: Client, job: str, language: str) -> None:
    headers = {"accept-language": language}
    for path in ("/", f"/jobs/{job}", f"/jobs/{job}/queue", "/api"):
        page = client.get(path, headers=headers)
        assert page.status_code == 200
        assert f'lang="{"en" if language == "en" else "zh-CN"}"' in page.text
    document = rows(client, job)["乙局.html"]["document"]
    review = client.get(f"/jobs/{job}/documents/{document}", headers=headers).text
    assert ("Light/dark" if language == "en" else "明暗") in client.get("/", headers=headers).text
    assert ("next finding" if language == "en" else "下一处不符") in review
