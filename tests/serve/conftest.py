"""A server with its workers, in a folder that is gone afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Client, serving, until_done


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[Client]:
    """Return a client of a server that keeps its data in the folder."""
    with serving(data) as running:
        yield running


@pytest.fixture(scope="module")
def finished(client: Client) -> Callable[[str], dict[str, Any]]:
    """Return what waits until a job is done and returns how it stands."""
    return lambda job: until_done(client, job)
