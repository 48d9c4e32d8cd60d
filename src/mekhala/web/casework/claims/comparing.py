"""Pages: one quantity from several sources side by side, and what figures are counted out of."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mekhala.core.provenance.beside import Beside, Other
from mekhala.core.provenance.beside import beside as side_by_side
from mekhala.core.provenance.claim import Claim
from mekhala.core.provenance.parts import Part
from mekhala.core.provenance.wholes import Whole
from mekhala.core.provenance.wholes import wholes as all_wholes
from mekhala.population.claims import queries
from mekhala.web.casework.claims.asked import Asked

MOST, PER_PAGE = 200, 25
LEVEL = 0.95


@require_safe
@login_required
def beside(request: HttpRequest) -> HttpResponse:
    """Show the figures asked for side by side, with how far each is from each other."""
    kept = queries.kept()
    asked = Asked.of(request.GET)
    found = asked.narrowed(queries.traced(kept)) if asked.narrows else []
    shown = {
        "asked": asked, "chains": queries.chains(kept), "all": len(kept), "most": MOST,
        "too_many": len(found) > MOST, "found": len(found),
        "groups": [
            {"first": group[0].claim, "rows": [_row(one) for one in group]}
            for group in side_by_side([one.claim for one in found[:MOST]])
        ],
    }  # fmt: skip
    return render(request, "claims/beside.html", shown)


@require_safe
@login_required
def wholes(request: HttpRequest) -> HttpResponse:
    """Show what figures are counted out of, with source, year and the sum of the parts."""
    page = Paginator(all_wholes(queries.kept()), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "claims/wholes.html", {"page": page, "wholes": [_whole(one) for one in page]}
    )


def _row(one: Beside) -> dict[str, Any]:
    return {"claim": one.claim, "others": [_other(other) for other in one.others]}


def _other(one: Other) -> dict[str, Any]:
    if one.difference == 0:
        told = _("no difference")
    else:
        told = (_("%(by)s more") if one.difference > 0 else _("%(by)s less")) % {
            "by": _plain(abs(one.difference))
        }
    return {"other": one, "told": told}


def _whole(one: Whole) -> dict[str, Any]:
    return {
        "whole": one, "sum": _sum(one),
        "parts": [{"claim": part, "share": _share(one, part)} for part in one.parts],
        "base_of": [{"claim": part, "told": _of_base(part)} for part in one.base_of],
    }  # fmt: skip


def _sum(one: Whole) -> str:
    """Return the sum of the parts, written out, and whether it gives the whole."""
    if one.total is None or one.difference is None:
        return ""
    told = {"parts": " + ".join(_plain_of(part) for part in one.parts), "total": _plain(one.total)}
    if one.difference == 0:
        return _("%(parts)s = %(total)s, as printed") % told
    differs = {"by": _plain(abs(one.difference)), "printed": _plain_of(one.claim)}
    return _("%(parts)s = %(total)s; %(printed)s is printed, %(by)s apart") % (told | differs)


def _share(whole: Whole, part: Claim) -> str:
    share = whole.share(part)
    return "" if share is None else _("%(share)s %%") % {"share": _percent(share)}


def _of_base(one: Claim) -> str:
    """Return a share as a count out of its base with its interval; empty where it cannot be."""
    from mekhala.core.estimation.proportion import wilson  # scipy is loaded when wanted

    part = Part(one)
    if part.count is None or not part.base or part.count > part.base:
        return ""
    low, high = wilson(part.count, part.base, LEVEL)
    told = {"count": part.count, "base": part.base, "low": _percent(low), "high": _percent(high)}
    return _("%(count)s of %(base)s; interval of 95 %%: %(low)s to %(high)s %%") % told


def _percent(share: float) -> str:
    return number_format(100 * share, 1)


def _plain_of(one: Claim) -> str:
    return _plain(one.numbers[0]) if one.numbers else one.value


def _plain(value: float) -> str:
    whole = value == int(value)
    return number_format(int(value) if whole else value, 0 if whole else 2, force_grouping=True)
