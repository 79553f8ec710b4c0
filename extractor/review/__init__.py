"""The review page: the source on the left, the values read from it on the right."""

from extractor.review.desk import Desk
from extractor.review.index_page import IndexedReport, index_page, most_urgent_first
from extractor.review.page import draw_source, page_of_drawn, policy_of, review_page
from extractor.review.queue_page import QueuedCell, pictures_of, queue_of, queue_page

__all__ = [
    "Desk",
    "IndexedReport",
    "QueuedCell",
    "draw_source",
    "index_page",
    "most_urgent_first",
    "page_of_drawn",
    "pictures_of",
    "policy_of",
    "queue_of",
    "queue_page",
    "review_page",
]
