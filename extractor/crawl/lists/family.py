"""One family of scripted lists: how its pages are recognized and how its answers are read."""

from collections.abc import Callable

from msgspec import Struct

from extractor.crawl.lists.rows import ListRows, json_value
from extractor.crawl.page import CrawledPage
from extractor.crawl.task import Task


class ListFamily(Struct, frozen=True):
    """A content system, or the part of one, that fetches the rows of its lists in one way."""

    name: str  # the `family` of its tasks
    # Returns the rows in a page's scripts and the requests for the rest; None for a page of another family.
    rows_of_page: Callable[[CrawledPage], ListRows | None] | None = None
    # Returns the rows of the answer to such a request and the requests for the rest; None for anything else.
    rows_of_answer: Callable[[str, Task], ListRows | None] | None = None
    posts: bool = False  # whether its requests may be POSTs
    # Text on pages with such a list → name of the system, for pages whose scripts do not show the request.
    marks: dict[str, str] = {}
    # The same for text that other pages contain too (a search box): it only counts on pages without a report.
    marks_of_empty_pages: dict[str, str] = {}


def from_json(read: Callable[[object, Task], ListRows | None]) -> Callable[[str, Task], ListRows | None]:
    """Return a reader of text from one of decoded JSON; text that is not JSON gives None.

    The content type is ignored: the same lists come as text/html, text/xml and application/json.
    """

    def read_text(text: str, task: Task) -> ListRows | None:
        value = json_value(text)
        return None if value is None else read(value, task)

    return read_text
