"""Addresses: joining, cleaning and comparing them. Pages are not looked at here."""

import posixpath
import re
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes, urlencode, urljoin, urlsplit, urlunsplit

from extractor.patterns import kept_pattern

FILE_KINDS = (
    *("pdf", "doc", "docx", "wps", "wpt", "xls", "xlsx", "et", "ofd", "ceb", "rtf"),
    *("zip", "rar", "7z", "tif", "tiff", "jpg", "jpeg", "png"),
)
IMAGE_KINDS = frozenset({"tif", "tiff", "jpg", "jpeg", "png"})
_KIND = kept_pattern(rf"\.({'|'.join(FILE_KINDS)})(?=$|[?#&;\s\"'])", re.I)
_DOWNLOAD = kept_pattern(
    r"downfile\.jsp|download\.jsp|wbfileid=|attachguid=|document/download|/group\d+/m\d+/|downloadattach",
    re.I,
)
_NOISE = kept_pattern(
    r"^(?:utm_\w+|sid_for_share|topsearch|_|t|v|ts|timestamp|random|rnd|share\w*|spm|ff|jsessionid)$",
    re.I,
)
# Session and tracking parameters, which do not identify a page. A short sid may be a site number.
_SESSION = kept_pattern(
    r"(?<![^?&])(?:jsessionid|phpsessid|aspsessionid\w*|(?:asp\.net_)?session_?id|sessid|cftoken|cfid"
    r"|sid(?==[\w-]{20,}(?:&|$)))=[^&]*(?:&|$)",
    re.I,
)
_SESSION_IN_PATH = kept_pattern(r";jsessionid=[^/?]*|/\(S\([a-z0-9]{20,}\)\)(?=/)", re.I)
_DEAD_ENDS = kept_pattern(
    r"/gate/big5/|[?&]print=|/print\.jsp|dyprint|/wap/|/mobile/|/m/|ismobile=true|visitcount|/rss|sitemap|/search"
    r"|calendar|/rili|/login|/logout|/uc/|javascript:|mailto:|tel:",
    re.I,
)
_HOLES = kept_pattern(r"<\?|\{\{|\$\{|undefined|^null$|v-for|%3C%3F")
_SAFE = "/:?=&%#+,;@!$'()*~"
_GATE = kept_pattern(r"^https?://[^/]+/gate/(?:big5|gb)/([^/]+/.*)$", re.I)


def join(base: str, reference: str) -> str | None:
    """Return the absolute address of a link, without its fragment; None if it leads to no page.

    >>> join("http://yunling.example/a/b.html", " ./c.htm#top")
    'http://yunling.example/a/c.htm'
    >>> join("http://yunling.example/", "javascript:void(0)") is None
    True
    """
    reference = kept_pattern(r"[\t\r\n]").sub("", reference).strip()
    if not reference or reference.startswith("#") or _HOLES.search(reference):
        return None
    try:
        parts = urlsplit(urljoin(base, reference))
        port = parts.port
    except ValueError:  # a broken address of an IPv6 host, a port that is no number
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return _assemble(parts.scheme, parts.hostname, port, _normal_path(parts.path), parts.query)


def _normal_path(path: str) -> str:
    """Return a path without `.` and `..` segments and session ids."""
    path = _SESSION_IN_PATH.sub("", path) or "/"
    plain = posixpath.normpath(path) if "/." in path else path
    plain = kept_pattern(r"^/{2,}").sub("/", plain)
    return plain + "/" if path.endswith(("/", "/.")) and not plain.endswith("/") else plain


def _assemble(scheme: str, host: str, port: int | None, path: str, query: str) -> str:
    name = f"[{host}]" if ":" in host else host
    standard = {"http": 80, "https": 443}[scheme]
    netloc = name if port in (None, standard) else f"{name}:{port}"
    query = _SESSION.sub("", query).rstrip("&") if _SESSION.search(query) else query
    return urlunsplit((scheme, netloc, _quote(path), _quote(query), ""))


def _quote(text: str) -> str:
    return quote(text, safe=_SAFE)


def without_gate(url: str) -> str:
    """Return the address behind a gateway that converts pages into traditional characters.

    >>> without_gate("http://big5.yunling.example/gate/big5/www.yunling.example/a.html")
    'http://www.yunling.example/a.html'
    """
    found = _GATE.match(url)
    return f"http://{found[1]}" if found else url


def host_of(url: str) -> str:
    """Return the host with its port; each gets one request at a time."""
    return urlsplit(url).netloc.lower()


def origin_of(url: str) -> str:
    """Return scheme and host: the scope of one robots.txt."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def site_of(url: str) -> str:
    """Return the host without www: what the user means by a site.

    >>> site_of("https://www.yunling.example/a") == site_of("http://yunling.example")
    True
    """
    return host_of(url).removeprefix("www.")


def key_of(url: str) -> str:
    """Return a key equal for all addresses of a page: no scheme, www, index.html or tracking.

    >>> key_of("https://www.yunling.example/a/index.html?utm_source=x") == key_of("http://yunling.example/a/")
    True

    Names encoded as GBK are not valid UTF-8; they are compared as bytes, so they stay distinct.

    >>> key_of("http://yunling.example/%C3%F1.pdf") == key_of("http://yunling.example/%CE%C0.pdf")
    False
    """
    parts = urlsplit(url)
    told = parse_qsl(parts.query, keep_blank_values=True, encoding="latin-1")
    pairs = [pair for pair in told if not _NOISE.match(pair[0])]
    query = urlencode(sorted(pairs), encoding="latin-1") if "=" in parts.query else parts.query
    plain = unquote_to_bytes(parts.path).decode("latin-1")
    path = kept_pattern(r"/(?:index|default)\.(?:html?|shtml|jhtml|jsp|aspx|php)$").sub("/", plain)
    return f"{site_of(url)}{path}" + (f"?{query}" if query else "")


def kind_of_file(url: str) -> str:
    """Return the kind of file an address ends in, in path or query; "" for pages.

    >>> kind_of_file("/download?fileName=%E5%B9%B4%E6%8A%A5.PDF&x=1"), kind_of_file("/a.html")
    ('pdf', '')
    """
    found = _KIND.search(unquote(url))
    return found[1].lower() if found else ""


def downloads(url: str) -> bool:
    """Say whether an address serves a file, though it may not say of what kind."""
    return bool(kind_of_file(url) or _DOWNLOAD.search(url))


def is_dead_end(url: str) -> bool:
    """Say whether an address is of a kind that never leads to a report: prints, searches, calendars."""
    return bool(_DEAD_ENDS.search(url))
