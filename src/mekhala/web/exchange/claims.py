"""API: published figures and whence they come."""

from ninja import Router

router = Router(tags=["claims"])
