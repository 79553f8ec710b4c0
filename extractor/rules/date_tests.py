"""The test of the day on which a report was published, against the day that the regulations set."""

from collections.abc import Iterator
from datetime import date

from extractor.report import Publication, Report
from extractor.rules.finding import Facts, Fault
from extractor.rules.rule import Rule

_ONE_DAY_FOR_ALL = 2018  # until the reports on this year the 2008 regulations applied: due by 31 March
_TOLD_BY = {"page": "页面所载", "metadata": "页面代码所载", "address": "网址里", "signature": "落款"}


def published_on_time(rule: Rule, report: Report) -> Iterator[Facts]:
    """Test whether the report was published by 31 January, a government's by 31 March.

    The page's date may be that of a move to another site, and the date under the signature is not that of
    publication: the publisher is at fault only if both are late.
    """
    published = report.published
    if published is None or report.year is None:
        yield Facts("published", "not_checked", "没有读到公布日期，或报告的年度不明")
        return
    day, signed = date.fromisoformat(published.date), _signed_on(published)
    sure, latest = _last_days(report)
    told = f"{_TOLD_BY[published.told_by]}日期是 {published.date}"
    if day < date(report.year, 12, 1):
        yield Facts("published", "not_checked", f"{told}，早于报告年度结束，不能核")
    elif day <= sure:
        yield Facts("published", "holds", f"{told}，在 {sure} 之前（含当日）")
    elif day <= latest:
        yield Facts("published", "not_checked", f"{told}，期限是 {sure} 还是 {latest} 不明")
    elif day.year > report.year + 1 and (signed is None or signed <= latest):
        yield Facts("published", "not_checked", f"{told}，可能是网站迁移后补录的，不能核")
    else:
        late = published.told_by == "page" and signed is not None and signed > latest
        also = f"，落款日期是 {signed}" if signed and published.told_by != "signature" else ""
        fault: Fault = "source" if late else "undecided"
        yield Facts("published", "fails", f"{told}{also}，晚于 {latest}", fault=fault)


def _signed_on(published: Publication) -> date | None:
    return date.fromisoformat(published.signed) if published.signed else None


def _last_days(report: Report) -> tuple[date, date]:
    """Return the last day that is certainly in time, and the last day that may be."""
    assert report.year is not None  # the caller has made sure
    january, march = date(report.year + 1, 1, 31), date(report.year + 1, 3, 31)
    who = report.issuer
    if report.year <= _ONE_DAY_FOR_ALL or who.kind == "government":
        return march, march
    return (january, january) if who.kind == "department" and who.scope != "area" else (january, march)
