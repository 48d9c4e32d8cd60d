"""API: support plans and follow-up."""

from ninja import Router

router = Router(tags=["aftercare"])
