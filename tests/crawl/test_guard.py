"""Private networks are not entered: not by a literal address, a name, a redirect or an attachment."""

import sys
from pathlib import Path

import pytest
from crawls import HANGS, Crawl, run_to_end
from sites.pages import article, column, redirect, robots, rows, title_of
from sites.server import Site

from extractor.crawl.guard import has_private_address, is_private

INSIDE = [
    *("::127.0.0.1", "::8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "::ffff:0:127.0.0.1"),
    *(
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
    ),
    *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_a_private_network_is_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "223.5.5.5", "2400:3200::1", "64:ff9b::8.8.8.8"])
def test_an_address_of_the_internet_is_not(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
    ],
)
def test_however_a_literal_address_is_spelt_it_is_seen(host: str) -> None:
    assert has_private_address(f"http://{host}:8080/")


# Here 127.0.0.1 stands for the internet, 127.0.0.2 and the rest of the loopback network for the inside.
GUARDED = """
import socket, sys
from extractor.crawl import guard
really = guard.is_private
guard.is_private = lambda address: address != "127.0.0.1" and really(address)
names = {"inside.yunling.example": "127.0.0.2", "outside.yunling.example": "127.0.0.1"}
socket.gethostbyname = lambda name: names[name]
from extractor.cli import main
main()
"""


def run_guarded(archive: Path, *arguments: str) -> Crawl:
    options = ["-o", str(archive), "--delay", "0", "--timeout", str(HANGS)]
    return run_to_end(archive, [sys.executable, "-c", GUARDED, "crawl", *arguments, *options])


def test_no_redirect_name_or_attachment_leads_inside(tmp_path: Path) -> None:
    with Site(host="127.0.0.2") as inside, Site() as site:
        ways = {
            "literal": f"http://127.0.0.2:{inside.port}/a.pdf",
            "number": f"http://2130706434:{inside.port}/a.pdf",
            "name": f"http://inside.yunling.example:{inside.port}/a.pdf",
        }
        files = "".join(f'<a href="/{way}.pdf">附件</a>' for way in ways)
        straight = "".join(f'<a href="{url}">附件</a>' for url in ways.values())
        site.routes |= {f"/{way}.pdf": redirect(url) for way, url in ways.items()}
        site.routes["/robots.txt"] = robots()
        site.routes["/"] = column("政府信息公开年报", rows(("/1.html", title_of("云岭县档案局", 2023))))
        site.routes["/1.html"] = article("云岭县档案局", 2023, more=files + straight)
        crawl = run_guarded(tmp_path / "a", f"http://outside.yunling.example:{site.port}/")
        assert inside.log == []
        assert sorted(asked.path for asked in site.log) == sorted(
            ["/robots.txt", "/", "/zwgk/", "/1.html", *(f"/{way}.pdf" for way in ways)]
        )
    outcomes = {line["url"]: line["outcome"] for line in crawl.lines}
    assert {outcomes[url] for url in ways.values()} <= {"private", "robots_unreachable"}
    assert crawl.code == 9


def test_without_the_option_the_loopback_address_is_refused_as_a_start(tmp_path: Path) -> None:
    with Site() as site:
        words = ["crawl", site.home, "-o", str(tmp_path / "a"), "--delay", "0"]
        crawl = run_to_end(tmp_path / "a", [sys.executable, "-m", "extractor", *words])
        assert site.log == []
    assert crawl.code == 9
    assert crawl.outcome(f"{site.home}robots.txt") == "private"
