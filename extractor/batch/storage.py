"""Inputs and outputs on remote storage: any address that fsspec knows (s3://, hdfs://, memory://, …).

Documents are fetched one by one as they are read. The journal is kept locally and uploaded with every commit,
so that another machine can continue from it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from extractor.disk import writing_to
from extractor.errors import MissingDependency, MissingFile, Misused, to_install

# Client packages under fsspec that raise their own errors instead of OSError: no credentials, no connection,
# truncated body.
_CLIENTS = {"adlfs", "aiobotocore", "aiohttp", "azure", "botocore", "gcsfs", "google"}


def is_address(text: str) -> bool:
    """Return whether this is an address on a storage and not a local path.

    >>> is_address("s3://archive/2023"), is_address("年报/2023")
    (True, False)
    """
    return "://" in text


def files_at(address: str, without: str | None = None) -> list[str]:
    """Return the addresses of the files at or below an address, or that match its pattern, sorted.

    Args:
        address: A file, a folder or a pattern. If it matches nothing, it is returned itself.
        without: The address of a folder to leave out.

    Raises:
        MissingFile: The storage cannot be reached, or access is denied.
    """
    try:
        with _SystemErrors():
            found = _found_at(address)
            left_out = f"{_normal(without)}/" if without else None
    except FileNotFoundError:
        return [address]  # fetching it will report what is wrong
    except OSError as error:
        raise MissingFile(f"{address}: 打不开（{error.strerror or error}）") from error
    return [name for name in found if not left_out or not name.startswith(left_out)]


def _found_at(address: str) -> list[str]:
    storage, path = _open(address)
    if any(sign in path for sign in "*?["):
        found = [name for name in storage.glob(path) if storage.isfile(name)]
    elif storage.isdir(path):
        # names ending in / mark empty folders
        found = [name for name in storage.find(path) if not name.endswith("/")]
    else:
        return [address]
    return sorted(storage.unstrip_protocol(name) for name in found)


def _normal(address: str) -> str:
    storage, path = _open(address)
    return str(storage.unstrip_protocol(path))


def fetch(address: str, target: Path) -> None:
    """Copy one file to this machine. Raise OSError if it does not exist."""
    with _SystemErrors():
        storage, path = _open(address)
        storage.get_file(path, str(target))


class Mirror:
    """A folder on a storage and its local copy."""

    def __init__(self, address: str, local: Path) -> None:
        """Fetch the journal of earlier runs, so that they are continued.

        Raises:
            CannotWrite: The storage cannot be reached, or access is denied.
        """
        self.address = address
        self.local = local
        with writing_to(address), _SystemErrors():
            self._storage, self._path = _open(address)
            self._fetch_journal()

    def _fetch_journal(self) -> None:
        journal = f"{self._path}/.journal"
        if self._storage.isdir(journal):
            for name in self._storage.find(journal):
                target = self.local / ".journal" / name.rpartition("/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                self._storage.get_file(name, str(target))

    def send(self, path: Path) -> None:
        """Upload one file of the local copy. Raise CannotWrite if that fails."""
        target = f"{self._path}/{path.relative_to(self.local).as_posix()}"
        with writing_to(self.address), _SystemErrors():
            # on other storages the first name is a bucket, which a typo must not create
            if target.startswith("/"):
                self._storage.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._storage.put_file(str(path), target)


@contextmanager
def output_folder(out: str) -> Iterator[tuple[Path, Mirror | None]]:
    """Yield the local folder to write to, and its mirror if the output is on a storage."""
    if not is_address(out):
        yield Path(out), None
        return
    with tempfile.TemporaryDirectory(prefix="extractor-out-") as folder:
        yield Path(folder), Mirror(out, Path(folder))


class _SystemErrors:
    """Converts the errors of storage clients into OSError."""

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind and kind.__module__.partition(".")[0] in _CLIENTS and not issubclass(kind, OSError):
            raise OSError(str(error)) from error


def _open(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependency(f"读写远程存储需要 fsspec：{to_install('s3')}") from error
    try:
        storage, path = url_to_fs(address)
    except ImportError as error:
        raise MissingDependency(f"{address}: 读写这种存储还缺一个包（{error}）") from error
    except ValueError as error:
        raise Misused(f"{address}: 没有这种存储（{error}）") from error
    return storage, path.rstrip("/")
