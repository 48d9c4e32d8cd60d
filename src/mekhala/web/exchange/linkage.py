"""API: agencies' lists and their overlaps."""

from ninja import Router

router = Router(tags=["linkage"])
