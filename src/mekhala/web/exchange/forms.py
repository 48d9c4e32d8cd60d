"""API: forms: upload, versions, filling, submissions."""

from ninja import Router

router = Router(tags=["forms"])
