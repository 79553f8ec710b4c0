"""A page on which a person sees the proof: the source on the left, what was read from it on the right."""

from extractor.review.page import draw_source, review_page

__all__ = ["draw_source", "review_page"]
