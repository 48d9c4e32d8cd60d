"""A process that serves speaks to nobody outside but those named here (R-55).

Nothing of ours fetches what a stranger names; this holds when a library, or code that got in,
tries to. Python tells a hook of every name it looks up and every connection it makes (PEP 578);
what is not named is refused there, and the hook cannot be taken out again. The database is
reached by libpq, beneath Python, at its setting's address. The firewall does the same again:
docs/operations/install.md.
"""

import ipaddress
import logging
import socket
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

log = logging.getLogger(__name__)
LOOKED_UP = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
SENT = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class NotNamed(PermissionError):  # noqa: N818 - a refusal
    """Somebody outside was called whom no setting names."""


@dataclass(frozen=True)
class Named:
    """Who may be called: hosts with their ports, and sockets as they are named at the time."""

    hosts: frozenset[tuple[str, int]]
    sockets: Callable[[], Collection[str]]


_guarding: list[Named] = []


def guard(*, keys: bool = False, witnesses: Collection[str] = ()) -> None:
    """Refuse this process every connection but to ``witnesses``, and to the key service.

    May be called again: what was named first stays, and nothing is added.
    """
    if not _guarding:
        _guarding.append(Named(_places_of(witnesses), _key_socket if keys else tuple))
        sys.addaudithook(_hook)


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event in SENT:
        link, address = args[0], args[1]
        if address is not None and not _may_reach(_guarding[0], link.family, address):
            _refuse(event)
    elif event in LOOKED_UP and not _may_look_up(_guarding[0], args[0]):
        _refuse(event)


def _refuse(event: str) -> None:
    log.error("A connection out of this process was refused: %s", event)
    raise NotNamed("this process calls nobody but those its settings name")


def _may_reach(named: Named, family: int, address: Any) -> bool:
    if family == socket.AF_UNIX:
        said = address.decode(errors="replace") if isinstance(address, bytes) else str(address)
        return said in named.sockets()
    if family not in (socket.AF_INET, socket.AF_INET6):
        return False
    host, port = str(address[0]), int(address[1])
    return any(port == at and host in _addresses(name, at) for name, at in named.hosts)


def _may_look_up(named: Named, host: Any) -> bool:
    said = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
    return not said or _is_literal(said) or any(said == name for name, _port in named.hosts)


def _is_literal(host: str) -> bool:
    """Tell whether nobody is asked about it: an address, or this machine."""
    with suppress(ValueError):
        return bool(ipaddress.ip_address(host.partition("%")[0]))
    return host == "localhost"


def _addresses(name: str, port: int) -> set[str]:
    """Return the addresses of a host that is named; none where it cannot be found now."""
    with suppress(OSError):
        return {str(found[4][0]) for found in socket.getaddrinfo(name, port)}
    return set()


def _places_of(witnesses: Collection[str]) -> frozenset[tuple[str, int]]:
    """Return host and port of the witnesses that are servers."""
    parts = [urlsplit(one) for one in witnesses if one.startswith(("http://", "https://"))]
    ports = {"http": 80, "https": 443}
    return frozenset((p.hostname or "", p.port or ports[p.scheme]) for p in parts)


def _key_socket() -> Collection[str]:
    """Return where the key service listens now: it may have been started anew."""
    from django.conf import settings

    if settings.KEYS_SOCKET:
        return (settings.KEYS_SOCKET,)
    with suppress(OSError):
        return (Path(settings.KEYS_NAMED).read_text(encoding="ascii"),)
    return ()
