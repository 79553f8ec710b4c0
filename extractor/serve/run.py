"""Starts and stops the server; temporary data is deleted at the end."""

import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from extractor.errors import MissingDependency, Misused, to_install
from extractor.serve.guard import Door
from extractor.serve.settings import ServeSettings

try:
    import uvicorn

    from extractor.serve.app import make_app
except ImportError as error:
    raise MissingDependency(f"网页服务需要 starlette、uvicorn：{to_install('serve')}") from error

_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")
_SECONDS_TO_END = 10
_SECONDS_IDLE = 60  # seconds after which an idle connection is closed


class Listening(Struct, frozen=True):
    """Where the server listens, and who has access."""

    host: str = "127.0.0.1"
    port: int = 8321
    token: str | None = None  # None: generated if others can reach the server
    names: tuple[str, ...] = ()  # further host names of this machine


def is_local(host: str) -> bool:
    """Return whether an address can only be reached from this machine.

    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def door_of(listening: Listening) -> Door:
    """Return the access rules: a token is needed if other machines can reach the server."""
    host, token = listening.host.lower(), listening.token
    if not is_local(host) and token is None:
        token = secrets.token_urlsafe(24)
    names = {*_LOCAL_NAMES, *(name.lower() for name in listening.names)}
    if host not in _EVERYWHERE:
        names.add(host)
    elsewhere = {socket.gethostname().lower()} if not is_local(host) else set()
    return Door(frozenset(names | elsewhere), any_address=not is_local(host), token=token)


def run_server(
    listening: Listening,
    data: Path | None,
    settings: Callable[[Path], ServeSettings],
    on_start: Callable[[str], None],
) -> None:
    """Serve until interrupted.

    Args:
        listening: Address, port and access.
        data: The folder for all data; None for a temporary one.
        settings: Returns the settings for a folder.
        on_start: Called with the address when the server is listening.

    Raises:
        Misused: The port is taken, or the address does not belong to this machine.
    """
    door = door_of(listening)
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    folder = data or Path(tempfile.mkdtemp(prefix="extractor-serve-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _bind(listener, listening)
            app = make_app(replace(settings(folder), door=door))
            server = _Server(_config(app), lambda: on_start(_address(listening, listener, door)))
            server.run(sockets=[listener])
    finally:
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


def _bind(listener: socket.socket, listening: Listening) -> None:
    try:
        listener.bind((listening.host, listening.port))
    except OSError as error:
        raise Misused(
            f"{listening.host}:{listening.port} 用不了（{error.strerror}）；换一个 --port，0 是任选"
        ) from error


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # an ASGI app, which object does not tell
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=_SECONDS_TO_END,
        timeout_keep_alive=_SECONDS_IDLE,
    )


def _address(listening: Listening, listener: socket.socket, door: Door) -> str:
    host = "127.0.0.1" if listening.host in _EVERYWHERE else listening.host
    host = f"[{host}]" if ":" in host else host
    token = f"?token={door.token}" if door.token else ""
    return f"http://{host}:{listener.getsockname()[1]}/{token}"


class _Server(uvicorn.Server):
    """A uvicorn server that calls a function once it is listening."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()
