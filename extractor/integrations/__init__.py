"""For those who have a crawler of their own: a report out of a response.

`response.parse_response` needs nothing; `scrapy_pipeline` and `page_object` need the extra [crawl].
"""
