"""Limits on request bodies: size, speed, and how many at a time; first come, first served."""

import asyncio

from msgspec import Struct
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_WITHOUT_BODY = ("GET", "HEAD", "DELETE", "OPTIONS")


class BodyLimits(Struct, frozen=True):
    """Limits on request bodies: size, number received at once, and time without data."""

    size: int = 2 << 30  # bytes
    at_once: int = 8  # bodies received at a time; others wait in order
    silence: float = 60.0  # seconds without data


class Bodies:
    """Middleware that admits request bodies in order and counts their bytes."""

    def __init__(self, app: ASGIApp, limits: BodyLimits) -> None:
        """Wrap an app."""
        self._app = app
        self._limits = limits
        self._room = asyncio.Semaphore(limits.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when there is a free slot for its body."""
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        async with _Turn(self._room) as turn:
            told = Headers(scope=scope).get("content-length", "")
            await self._app(scope, _Counted(receive, self._limits, turn, told), send)


class _Turn:
    """One of the slots for receiving a body; released as soon as the body is complete."""

    def __init__(self, room: asyncio.Semaphore) -> None:
        self._room = room
        self._held = False

    async def __aenter__(self) -> "_Turn":
        await self._room.acquire()
        self._held = True
        return self

    async def __aexit__(self, *error: object) -> None:
        self.end()

    def end(self) -> None:
        if self._held:
            self._held = False
            self._room.release()


class _Counted:
    """The stream of a body, with its bytes counted."""

    def __init__(self, receive: Receive, limits: BodyLimits, turn: _Turn, told: str) -> None:
        self._receive = receive
        self._limits = limits
        self._turn = turn
        self._told = int(told) if told.isdigit() else 0
        self._size = 0
        self._whole = False

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()  # waits for the connection to end
        if self._told > self._limits.size:
            raise self._too_large()
        try:
            message = await asyncio.wait_for(self._receive(), self._limits.silence)
        except TimeoutError as error:
            told = f"{self._limits.silence:g} 秒没有收到数据，已停止"
            raise HTTPException(408, told, {"connection": "close"}) from error
        self._size += len(message.get("body", b""))
        if self._size > self._limits.size:
            raise self._too_large()
        if not message.get("more_body", False):
            self._whole = True
            self._turn.end()
        return message

    def _too_large(self) -> HTTPException:
        return HTTPException(413, f"一次最多上传 {self._limits.size >> 20} MiB", {"connection": "close"})
