"""API: runs of the estimators."""

from ninja import Router

router = Router(tags=["estimates"])
