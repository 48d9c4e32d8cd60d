"""API: meeting somebody: opening a case."""

from ninja import Router

router = Router(tags=["encounter"])
