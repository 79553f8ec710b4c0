"""What is requested from a server, and what came back: the two types that the other modules exchange."""

from typing import Literal

from msgspec import Struct

Role = Literal[
    "robots",  # robots.txt of an origin
    "page",  # a home page or a column: only read for its links
    "list",  # rows that a column's script would request
    "candidate",  # a page or file that its link names as a report
    "part",  # a further page of a report
    "attachment",  # a file of a report
    "resource",  # something that the scripts of a page load, for the browser
]

PRIORITY: dict[str, int] = {
    "robots": 0,
    "resource": 1,
    "part": 1,
    "attachment": 1,
    "candidate": 2,
    "list": 3,
    "page": 4,
}


class Task(Struct, frozen=True):
    """One request to make, and why."""

    url: str
    role: Role = "page"
    body: str = ""  # only for POST
    asked: str = ""  # key of the query, if the body also has parts that change with every answer
    content_type: str = ""  # of the body
    depth: int = 0
    found_on: str | None = None
    why: str = ""  # in Chinese
    label: str = ""  # what the link calls it
    listed: str = ""  # ISO date beside the link in a list
    owner: str | None = None  # the report page that a part or an attachment belongs to
    strong: bool = False  # whether it is in a column of annual reports
    paging: int = 0  # 0: not a further page of a list; n: its n-th page
    guessed: bool = False  # no link says that this page exists
    unsure: bool = False  # a row in a column of reports whose text does not name a report
    unit: str = ""  # the department or town whose column it is in
    unit_depth: int = 0  # the depth of that column's first page
    family: str = ""  # the list family that reads the answer
    context: dict[str, str] = {}  # state that the family needs to read the answer
    hops: int = 0  # redirects so far

    @property
    def method(self) -> str:
        """POST if there is a body, else GET."""
        return "POST" if self.body else "GET"

    @property
    def question(self) -> str:
        """A key that distinguishes POSTs to one address, stable over runs; "" for a GET."""
        return self.asked or self.body


class Answer(Struct, frozen=True):
    """The answer of a server. `body` is without Content-Encoding, `raw` is as received."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    problem: str = ""  # why the body cannot be trusted: bomb, bad_encoding

    def header(self, name: str) -> str:
        """Return the first header of that name in any case; "" if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


class Judgement(Struct, frozen=True):
    """What an answer is, and the tasks that follow from it."""

    outcome: str
    title: str = ""
    agency: str = ""
    year: int | None = None
    edition: str = ""  # html, part, or a kind of file
    published: str = ""  # ISO date, if page or address has one
    text_sha256: str = ""  # of the article's text alone, without the page around it
    found: tuple[Task, ...] = ()
    note: str = ""  # in Chinese


# Outcomes that keep a report or a part of one.
TAKEN = frozenset({"report", "attachment"})

# Outcomes by which the server refuses access.
REFUSALS = frozenset({"challenge", "blocked", "captcha"})

# Outcomes after which the request is repeated.
PASSING = frozenset({"timeout", "reset", "truncated", "server_error", "rate_limited", "dns"})

# Outcomes of pages that exist but were not read, so that it is unknown where they lead.
UNREAD = PASSING | REFUSALS | {"tls", "robots_unreachable", "needs_browser", "shell", "crash", "unexplored"}

# Outcomes without loss, although nothing was kept.
HARMLESS = frozenset(
    {
        "report",
        "attachment",
        "column",
        "page",
        "list",
        "redirect",
        "robots",
        "resource",
        "outside",
        "no_more",
        "not_a_report",
    }
)
