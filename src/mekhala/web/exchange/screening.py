"""API: what was asked and seen."""

from ninja import Router

router = Router(tags=["screening"])
