"""TRS WAS: a search engine whose request no page tells. The list is named as lost."""

from extractor.crawl.lists.family import ListFamily

TRS_WAS = ListFamily("was", marks_of_empty_pages={"was5/web/search": "TRS WAS 检索"})
