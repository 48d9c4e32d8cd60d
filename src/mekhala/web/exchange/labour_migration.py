"""API: how recruitment agencies stand today."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from mekhala.pathway.labour_migration import queries

router = Router(tags=["labour_migration"])
PER_PAGE = 50


class RecruiterOut(Schema):
    """An agency; ``standing``: licensed, unlicensed, suspended or removed."""

    register_number: str
    name: str
    standing: str
    licensed_until: date | None


@router.get("/recruiters", response=list[RecruiterOut])
def recruiters(
    request: HttpRequest,  # noqa: ARG001
    page: int = Query(1, ge=1, le=100_000),
) -> list[dict[str, object]]:
    """List agencies by name, 50 a page, with how each stands today."""
    today, first = timezone.localdate(), (page - 1) * PER_PAGE
    return [
        {
            "register_number": one.register_number, "name": one.name,
            "standing": queries.standing(one, today),
            "licensed_until": queries.licensed_until(one.licences.all()),
        }
        for one in queries.recruiters()[first : first + PER_PAGE]
    ]  # fmt: skip
