"""Says that pages were not read because text recognition is not installed, and how to add it."""

from collections.abc import Iterable

import msgspec

from extractor.errors import to_install
from extractor.report import Report

_WOULD_BE_READ = "请先安装"  # what such a notice says where recognition would have read the page


def unread_pages(reports: Iterable[Report]) -> int:
    """Count the notices about pages that recognition would have read, had it been there."""
    return sum(_WOULD_BE_READ in notice.message for report in reports for notice in report.notices)


class UnreadPages:
    """Counts such pages over reports that pass by as JSON; only those that have any are decoded."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0

    def add(self, report: bytes) -> None:
        """Count those of one report; b"" where there is no report."""
        if _WOULD_BE_READ.encode() in report:
            self.count += unread_pages([msgspec.json.decode(report, type=Report)])


def sentence_on_unread_pages(count: int) -> str:
    """Return what to say of them, "" where there are none."""
    return f"有 {count} 处只有图像，没有读；要识别先装 {to_install('ocr')}" if count else ""
