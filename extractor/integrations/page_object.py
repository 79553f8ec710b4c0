"""A web-poet page object: ask for ReportPage, get the report of the page.

class Reports(scrapy.Spider):
    async def parse(self, response, page: ReportPage):
        yield {"report": await page.to_item()}
"""

from web_poet import WebPage

from extractor.integrations.response import parse_response
from extractor.report import Report


class ReportPage(WebPage[Report]):
    """A response that is a report, whatever its format."""

    async def to_item(self) -> Report:
        """Read the report.

        Raises:
            ExtractorError: No report can be produced.
        """
        response = self.response
        headers = {str(name): str(value) for name, value in response.headers.items()}
        return parse_response(bytes(response.body), str(response.url), headers)
