"""API: the register and its certificate."""

from ninja import Router

router = Router(tags=["registration"])
