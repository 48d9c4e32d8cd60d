"""From which address somebody asks, as far as our own proxies tell. Used once, never kept."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the address of who asks.

    Each proxy adds, at the end of ``X-Forwarded-For``, the address that spoke to it. What
    stands before those of our ``PROXIES`` was written by who asks, and is not believed.
    """
    told = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    proxies = getattr(settings, "PROXIES", 0)
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
