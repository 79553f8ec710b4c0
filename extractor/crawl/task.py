"""What is asked of a server, and what came back: the two types the other modules exchange."""

from typing import Literal

from msgspec import Struct

Role = Literal[
    "robots",  # robots.txt of an origin
    "page",  # a home page or a column: read only for its links
    "list",  # rows that a column's script would have asked for
    "candidate",  # a page or file that its link calls a report
    "part",  # a further page of a report
    "attachment",  # a file of a report
    "resource",  # what the scripts of a page load, for the browser
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
    body: str = ""  # only of a POST
    asked: str = ""  # key of the query, if the body also has parts that change with every answer
    content_type: str = ""  # of the body
    depth: int = 0
    found_on: str | None = None
    why: str = ""  # in Chinese
    label: str = ""  # what the link calls it
    owner: str | None = None  # the report page that a part or an attachment belongs to
    strong: bool = False  # whether it lies in a column of annual reports
    paging: int = 0  # 0: not a further page of a list; n: its n-th page
    guessed: bool = False  # no link says that this page exists
    unsure: bool = False  # a row in a column of reports whose text does not name a report
    unit: str = ""  # the department or town in whose column it lies
    unit_depth: int = 0  # the depth of that column's first page
    family: str = ""  # which family of lists/ understands the answer
    context: dict[str, str] = {}  # state that the family needs to read the answer
    hops: int = 0  # redirects behind it

    @property
    def method(self) -> str:
        """POST if there is a body, else GET."""
        return "POST" if self.body else "GET"

    @property
    def question(self) -> str:
        """A key that distinguishes POSTs to one address, stable over runs; "" for a GET."""
        return self.asked or self.body


class Answer(Struct, frozen=True):
    """What a server sent. `body` is free of its Content-Encoding, `raw` is as it came."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    problem: str = ""  # why the body cannot be trusted: bomb, bad_encoding

    def header(self, name: str) -> str:
        """Return the first header of that name, whatever its case; "" where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


class Judgement(Struct, frozen=True):
    """What an answer is, and where it leads."""

    outcome: str
    title: str = ""
    agency: str = ""
    year: int | None = None
    edition: str = ""  # html, part, or a kind of file
    published: str = ""  # ISO date, if page or address has one
    text_sha256: str = ""  # of the article's text alone, without the page around it
    found: tuple[Task, ...] = ()
    note: str = ""  # in Chinese


# Outcomes that keep a report or a piece of one.
TAKEN = frozenset({"report", "attachment"})

# Outcomes by which the server refuses access.
REFUSALS = frozenset({"challenge", "blocked", "captcha"})

# Outcomes worth asking again.
PASSING = frozenset({"timeout", "reset", "truncated", "server_error", "rate_limited", "dns"})

# Outcomes of a page that is there but was not read: what it leads to is not known.
UNREAD = PASSING | REFUSALS | {"tls", "robots_unreachable", "needs_browser", "shell", "crash", "unexplored"}

# Outcomes that lost nothing, though nothing was kept.
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
