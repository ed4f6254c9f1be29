"""Which network an address is of: what somebody who tries passwords cannot change for another as often as they like."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network


def home(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one, in which a single line has 18 billion
    billion to choose from. What is no address stands for itself."""
    return _network(address, 64)


def site(address: str) -> str | None:
    """The /48 of an IPv6 address, which a single customer may hold; None for any other."""
    found = _network(address, 48)
    return found if found.endswith("/48") else None


def _network(address: str, bits: int) -> str:
    plain = address.partition("%")[0]
    try:
        found = IPv6Address(plain)
    except AddressValueError:
        return _four(plain)
    return str(found.ipv4_mapped or IPv6Network((found, bits), strict=False))


def _four(address: str) -> str:
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        return address
