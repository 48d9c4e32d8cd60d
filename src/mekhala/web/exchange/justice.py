"""API: proceedings, accused, charges, steps."""

from ninja import Router

router = Router(tags=["justice"])
