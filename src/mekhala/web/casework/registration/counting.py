"""Page: entries in the register by month, with the definition of what is counted."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mekhala.pathway.registration import counts, duty
from mekhala.population.publication import words
from mekhala.safeguards.agencies.models import Agency
from mekhala.web.casework.counting import year_asked
from mekhala.web.officers import officer_of

FIRST_YEAR = 2000
CAPTIONS = {
    "referrer": gettext_lazy("By the agency that opened the case"),
    "exploitation": gettext_lazy("By form of exploitation"), "sex": gettext_lazy("By sex"),
    "age_band": gettext_lazy("By age"),
}  # fmt: skip


@login_required
@require_safe
def entered(request: HttpRequest) -> HttpResponse:
    """Show the ministry a year of the register, month by month; for others it is not there."""
    if not duty.may_oversee(officer_of(request)):
        raise Http404
    this_year, year = timezone.localdate().year, year_asked(request, first=FIRST_YEAR)
    found = counts.entered(year)
    names = {one.code: str(one) for one in Agency.objects.all()} if found.everybody.people else {}
    shown = {
        "year": year, "years": range(this_year, this_year - 5, -1),
        "people": found.everybody.people, "definition": words.DEFINITION,
        "version": words.DEFINITION_VERSION,
        "tables": [_table(name, found, names) for name in counts.DIMENSIONS],
        "head": [_("Group"), *(_number(str(MONTHS_3[month])) for month in counts.MONTHS),
                 _number(_("Year"))],
    }  # fmt: skip
    return render(request, "registration/counts.html", shown)


def _table(name: str, found: counts.Year, names: dict[str, str]) -> dict[str, Any]:
    lines = [*found.by[name], found.everybody]
    return {"caption": CAPTIONS[name], "rows": [_row(name, line, names) for line in lines]}


def _row(name: str, line: counts.Line, names: dict[str, str]) -> list[Any]:
    if not line.category:
        said = _("Everybody")
    else:
        said = names.get(line.category) or words.label_of(name, line.category)
    return [said, *(_number(str(count)) for count in (*line.months, line.people))]


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
