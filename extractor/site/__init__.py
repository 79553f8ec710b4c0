"""A public register of a batch: plain pages that open from disk, and the data that stands behind them."""

from extractor.site.build import SiteOptions, SiteSummary, build_site

__all__ = ["SiteOptions", "SiteSummary", "build_site"]
