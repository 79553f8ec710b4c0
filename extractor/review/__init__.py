"""The review page: the source on the left, the values read from it on the right."""

from extractor.review.desk import Desk
from extractor.review.page import draw_source, page_of_drawn, policy_of, review_page

__all__ = ["Desk", "draw_source", "page_of_drawn", "policy_of", "review_page"]
