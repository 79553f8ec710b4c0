"""A public website about a batch: plain pages that open from disk, and the data behind them."""

from extractor.site.build import SiteOptions, SiteSummary, build_site

__all__ = ["SiteOptions", "SiteSummary", "build_site"]
