"""Pages of workers' files: complaints, a case, the contract, being asked after."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mekhala.core.vocabulary.countries import country_name
from mekhala.pathway.labour_migration import flags, policies, queries, taking_back
from mekhala.pathway.labour_migration import workers as acts
from mekhala.pathway.labour_migration.models import AskAfter, Departure, Worker
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.answers import KEPT
from mekhala.web.casework.labour_migration import worker_forms as forms
from mekhala.web.casework.labour_migration.acting import acted
from mekhala.web.casework.labour_migration.taking_back import TakeBackForm
from mekhala.web.officers import officer_of

METHODS = ["GET", "HEAD", "POST"]
ACTS: dict[str, tuple[Any, Any]] = {
    "work": (gettext_lazy("Keep through whom she or he went where"), forms.DeploymentForm),
    "work-back": (gettext_lazy("Take back where she or he went"), TakeBackForm),
    "complaint": (gettext_lazy("Another complaint"), forms.WorkersComplaintForm),
    "case": (gettext_lazy("Open a case, with the worker's yes"), forms.CaseForm),
    "flag": (gettext_lazy("Ask about signs, and refer"), forms.FlagForm),
    "contract": (gettext_lazy("Keep a departure and the contract"), forms.DepartureForm),
    "ask-after": (gettext_lazy("Wants to be asked after"), forms.AskAfterForm),
}


@login_required
@require_http_methods(METHODS)
def workers(request: HttpRequest) -> HttpResponse:
    """List the workers' files open to the officer; open a new one."""
    officer = _officer(request)
    if request.method == "POST":
        made = acts.open_file(by=officer, at=timezone.now())
        return redirect("recruitment:worker", worker=made.number)
    found = queries.workers(officer, now=timezone.now())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "recruitment/workers.html", {"page": page})


@login_required
@require_http_methods(METHODS)
def complain(request: HttpRequest) -> HttpResponse:
    """Take a complaint of an agency: by a worker, a family or a consul."""
    officer = _officer(request)
    form = forms.ComplaintForm(request.POST if request.method == "POST" else None)
    kept: list[Any] = []
    if acted(form, lambda: kept.append(
        acts.complain(**_complaint(form), by=officer, at=timezone.now())
    )):  # fmt: skip
        return redirect("recruitment:worker", worker=kept[0].worker_id)
    shown = {"title": _("A complaint"), "form": form, "back_url": reverse("recruitment:workers")}
    return render(request, "recruitment/form.html", shown)


@login_required
@require_safe
def worker(request: HttpRequest, worker: str) -> HttpResponse:
    """Show what a worker left with us; the words of a complaint to whom they are open."""
    officer = _officer(request)
    one = _file(officer, worker)
    audit.record("departure.opened", subject=one.number, by=officer, at=timezone.now())
    went = list(queries.deployments_of(one))
    left_out = {
        "flag" if not one.case_id else "case",
        "" if queries.standing_of(went) else "work-back",
    }
    shown = {
        "one": one, "signs": flags.last_asked(one), "complaints": list(queries.complaints_of(one)),
        "departures": [
            (d, country_name(d.country, get_language() or "en")) for d in queries.departures_of(one)
        ],
        "asked_after": list(one.asked_after.prefetch_related("askings")),
        "deployments": [
            (d, country_name(d.employer.country, get_language() or "en"))
            for d in went
        ],
        "acts": [(name, title) for name, (title, _form) in ACTS.items() if name not in left_out],
    }  # fmt: skip
    return render(request, "recruitment/worker.html", shown)


@login_required
@require_http_methods(METHODS)
def act(request: HttpRequest, worker: str, matter: str) -> HttpResponse:
    """Do one act for a worker."""
    officer = _officer(request)
    one = _file(officer, worker)
    if matter not in ACTS:
        raise Http404
    title, kind = ACTS[matter]
    told = (request.POST, request.FILES) if request.method == "POST" else ()
    form = kind(*told, **_known(matter, one))
    if acted(form, lambda: _do(matter, one, form, officer)):
        return redirect("recruitment:worker", worker=one.number)
    shown = {
        "title": title, "form": form, "has_file": matter == "contract", "back_url": _page_of(one),
    }  # fmt: skip
    return render(request, "recruitment/form.html", shown)


@login_required
@require_http_methods(["POST"])
def contract(request: HttpRequest, worker: str, departure_id: int) -> HttpResponse:
    """Hand out the contract, to be printed for the worker; the day is kept."""
    officer, now = _officer(request), timezone.now()
    one = _file(officer, worker)
    found = get_object_or_404(
        Departure.objects.select_related("worker"), pk=departure_id, worker=one
    )
    if not found.contract_kind:
        raise Http404
    content = acts.give_copy(found, on=timezone.localdate(now), by=officer, at=now)
    answer = HttpResponse(content, content_type=found.contract_kind)
    answer["Content-Disposition"] = 'attachment; filename="contract"'
    return answer


@login_required
@require_http_methods(METHODS)
def asking(request: HttpRequest, worker: str, ask_id: int) -> HttpResponse:
    """Keep what came of asking: the person first."""
    officer = _officer(request)
    one = _file(officer, worker)
    found = get_object_or_404(AskAfter.objects.select_related("worker"), pk=ask_id, worker=one)
    form = forms.AskingForm(request.POST if request.method == "POST" else None)
    if acted(form, lambda: acts.record_asking(
        found, **form.cleaned_data, by=officer, at=timezone.now()
    )):  # fmt: skip
        return redirect("recruitment:worker", worker=one.number)
    shown = {"title": _("How is she or he?"), "form": form, "back_url": _page_of(one)}
    return render(request, "recruitment/form.html", shown)


def _known(matter: str, one: Worker) -> dict[str, Any]:
    """Return what a form lets choose from."""
    names = {"complaint": "deployments", "work-back": "rows"}
    if matter not in names:
        return {}
    return {names[matter]: queries.standing_of(queries.deployments_of(one))}


def _do(act: str, one: Worker, form: Any, officer: Officer) -> None:
    said, now = dict(form.cleaned_data), timezone.now()
    if act == "complaint":
        acts.complain(**_complaint(form), worker=one, by=officer, at=now)
    elif act == "work":
        acts.record_deployment(one, **said, by=officer, at=now)
    elif act == "work-back":
        taking_back.take_back_deployment(said["what"], said["because"], by=officer, at=now)
    elif act == "flag":
        flags.screen(one, **form.told(), by=officer, at=now)
    elif act == "case":
        yes = KEPT.get(said.pop("worker_says_yes"))
        acts.open_case(one, worker_says_yes=yes, met_at=now, by=officer, at=now, person=said)
    elif act == "contract":
        content = said.pop("contract")
        said["contract"] = content.read() if content else b""
        acts.keep_departure(one, **said, by=officer, at=now)
    else:
        acts.ask_after(one, **said, by=officer, at=now)


def _complaint(form: forms.ComplaintForm) -> dict[str, Any]:
    said = form.cleaned_data
    return said | {"labour_may_read": KEPT.get(said["labour_may_read"])}


def _page_of(one: Worker) -> str:
    return reverse("recruitment:worker", args=[one.number])


def _officer(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not policies.takes_complaints(officer):
        raise Http404
    return officer


def _file(officer: Officer, number: str) -> Worker:
    return get_object_or_404(queries.workers(officer, now=timezone.now()), number=number)
