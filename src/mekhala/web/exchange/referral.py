"""API: asking a service, answering, need unmet."""

from ninja import Router

router = Router(tags=["referral"])
