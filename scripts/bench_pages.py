"""How many ordinary web pages a second: pages that are no reports, which a crawl mostly brings.

The pages are drawn here, as large and as full of styles, scripts and menus as those of newspapers. Nine of
ten are in another language; the others are documents of offices that are not reports.
"""

import html
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from random import Random

from selectolax.lexbor import LexborHTMLParser

from extractor import parse
from extractor.document import Source
from scripts.corpus.other_documents import draw_other_documents

_SYLLABLES = ("an", "ber", "con", "de", "el", "for", "ing", "ka", "lo", "mun", "ne", "or", "pre", "ra", "ty")
_DECLARED = (
    "display:none",
    "position:absolute;left:0",
    "color:#333;background:#fff",
    "float:left;width:50%",
    "padding:4px",
)
_IN_CHINESE = 10  # one page of so many


def draw_pages(count: int, seed: int) -> Iterator[bytes]:
    """Yield web pages of 40 to 160 KB that are no reports."""
    random = Random(seed)
    documents = [text.split("\n") for _, text in draw_other_documents(seed)]
    for number in range(count):
        lines = [_sentence(random) for _ in range(random.randint(30, 120))]
        if number % _IN_CHINESE == 0:
            lines = random.choice(documents)
        yield _page(lines, random).encode()


def _word(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(1, 4)))


def _sentence(random: Random) -> str:
    return " ".join(_word(random) for _ in range(random.randint(8, 60))).capitalize() + "."


def _page(lines: list[str], random: Random) -> str:
    names = [_word(random) + str(number) for number in range(200)]
    used = names[:60]
    rules = "".join(_rule(random, names) for _ in range(random.randint(150, 900)))
    script = "".join(f"window.{_word(random)}={random.randint(0, 9999)};if(a<b)c();" for _ in range(300))
    words = [_word(random) for _ in range(150)]
    links = "".join(f'<li class="{random.choice(used)}"><a href="/{word}">{word}</a></li>' for word in words)
    told = [html.escape(line) for line in lines if line]
    body = "".join(f'<div class="{random.choice(used)}"><p>{line}</p></div>' for line in told)
    head = f'<meta charset="utf-8"><title>{told[0][:60]}</title><style>{rules}</style>'
    article = f'<main class="{used[0]}"><h1>{told[0]}</h1>{body}</main>'
    return (
        f"<!DOCTYPE html><html><head>{head}<script>{script}</script></head>"
        f"<body><ul>{links}</ul>{article}<footer>{links}</footer></body></html>"
    )


def _rule(random: Random, names: list[str]) -> str:
    """Return a rule as sites have them: for one class or two, of which a page has few."""
    selector = " ".join("." + random.choice(names) for _ in range(random.randint(1, 2)))
    return f"{selector}{{{random.choice(_DECLARED)};margin:0 auto}}"


def rates(count: int, in_turn: Callable[[dict[str, Callable[[], object]], int], dict[str, float]]) -> str:
    """Return a line with the pages a second of the bare parser, of this program, and of trafilatura."""
    pages = list(draw_pages(count, 20261130))
    tasks: dict[str, Callable[[], object]] = {
        "lexbor": lambda: [LexborHTMLParser(page) for page in pages],
        "ours": lambda: [parse(Source("page", page)) for page in pages],
    }
    if find_spec("trafilatura"):
        import trafilatura

        tasks["trafilatura"] = lambda: [trafilatura.extract(page) for page in pages]
    medians = in_turn(tasks, 5)
    rate = {name: f"{count / seconds:.0f}" for name, seconds in medians.items()}
    size = sum(map(len, pages)) // count // 1024
    ours = f"{rate['ours']} | {medians['ours'] / medians['lexbor']:.1f} ×"
    return f"| {count} | {size} KB | {rate['lexbor']} | {ours} | {rate.get('trafilatura', '—')} |"
