"""API: released tables."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from mekhala.population.publication import queries
from mekhala.population.publication.models import PublishedTable

router = Router(tags=["publication"])


class ReleasedListed(Schema):
    """A released table by its address, title and days."""

    slug: str
    title: str
    title_km: str
    period: str
    released_on: date


class ReleasedTable(ReleasedListed):
    """A released table, whole: ``count`` is null where it is hidden for privacy."""

    definition: str
    definition_km: str
    definition_version: int
    threshold: int
    withheld: dict[str, int]
    attack: dict[str, Any]
    cells: list[dict[str, Any]]


@router.get("/figures", response=list[ReleasedListed])
def figures(request: HttpRequest) -> list[PublishedTable]:  # noqa: ARG001
    """Return the released tables, the latest first."""
    return list(queries.released())


@router.get("/figures/{slug:slug}", response=ReleasedTable)
def figure(request: HttpRequest, slug: str) -> PublishedTable:  # noqa: ARG001
    """Return one released table."""
    return get_object_or_404(queries.released(), slug=slug)
