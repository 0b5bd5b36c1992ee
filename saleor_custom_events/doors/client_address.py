"""Where a request comes from: the address that limits count by.

Everybody may write `X-Forwarded-For` into a request. It is read from its right end, where the proxy next to us wrote,
and only as far as every address that wrote it is one of TRUSTED_PROXIES.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from django.http import HttpRequest

from saleor_custom_events.conf import settings

logger = logging.getLogger(__name__)
Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

#: Proxies between a client and us, at most.
MOST_HOPS = 20
#: What one subscriber is given of IPv6 (RFC 6177): whoever has one address has all of these.
SUBSCRIBER = 64


def client_address(request: HttpRequest) -> str:
    """Give the client's address, an IPv6 one by its /64; empty where it is not known.

    Not known is it behind a proxy that nobody named: a private address of the network we run in is the proxy's, and
    no client's. Loopback is somebody on this machine, and counted.
    """
    trusted = _trusted(settings.TRUSTED_PROXIES)
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    peer = _read(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return ""
    if _is_in(peer, trusted):
        client = _client_behind(peer, forwarded, trusted)
        return "" if client is None else _named(client)
    if forwarded and peer not in map(_read, forwarded.split(",")[-MOST_HOPS:]):
        # Where it is, a server in front of Django has read the header already, as uvicorn does.
        _tell_of_proxy()
    return _named(peer) if peer.is_global or peer.is_loopback else ""


def _client_behind(proxy: Address, forwarded: str, trusted: tuple[Network, ...]) -> Address | None:
    """Follow the chain of proxies back to the first address that is none of ours; None where it ends before."""
    address = proxy
    for hop in reversed(forwarded.split(",")[-MOST_HOPS:]):
        before = _read(hop)
        if before is None:
            # Those who have nonsense written there are counted together, by the proxy that let it pass.
            return address if hop.strip() else None
        address = before
        if not _is_in(address, trusted):
            return address
    return None


def _named(address: Address) -> str:
    return str(address) if address.version == 4 else str(ip_network((address, SUBSCRIBER), strict=False))


def networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Read networks: `10.0.0.0/8`, or an address alone. ValueError."""
    return tuple(ip_network(text, strict=False) for text in texts)


@lru_cache(maxsize=8)
def _trusted(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Read what can be read: what is wrong is found by the system check, and keeps no storefront from firing."""
    found: list[Network] = []
    for text in texts:
        try:
            found += networks((text,))
        except ValueError:
            logger.error("SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES: %r is no network and is left out", text)
    return tuple(found)


def _is_in(address: Address, known: tuple[Network, ...]) -> bool:
    return any(address in network for network in known)


def _read(text: str) -> Address | None:
    """Read an address as proxies write it: with a port or without, IPv6 in brackets or without."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=1)
def _tell_of_proxy() -> None:
    logger.warning(
        "A request has X-Forwarded-For and came from no trusted proxy: if there is one in front of this store, name "
        "its network in SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES, so that limits count by the clients' addresses."
    )
