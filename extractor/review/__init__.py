"""The review page: the source on the left, the values read from it on the right."""

from extractor.review.page import draw_source, review_page

__all__ = ["draw_source", "review_page"]
