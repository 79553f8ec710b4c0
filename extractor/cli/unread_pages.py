"""Tells that pages were not read because OCR is not installed, and how to install it."""

from collections.abc import Iterable

import msgspec

from extractor.errors import to_install
from extractor.report import Report

_WOULD_BE_READ = "请先安装"  # part of the notices about pages that OCR would have read


def unread_pages(reports: Iterable[Report]) -> int:
    """Count the notices about pages that OCR would have read."""
    return sum(_WOULD_BE_READ in notice.message for report in reports for notice in report.notices)


class UnreadPages:
    """Counts such pages in reports given as JSON; only reports with such notices are decoded."""

    def __init__(self) -> None:
        """Begin with zero."""
        self.count = 0

    def add(self, report: bytes) -> None:
        """Add those of one report; b"" if there is no report."""
        if _WOULD_BE_READ.encode() in report:
            self.count += unread_pages([msgspec.json.decode(report, type=Report)])


def sentence_on_unread_pages(count: int) -> str:
    """Return a sentence about them; "" if there are none."""
    return f"有 {count} 处只有图像，没有读；要识别先装 {to_install('ocr')}" if count else ""
