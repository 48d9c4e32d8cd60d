"""API: agencies and officers, as the office keeps them."""

from django.http import HttpRequest
from ninja import ModelSchema, Router, Schema
from ninja.pagination import PageNumberPagination, paginate

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.policies import check_may_administer
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.officers import officer_of

router = Router(tags=["office"])


class AgencyOut(ModelSchema):
    """One organisation."""

    class Meta:
        """What is shown of it."""

        model = Agency
        fields = ["code", "name", "name_km", "kind", "province_code", "is_active"]


class OfficerOut(Schema):
    """One officer: post, role, agency. Never a password or a name."""

    username: str
    shown_as: str
    role: str
    agency: str
    is_active: bool

    @staticmethod
    def resolve_agency(officer: Officer) -> str:
        """Return the code of the officer's agency."""
        return officer.agency.code


@router.get("/agencies", response=list[AgencyOut], summary="Agencies")
@paginate(PageNumberPagination, page_size=100)
def agencies(request: HttpRequest) -> object:  # noqa: ARG001
    """List the organisations that take part."""
    return Agency.objects.order_by("code")


@router.get("/officers", response=list[OfficerOut], summary="Officers")
@paginate(PageNumberPagination, page_size=100)
def officers(request: HttpRequest) -> object:
    """List the officers; for administrators."""
    check_may_administer(officer_of(request))
    return Officer.objects.select_related("agency").order_by("username")
