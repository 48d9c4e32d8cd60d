"""How many went where through agencies, and what complaints say of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mekhala.core.estimation.rates import FEWEST, Rate
from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.labour_migration import volume as counts
from mekhala.web.charts import whole
from mekhala.web.officers import officer_of

YEARS = 3


@login_required
@require_safe
def volume(request: HttpRequest) -> HttpResponse:
    """Show placements by country and half-year, and complaints by kind per 1,000 placements."""
    officer_of(request)
    today = timezone.localdate()
    since = today.replace(year=today.year - YEARS, month=1, day=1)
    halves, found = counts.by_country(since=since, until=today)
    shown = {
        "since": since, "today": today, "fewest": FEWEST,
        "volume_head": [_("Country"), *(_number(_half(h)) for h in halves), _number(_("All")),
                        _number(_("Share of all"))],
        "volume": [_row(one, halves) for one in found],
        "kinds_head": [_("What is said"), _number(_("Complaints")), _number(_("Placements")),
                       _("Per 1,000, from … to …")],
        "kinds": [_kind(str(kind.label), told)
                  for kind, told in counts.by_kind(since=since, until=today)],
    }  # fmt: skip
    return render(request, "recruitment/volume.html", shown)


def _half(half: counts.HalfYear) -> str:
    said = _("%(year)s, first half") if half.half == 1 else _("%(year)s, second half")
    return said % {"year": half.year}


def _row(one: counts.Volume, halves: list[counts.HalfYear]) -> list[Any]:
    share = "" if one.share is None else _("%(share)s %%") % {"share": f"{100 * one.share:.1f}"}
    numbers = [whole(one.by_half[half]) for half in halves]
    return [country_name(one.country, get_language() or "en"),
            *map(_number, [*numbers, whole(one.people), share])]  # fmt: skip


def _kind(words: str, told: Rate) -> list[Any]:
    said = _("Too few placements for a rate")
    if told.rate is not None:
        said = f"{told.rate:.1f} ({told.low:.1f} … {told.high:.1f})"
    return [words, _number(whole(told.events)), _number(whole(told.size)), said]


def _number(text: str) -> dict[str, Any]:
    return {"text": text, "numeric": True}
