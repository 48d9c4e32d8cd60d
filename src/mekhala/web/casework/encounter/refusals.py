"""How many people did not want to go on, for statisticians; and the paper with numbers to call."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mekhala.core.vocabulary.places import province_name
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.encounter.queries import DIMENSIONS_OF_REFUSAL, refusals
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.web.casework.counting import statisticians_only, year_asked

TITLES = {
    "month": _("Month"), "province_code": _("Province"), "agency_kind": _("Kind of agency"),
    "age_band": _("Age"), "sex": _("Sex"),
}  # fmt: skip
BANDS = {"0-17": _("Under 18"), "18+": _("18 or older"), "unknown": _("Not known")}
FIRST_YEAR = 2000


@require_safe
@statisticians_only
def counted(request: HttpRequest) -> HttpResponse:
    """Show a year of refusals by one property at a time; counts below ten are not shown."""
    this_year = timezone.localdate().year
    year = year_asked(request, first=FIRST_YEAR)
    tables = [
        {
            "title": TITLES[by],
            "rows": [(_word(by, r.category), r.people) for r in refusals(year, by)],
        }
        for by in DIMENSIONS_OF_REFUSAL
    ]
    years = range(this_year, this_year - 5, -1)
    shown: dict[str, Any] = {"year": year, "tables": tables, "years": years}
    return render(request, "encounter/refusals.html", shown)


@require_safe
@login_required
def numbers(request: HttpRequest) -> HttpResponse:
    """Show the paper with numbers to call. It says nothing of what it is for."""
    return render(request, "encounter/numbers.html", {"numbers": settings.HELP_NUMBERS})


def _word(by: str, code: str) -> str:
    if by == "province_code":
        return province_name(code, get_language() or "en")
    words: dict[str, dict[str, Any]] = {
        "agency_kind": dict(AgencyKind.choices), "age_band": BANDS, "sex": dict(Sex.choices),
    }  # fmt: skip
    return str(words.get(by, {}).get(code, code))
