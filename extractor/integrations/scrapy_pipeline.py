"""A Scrapy item pipeline: items with a response get the report instead.

ITEM_PIPELINES = {"extractor.integrations.scrapy_pipeline.ReportPipeline": 300}

def parse(self, response):
    yield {"response": response}
"""

from typing import Any

import msgspec
from itemadapter import ItemAdapter
from scrapy.http import Response

from extractor.errors import ExtractorError
from extractor.integrations.response import parse_response
from extractor.report import Report


class ReportPipeline:
    """Replaces an item's `response` by the report; items without one are not changed.

    `report` is the report as plain dicts, ready for any exporter, or None; then `report_error`
    says why in one sentence. Nothing is dropped.
    """

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """Read the response of an item."""
        fields = ItemAdapter(item)
        response = fields.get("response")
        if not isinstance(response, Response):
            return item
        try:
            fields["report"], fields["report_error"] = as_plain(report_of(response)), None
        except ExtractorError as error:
            fields["report"], fields["report_error"] = None, f"{type(error).__name__}: {error}"
        fields["url"] = response.url
        del fields["response"]
        return item


def report_of(response: Response) -> Report:
    """Read the report of a Scrapy response.

    Raises:
        ExtractorError: No report can be produced.
    """
    headers = {
        name.decode("latin-1"): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return parse_response(response.body, response.url, headers)


def as_plain(report: Report) -> dict[str, Any]:
    """Return a report as the dicts, lists and numbers of its JSON."""
    plain: dict[str, Any] = msgspec.json.decode(report.to_json())
    return plain
