"""API: services and their places."""

from ninja import Router

router = Router(tags=["directory"])
