"""For users with a crawler of their own: reads a report from an HTTP response.

`response.parse_response` needs nothing; `scrapy_pipeline` and `page_object` need the extra [crawl].
"""
