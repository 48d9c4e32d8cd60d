"""The cases open to an officer as a file: up to 20 people alone, more under two signatures.

No name is in it. Each case notes that it was taken out; the file says by whom, when, and under
which serial number.
"""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.core.check_digit import new_number
from mekhala.core.table_cells import csv_text
from mekhala.pathway.determination.queries import CaseStatus, statuses
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.encounter.queries import visible_to
from mekhala.pathway.encounter.signed_acts import ALONE, EXPORTERS
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.errors import NotSigned
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.web.casework.cases.forms import ExportForm
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.devices import device_of
from mekhala.web.officers import officer_of

HEAD = ["number", "opened_on", "sex", "age", "age_certainty", "nationality", "status",
        "exported_by", "exported_at", "serial"]  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Say how many people a file would hold; hand it out, or ask for the second signature."""
    officer, now = _exporter(request), timezone.now()
    people = visible_to(officer, now=now).count()
    form = ExportForm(request.POST if request.method == "POST" else None, alone=people <= ALONE)
    if request.method == "POST" and people and form.is_valid():
        check_fresh_sign_in(request)
        if people <= ALONE:
            return _file(officer, now, signature=None)
        with told_in(form):
            made = four_eyes.ask(
                "export.bulk", subject=officer.username, because=form.cleaned_data["because"],
                by=officer, at=now, device=device_of(request), people=people,
            )  # fmt: skip
            return asked_for(request, made)
    shown = {"people": people, "alone": people <= ALONE, "most": ALONE, "form": form}
    return render(request, "cases/export.html", shown)


@login_required
@require_POST
def export_signed(request: HttpRequest, signature_id: int) -> HttpResponse:
    """Hand the file out once, to who asked, under the second signature that was given."""
    officer, now = _exporter(request), timezone.now()
    check_fresh_sign_in(request)
    try:
        signature = four_eyes.use(
            signature_id, kind="export.bulk", subject=officer.username, by=officer, at=now
        )
        return _file(officer, now, signature=signature)
    except ActRefused:
        raise Http404 from None


def _exporter(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if officer.role not in EXPORTERS:
        raise Http404
    return officer


def _file(officer: Officer, now: datetime, *, signature: SecondSignature | None) -> HttpResponse:
    """Return the file; no more people are in it than were signed for, the oldest cases first."""
    most = signature.details["people"] if signature else ALONE
    cases = list(visible_to(officer, now=now).order_by("opened_at", "number")[:most])
    if not cases:
        raise NotSigned
    serial = new_number("EX")
    for case in cases:
        audit.record(
            "case.exported", subject=case.number, by=officer, at=now, serial=serial,
            signature=signature.pk if signature else None,
        )  # fmt: skip
    answer = HttpResponse(_as_csv(cases, officer, now, serial), "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{serial}.csv"'
    return answer


def _as_csv(cases: list[Case], officer: Officer, now: datetime, serial: str) -> str:
    status_of = statuses(case.number for case in cases)
    mark = [officer.username, now.isoformat(timespec="seconds"), serial]
    rows = [
        [
            case.number, timezone.localdate(case.opened_at).isoformat(), case.sex, case.age,
            case.age_certainty, case.nationality, _code(status_of[case.number]), *mark,
        ]
        for case in cases
    ]  # fmt: skip
    return "\ufeff" + csv_text([HEAD, *rows])


def _code(status: CaseStatus | None) -> str:
    return status.value if status else ""
