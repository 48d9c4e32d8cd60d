"""The list of cases, one case's overview, its history, and the name."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from mekhala.pathway.encounter.signed_acts import EXPORTERS
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import queries as log
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.unsealing.queries import told_to_the_person
from mekhala.safeguards.unsealing.services import ACT as LAW
from mekhala.web.casework.cases import acts, listing
from mekhala.web.casework.cases import looks as seen
from mekhala.web.casework.cases.forms import FindForm
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.cases.overview import overview_of
from mekhala.web.casework.copies import copy_taken
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.officers import officer_of

PAGE = 50


@login_required
@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases open to the officer, the newest first, without names."""
    page = listing.page_of(
        officer_of(request),
        now=timezone.now(),
        page=request.GET.get("page"),
        show=request.GET.get("show", ""),
    )
    may = officer_of(request).role in EXPORTERS
    shown = {"listed": page, "find": FindForm(), "may_export": may}
    return render(request, "cases/list.html", shown)


@login_required
@require_GET
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """Show where a case stands and what happens next; the look is noted."""
    return render(
        request, "cases/overview.html", overview_of(opened_case(request, number), request)
    )


@login_required
@require_GET
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Show the acts about a case: which, when and by which agency; no officer is named."""
    opened = opened_case(request, number)
    entries = log.acts_about(number, acts.told_for(opened.purposes))
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    codes = {entry.agency for entry in page}
    names = {a.code: str(a) for a in Agency.objects.filter(code__in=codes)}
    events = [
        {"title": acts.WORDS[e.act][0], "at": e.at, "when": listing.day_and_time(e.at),
         "byline": names.get(e.agency, _("The system"))}
        for e in page
    ]  # fmt: skip
    context = opened.frame(request.path) | {"page": page, "events": events}
    return render(request, "cases/history.html", context)


@login_required
@require_GET
def looks(request: HttpRequest, number: str) -> HttpResponse:
    """Show who looked at a case, when and for what; reading it is a look, noted like any other."""
    opened = opened_case(request, number, purposes=seen.TOLD_TO)
    page = Paginator(log.looks_at(number), PAGE).get_page(request.GET.get("page"))
    context = opened.frame(request.path) | {"page": page, "rows": seen.told(list(page))}
    return render(request, "cases/looks.html", context)


@login_required
@require_GET
@copy_taken
def looks_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Show the paper for the person or counsel: agencies and roles that looked, no officer."""
    opened = opened_case(request, number, purposes=seen.TOLD_TO)
    looks = log.looks_at(number)
    context = opened.frame() | {"parties": seen.by_agency(looks), "now": opened.now}
    if any(look.act == LAW for look in looks):
        context["given"] = told_to_the_person(number, today=timezone.localdate(opened.now))
    return render(request, "cases/looks_paper.html", context)


@login_required
@require_POST
@after_fresh_sign_in
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Show the name once; who asked, and under which purpose, is noted before it is seen."""
    opened = opened_case(request, number)
    purposes = ",".join(sorted(p.value for p in opened.purposes))
    if FieldClass.IDENTITY.value in opened.not_shared:
        return render(request, "cases/name.html", opened.frame())
    try:
        name = identities.show(number, by=opened.officer, at=opened.now, purpose=purposes)
        shown: dict[str, object] = {"identity": name}
    except ActRefused as refusal:
        shown = {"refused": refusal}
    return render(request, "cases/name.html", opened.frame() | shown)
