"""Detects refusals of a server. They are recorded and obeyed; nothing here works around them."""

import re

from extractor.crawl.task import Answer
from extractor.patterns import kept_pattern

_CHALLENGE_STATUS = frozenset({412, 468, 512, 521})
_BLOCK_STATUS = frozenset({401, 403, 405, 406, 418, 451, 493})
_CHALLENGE = kept_pattern(
    rb"\$_ts\b|acw_sc__v2|var\s+arg1\s*=\s*'[0-9A-F]+'|aliyun_waf|__jsl_clearance|document\.cookie\s*=.{0,300}location",
    re.S,
)
_BLOCKED = kept_pattern("请求已被拦截|访问被拒绝|不合法的参数|access denied|web应用防火墙", re.I)
_SHORT = 8000  # bytes: pages of refusal are short; longer pages are articles that may mention one


def refusal(answer: Answer) -> str:
    """Return "challenge" or "blocked" if the server refuses; "" if it does not.

    `challenge`: a test that only a browser passes; `blocked`: a plain refusal.
    """
    if answer.status in _CHALLENGE_STATUS:
        return "challenge"
    short = len(answer.body) < _SHORT
    if answer.status in (200, 202, 203) and short and _CHALLENGE.search(answer.body):
        return "challenge"
    if answer.status == 202 and b"<script" in answer.body.lower():
        return "challenge"
    if answer.status in _BLOCK_STATUS:
        return "challenge" if _CHALLENGE.search(answer.body) else "blocked"
    if (
        answer.status in (200, 501)
        and len(answer.body) < 2000
        and _BLOCKED.search(answer.body.decode("utf-8", "replace"))
    ):
        return "blocked"
    return ""
