"""API: the authority's file: findings, readings, decision, reasons."""

from ninja import Router

router = Router(tags=["determination"])
