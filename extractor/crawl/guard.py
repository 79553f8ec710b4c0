"""Refuses private, loopback and link-local addresses.

A literal address is refused before the request is made, a name when it is resolved. The address
that is checked is the one connected to, so that neither a redirect nor a name that changes its
address (DNS rebinding) can reach a private network.
"""

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

_WRAPPED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 inside IPv6, by translation (NAT64)
# IPv4 inside IPv6, forms not routed publicly: compatible, translated, NAT64 of one network.
_INSIDE = tuple(map(ipaddress.ip_network, ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48")))


REFUSED_NAMES: set[str] = set()


class PrivateAddress(DNSLookupError):
    """The address, or the one that the name resolves to, belongs to a private network."""


def is_private(address: str) -> bool:
    """Return whether an IP address is not on the public internet.

    >>> is_private("10.0.0.1"), is_private("::ffff:127.0.0.1"), is_private("203.0.112.9")
    (True, True, False)
    """
    value = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(value, ipaddress.IPv6Address):
        if any(value in network for network in _INSIDE):
            return True
        if value.ipv4_mapped:
            value = value.ipv4_mapped
        elif value.sixtofour:
            value = value.sixtofour
        elif value in _WRAPPED:
            value = ipaddress.IPv4Address(int(value) & 0xFFFFFFFF)
    return not value.is_global or value.is_multicast


def literal_address(url: str) -> str | None:
    """Return the IP address written as the host of a URL, in any notation; None if it is a name.

    >>> literal_address("http://2130706433/"), literal_address("http://0x7f.1/"), literal_address("http://a.example/")
    ('127.0.0.1', '127.0.0.1', None)
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(
            socket.inet_aton(host)
        )  # 0x7f.1, 017700000001: browsers and resolvers accept these
    except OSError:
        return None


def has_private_address(url: str) -> bool:
    """Return whether a URL's host is written as an address of a private network."""
    address = literal_address(url)
    return address is not None and is_private(address)


class PublicResolver(CachingThreadedResolver):
    """Resolves names as Scrapy does, but refuses those that resolve to private addresses."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802
        """Return a deferred public address; it fails with PrivateAddress otherwise."""
        answer: Deferred[str] = super().getHostByName(name, timeout)
        answer.addCallback(_only_public, name)
        return answer


def _only_public(address: Any, name: str) -> Any:
    if is_private(str(address)):
        # Twisted drops the reason of a failed look-up, so it is logged here.
        REFUSED_NAMES.add(name)
        raise PrivateAddress(str(address))
    return address
