"""Access control: this machine, or clients with the token, but no page of another site.

A browser also sends requests made by other sites' pages. So the name in `Host` must be this server's (another
name that resolves to this address is DNS rebinding), and requests that change something must come from our
own pages or from a program.
"""

import hmac
from collections.abc import Collection, Iterator
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "extractor_token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
_READING = ("GET", "HEAD")
_OWN_SITES = ("", "none", "same-origin")


class Door(Struct, frozen=True):
    """Which clients are admitted."""

    names: Collection[str]  # this server's host names, in lower case
    any_address: bool = False  # whether numeric addresses count as this server's: they cannot be rebound
    token: str | None = None


class Guard:
    """Middleware: refuses requests from other hosts or sites, and sets security headers on responses."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Wrap an app."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope)
        await (answer or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not _is_ours(host, self._door):
            return _refused(421, "wrong-host", f"这里不叫 {host[:80]}：请用启动时显示的地址打开")
        if not _is_from_us(scope["method"], headers, host):
            return _refused(403, "cross-site", "来自另一个网站的请求，没有照办")
        token = self._door.token
        if token is None or _matches(token, _tokens_in(headers)):
            return None
        return _welcome(scope, token) or _refused(401, "no-token", "请用启动时显示的带 token 的地址打开")


def _refused(status: int, code: str, message: str) -> Response:
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def _is_ours(host: str, door: Door) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in door.names:
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return door.any_address


def _is_from_us(method: str, headers: Headers, host: str) -> bool:
    """Return whether the request comes from our own pages, or from a program instead of a page."""
    site, origin = headers.get("sec-fetch-site", ""), headers.get("origin")
    if method in _READING:
        # Following a link from elsewhere is allowed; other requests by another site are not.
        return site in _OWN_SITES or headers.get("sec-fetch-mode") == "navigate"
    if origin is not None:
        return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")
    return site in _OWN_SITES


def _tokens_in(headers: Headers) -> Iterator[str]:
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        yield token.strip()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return
    if cookie is not None:
        yield cookie.value


def _matches(token: str, told: Iterator[str]) -> bool:
    return any(hmac.compare_digest(token.encode(), each.encode()) for each in told)


def _welcome(scope: Scope, token: str) -> Response | None:
    """Redirect to the page without the token in its address, and set the token as a cookie."""
    told = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
    if scope["method"] != "GET" or not _matches(token, iter(told)):
        return None
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return answer
