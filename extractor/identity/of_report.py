"""The agency of a report, from what the report itself says."""

from extractor.identity.agency import Agency, identify
from extractor.report import Report


def agency_of(report: Report) -> Agency:
    """Return the agency of a report, by its name and the place that it gives."""
    issuer = report.issuer
    return identify(
        issuer.name or issuer.printed,
        report.year,
        hints=issuer.region or "",
        url=report.source.url,
        region_code=issuer.region_code,
    )
