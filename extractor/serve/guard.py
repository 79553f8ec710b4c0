"""Who may speak to the server: this machine or who has the token, and no page of another site.

A browser sends requests for any page that is open in it. So the name in `Host` must be ours (a name of
somebody else that leads to this address is DNS rebinding), and what changes something must come from our
own pages or from a program, never from another site's.
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
    """Whom to let in."""

    names: Collection[str]  # host names, lower case, that are ours
    any_address: bool = False  # an address in numbers is ours, too: nobody can rebind it
    token: str | None = None


class Guard:
    """Middleware: refuses requests from other hosts or sites, sets the security headers of every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Stand before an app."""
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
        # A link from elsewhere may lead here; nothing else of another site may ask.
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
    """Return the page without the token in its address, and the token in a cookie instead."""
    told = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
    if scope["method"] != "GET" or not _matches(token, iter(told)):
        return None
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
    return answer
