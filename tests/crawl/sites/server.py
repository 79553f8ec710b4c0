"""A small web server that answers as told, misbehaves as told, and writes down who asked what and when."""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from subprocess import Popen
from threading import Condition, Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; `ended` is when its answer was ready to be sent.

    It is written down before the answer goes out: whoever has the answer finds it in the log.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    began: float
    ended: float
    status: int


@dataclass(frozen=True)
class Reply:
    """One answer. `fault` is reset, stall, short (fewer bytes than promised) or endless."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    fault: str = ""


PATIENCE = 4.0  # seconds that a caller should wait who is to meet a stalled answer
STALL = PATIENCE + 0.5  # seconds that such an answer takes

Route = Reply | Callable[[str, dict[str, str], bytes], Reply]


class Site:
    """A website: routes by path (with query, or without it), and the log of what was asked."""

    def __init__(
        self,
        routes: dict[str, Route] | None = None,
        otherwise: Route | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        """Listen on a free port; the site answers from `with` on."""
        self.routes: dict[str, Route] = dict(routes or {})
        self.otherwise: Route = otherwise or Reply(b"<h1>404 Not Found</h1>", 404)
        self.log: list[Asked] = []
        self._news = Condition()
        self._server = ThreadingHTTPServer((host, 0), type("Handler", (_Handler,), {"site": self}))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.home = f"http://{host}:{self.port}/"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "Site":
        """Begin to answer."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop answering."""
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return self.home.rstrip("/") + path

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if asked.path == path]

    def note(self, asked: Asked) -> None:
        """Write a request down and wake whoever waits for one."""
        with self._news:
            self.log.append(asked)
            self._news.notify_all()

    def wait_until_asked(self, times: int, by: "Popen[bytes]") -> None:
        """Wait until the log is that long, or the process that asks has ended."""
        with self._news:
            while len(self.log) < times and by.poll() is None:
                self._news.wait(0.2)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        route = self.routes.get(f"{method} {path}") or self.routes.get(path)
        place = path.partition("?")[0]
        route = route or self.routes.get(f"{method} {place}") or self.routes.get(place) or self.otherwise
        return route if isinstance(route, Reply) else route(path, headers, body)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        began = time.monotonic()
        headers = {key.lower(): value for key, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        reply = self.site.answer(self.command, self.path, headers, body)
        status = 0 if reply.fault else reply.status
        self.site.note(Asked(self.command, self.path, headers, body, began, time.monotonic(), status))
        with suppress(ConnectionError):
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif reply.fault == "stall":
            time.sleep(STALL)
            self.close_connection = True
        else:
            self._send_whole(reply)

    def _send_whole(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for key, value in reply.headers.items():
            self.send_header(key, value)
        if reply.fault != "endless":
            promised = len(reply.body) + (500 if reply.fault == "short" else 0)
            self.send_header("Content-Length", str(promised))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.fault in ("short", "endless")
        if reply.fault == "endless":
            for _ in range(2000):
                self.wfile.write("<p>没完</p>".encode() * 2000)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the log is the site's own."""
