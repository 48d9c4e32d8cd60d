"""Pages: looking for a relative, and what is asked before anybody is sent home."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.aftercare import policies, queries, services
from mekhala.pathway.aftercare.models import FamilyTrace, Naming, ReturnHome
from mekhala.web.casework.aftercare.doing import (
    METHODS,
    acted,
    form_page,
    opened_for_support,
    posted,
)
from mekhala.web.casework.aftercare.forms import kept
from mekhala.web.casework.aftercare.home_forms import (
    FoundForm,
    GoneForm,
    HomeForm,
    NamedForm,
    ReasonsForm,
    SecondForm,
    TraceForm,
)
from mekhala.web.casework.answers import YES
from mekhala.web.casework.cases.frame import OpenCase


@login_required
@require_http_methods(METHODS)
def family(request: HttpRequest, number: str) -> HttpResponse:
    """Show which relatives are looked for, and begin to look for another."""
    opened = opened_for_support(request, number)
    case, by, at = opened.case, opened.officer, opened.now
    form = TraceForm(posted(request))
    if acted(form, lambda: services.start_trace(case, **kept(form, "agreed"), by=by, at=at)):
        return redirect("aftercare:family", number=number)
    shown = {"form": form, "traces": FamilyTrace.objects.filter(case=case)[:50]}
    return render(request, "aftercare/family.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def found(request: HttpRequest, number: str, trace_id: int) -> HttpResponse:
    """Keep how far looking came, and what a visit showed."""
    opened = opened_for_support(request, number)
    trace = get_object_or_404(FamilyTrace, pk=trace_id, case=opened.case)
    form, by, at = FoundForm(posted(request)), opened.officer, opened.now
    return form_page(
        request, opened, form,
        lambda: services.record_trace(
            trace, **kept(form, "family_wants", "is_safe"), by=by, at=at
        ),
        back="aftercare:family", heading=_("How far looking came"), button=_("Keep"),
        told=[_("A family never learns where the person is, unless the person wants it.")],
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def going_home(request: HttpRequest, number: str) -> HttpResponse:
    """Show what stands in the way of going home, and ask before it."""
    opened = opened_for_support(request, number)
    case, by, at = opened.case, opened.officer, opened.now
    form = HomeForm(posted(request), case=case)
    if acted(
        form,
        lambda: services.screen_return(
            case, form.cleaned_data["kin"], form.answers, trace=form.cleaned_data["trace"], by=by,
            at=at,
        ),
    ):  # fmt: skip
        return redirect("aftercare:going_home", number=number)
    way = queries.way_home(case)
    shown = {
        "form": form, "way": way, "past": queries.past_returns(case)[:20],
        "namings": Naming.objects.filter(case=case, taken_back_at=None),
        "can_answer": way is not None and _may_answer(way.planned, opened),
    }  # fmt: skip
    return render(request, "aftercare/going_home.html", opened.frame(request.path) | shown)


@login_required
@require_http_methods(METHODS)
def named(request: HttpRequest, number: str) -> HttpResponse:
    """Write down whom the person named; it stands in the way of going home at once."""
    opened = opened_for_support(request, number)
    form, by, at = NamedForm(posted(request)), opened.officer, opened.now
    return form_page(
        request, opened, form,
        lambda: services.name_kin(opened.case, **form.cleaned_data, by=by, at=at),
        back="aftercare:going_home", heading=_("Whom the person named"), button=_("Keep"),
        told=[
            _("Somebody close who recruited the person or handed her or him over. It accuses "
              "nobody and goes to no proceeding."),
            _("You and who holds the case for registration can read it. Others learn only that "
              "something stands in the way of going home."),
        ],
    )  # fmt: skip


@login_required
@require_http_methods(METHODS)
def decide_return(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Propose to go on with reasons, answer as the second officer, or note the day of going."""
    opened = opened_for_support(request, number)
    way = queries.way_home(opened.case)
    if way is None or step not in _STEPS:
        raise Http404
    return _STEPS[step](request, opened, way)


def _propose(request: HttpRequest, opened: OpenCase, way: queries.WayHome) -> HttpResponse:
    form, planned = ReasonsForm(posted(request)), way.planned
    return _step(
        request, opened, form,
        lambda at: services.propose_return(
            planned, form.cleaned_data["reasons"], by=opened.officer, at=at
        ),
        heading=_("Go on although something stands in the way"), button=_("Propose it"),
        told=[
            _("Another officer, a registrar, answers. Until both agree nobody is sent."),
            _("What stands in the way:"),
        ],
        told_list=[why.label for why in way.reasons],
    )  # fmt: skip


def _answer(request: HttpRequest, opened: OpenCase, way: queries.WayHome) -> HttpResponse:
    form, planned = SecondForm(posted(request)), way.planned
    return _step(
        request, opened, form,
        lambda at: services.answer_return(
            planned, agreed=form.cleaned_data["agreed"] == YES,
            reasons=form.cleaned_data["reasons"], by=opened.officer, at=at,
        ),
        heading=_("Your answer as the second officer"), button=_("Answer"),
        told=[
            _("What was proposed: %(reasons)s") % {"reasons": planned.reasons},
            _("What stands in the way:"),
        ],
        told_list=[why.label for why in way.reasons],
    )  # fmt: skip


def _gone(request: HttpRequest, opened: OpenCase, way: queries.WayHome) -> HttpResponse:
    form, planned = GoneForm(posted(request)), way.planned
    return _step(
        request, opened, form,
        lambda at: services.send_home(planned, **form.cleaned_data, by=opened.officer, at=at),
        heading=_("The person went home"), button=_("Note the day"),
        told=[_("Somebody looks in afterwards, as the person wishes.")],
    )  # fmt: skip


def _given_up(request: HttpRequest, opened: OpenCase, way: queries.WayHome) -> HttpResponse:
    form, planned = django_forms.Form(posted(request)), way.planned
    return _step(
        request, opened, form,
        lambda at: services.give_up_return(planned, by=opened.officer, at=at),
        heading=_("End this way home"), button=_("End it"),
        told=[_("The person does not want it any more, or it was a mistake.")],
    )  # fmt: skip


def _step(
    request: HttpRequest, opened: OpenCase, form: django_forms.Form,
    act: Callable[[Any], object], **words: Any,
) -> HttpResponse:  # fmt: skip
    return form_page(
        request, opened, form, lambda: act(opened.now), back="aftercare:going_home", **words
    )


_STEPS = {"propose": _propose, "answer": _answer, "gone": _gone, "end": _given_up}


def _may_answer(planned: ReturnHome, opened: OpenCase) -> bool:
    try:
        policies.check_second(opened.officer, planned)
    except policies.ActRefused:
        return False
    return True
