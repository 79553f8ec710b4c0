"""A small web server that answers as told, misbehaves as told, and writes down who asked what and when."""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

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


Route = Reply | Callable[[str, dict[str, str], bytes], Reply]


class Site:
    """A website: routes by path (with query, or without it), and the log of what was asked."""

    def __init__(self, routes: dict[str, Route] | None = None, otherwise: Route | None = None) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.otherwise: Route = otherwise or Reply(b"<h1>404 Not Found</h1>", 404)
        self.log: list[Asked] = []
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.home = f"http://127.0.0.1:{self.port}/"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return self.home.rstrip("/") + path

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if asked.path == path]

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        route = self.routes.get(f"{method} {path}") or self.routes.get(path)
        route = route or self.routes.get(path.partition("?")[0]) or self.otherwise
        return route if isinstance(route, Reply) else route(path, headers, body)

    def _handler(site: "Site") -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

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
                reply = site.answer(self.command, self.path, headers, body)
                with suppress(ConnectionError, BrokenPipeError):
                    self._send(reply)
                asked = Asked(
                    self.command,
                    self.path,
                    headers,
                    body,
                    began,
                    time.monotonic(),
                    0 if reply.fault else reply.status,
                )
                with site._lock:
                    site.log.append(asked)

            def _send(self, reply: Reply) -> None:
                if reply.fault == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.close_connection = True
                    self.connection.close()
                    return
                if reply.fault == "stall":
                    time.sleep(4)
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for key, value in reply.headers.items():
                    self.send_header(key, value)
                if reply.fault == "endless":
                    self._send_for_ever()
                    return
                self.send_header(
                    "Content-Length", str(len(reply.body) + (500 if reply.fault == "short" else 0))
                )
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = reply.fault == "short"

            def _send_for_ever(self) -> None:
                self.close_connection = True
                self.end_headers()
                for _ in range(2000):
                    self.wfile.write(b"<p>\xe6\xb2\xa1\xe5\xae\x8c</p>" * 2000)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler
