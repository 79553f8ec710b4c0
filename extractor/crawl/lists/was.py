"""TRS WAS: a search engine whose request is not in any page. Its lists are recorded as lost."""

from extractor.crawl.lists.family import ListFamily

TRS_WAS = ListFamily("was", marks_of_empty_pages={"was5/web/search": "TRS WAS 检索"})
