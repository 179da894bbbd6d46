"""Dialling out to an address that somebody else wrote: only public ones, and the very one that was checked."""

import ipaddress
import socket
from collections.abc import Sequence


class NotPublic(ValueError):
    """The name leads into a private network: whoever wrote it may not make this machine call there."""


def place_of(host: str, port: int, allowed: Sequence[str] = (), *, loopback: bool = False) -> str:
    """The address to dial for a host. Every address of the name must be allowed, so that none slips in later.

    `allowed`: networks (CIDR) that the installation names; `loopback`: this machine too (demonstrations, tests).
    Raises NotPublic, OSError (the name is not found).
    """
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_dial(one, allowed, loopback=loopback) for one in found):
        raise NotPublic(host)
    return min(found, key=lambda one: ":" in one)


def may_dial(address: str, allowed: Sequence[str] = (), *, loopback: bool = False) -> bool:
    """Whether a resolved address may be dialled."""
    place = ipaddress.ip_address(address.partition("%")[0])
    place = getattr(place, "ipv4_mapped", None) or place
    if any(place in ipaddress.ip_network(network) for network in allowed):
        return True
    if place.is_loopback:
        return loopback
    return place.is_global and not place.is_multicast
