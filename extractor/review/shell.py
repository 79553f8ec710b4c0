"""The common frame of all review pages, with their embedded style and scripts."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

from extractor.review.drawn import text
from extractor.words import Language


@cache
def asset(name: str) -> str:
    """Return a style or script of extractor/data."""
    return (resources.files("extractor") / "data" / name).read_text(encoding="utf-8")


def style_of_pages() -> str:
    """Return the style of all pages."""
    return asset("review.css")


def source_hash(code: str) -> str:
    """Return the hash by which a Content-Security-Policy allows a style or script."""
    return f"sha256-{b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}"


def framed(title: str, body: str, policy: str, language: Language, kind: str = "") -> bytes:
    """Return a page that loads no other files, as UTF-8 HTML.

    Args:
        title: As text.
        body: As HTML.
        policy: Its Content-Security-Policy.
        language: Language of the page.
        kind: The class of its body; "" for none.
    """
    parts = (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head>',
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title><style>{style_of_pages()}</style></head>",
        f'<body class="{kind}">' if kind else "<body>",
        f"{body}</body></html>",
    )
    return "".join(parts).encode("utf-8", "replace")
