"""A site for the tests that look at it in a browser, from disk and from a plain web server."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from headless_browser import headless_chromium
from invented_batches import Invented, write_batch

from extractor.site import SiteOptions, build_site

PACKAGES = Path(__file__).parent.parent.parent / "scripts" / "npm"
HOSTILE = '<script>document.title="ran"</script><img src=x onerror=document.title="ran">"\'县财政局'
REPORTS = [
    *(
        Invented("大竹县教育局", year, 40 + year - 2019, published=f"{year + 1}-01-20")
        for year in (2019, 2020, 2023)
    ),
    *(Invented(f"{place}财政局", 2022, number) for number, place in enumerate(
        ("大竹县", "渠县", "宣汉县", "开江县", "万源市", "通川区", "达川区", "邻水县", "岳池县"), 3)),
    Invented("渠县教育局", 2021, 7, verdict="doubtful"),
    Invented(HOSTILE, 2021, 3),
    Invented(None, 2022, 4),
]  # fmt: skip


@pytest.fixture(scope="session")
def browsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site in its second build, with a page of questions where npm's packages are."""
    folder = tmp_path_factory.mktemp("browsed")
    options = SiteOptions(note="虚构", duckdb=PACKAGES if (PACKAGES / "node_modules").is_dir() else None)
    for reports in (REPORTS, [*REPORTS, Invented("大竹县教育局", 2023, 50, published="2024-03-01")]):
        write_batch(folder / "out", reports, formats=["jsonl", "parquet"])
        build_site(folder / "out", folder / "site", options)
    return folder / "site"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with headless_chromium(tmp_path_factory.mktemp("profile")) as running:
        running.set_script_timeout(60)
        yield running


@pytest.fixture(scope="session")
def served(browsed: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve the site as plain files; yield its address and the list of what is asked for."""
    uvicorn = pytest.importorskip("uvicorn")
    staticfiles = pytest.importorskip("starlette.staticfiles")
    files, asked = staticfiles.StaticFiles(directory=browsed), []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            told = {name.decode(): value.decode() for name, value in scope["headers"]}
            host = told["host"].partition(":")[0]
            asked.append(f"{host} {scope['method']} {scope['path']} {told.get('range', '')}".strip())
            await files(scope, receive, send)

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", asked
        server.should_exit = True
        thread.join()
