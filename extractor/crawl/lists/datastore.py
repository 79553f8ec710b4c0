"""Hanweb's XML of rows, which other systems answer with too."""

import re

from extractor.crawl.addresses import join
from extractor.crawl.lists.rows import ListRows, list_task
from extractor.patterns import kept_pattern

DATAPROXY = "dataproxy"  # the family that reads the next group


def between(text: str, tag: str) -> list[str]:
    """Return the text between opening and closing tags, in linear time (a regex could be quadratic)."""
    pieces = re.split(rf"<{tag}>", text, flags=re.I)[1:]
    return [re.split(rf"</{tag}>", piece, maxsplit=1, flags=re.I)[0] for piece in pieces]


def records(text: str) -> list[str]:
    """Return the records of a datastore, without CDATA markers."""
    return [
        record.strip().removeprefix("<![CDATA[").removesuffix("]]>") for record in between(text, "record")
    ]


def datastore(text: str, base: str) -> ListRows:
    """Return the records of a datastore, and the request for the next group."""
    total = kept_pattern(r"<totalrecord>(\d{1,9})", re.I).search(text)
    rows = ListRows("".join(records(text)), total=int(total[1]) if total else None)
    following = kept_pattern(r"href=[\"']([^\"']+)").search("".join(between(text, "nextgroup")[:1]))
    if following and (url := join(base, following[1].replace("&amp;", "&"))):
        rows.asked.append(list_task(url, DATAPROXY, why="大汉列表的下一组"))
    return rows
