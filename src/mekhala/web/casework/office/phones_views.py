"""A phone of one's own: given out here. ODK Collect scans its password, shown this once; in a
browser a short code is typed, good for ten minutes, and the password goes there unseen.

Only the officer who will carry it: whoever holds a phone's password sends in that officer's name,
so an administrator ends phones and never gives one out.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.forms.policies import may_answer
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Device, DeviceKind, Officer
from mekhala.web import collect
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.office.forms import PhoneForm
from mekhala.web.officers import officer_of


@login_required
@require_http_methods(["GET", "POST"])
def new_phone(request: HttpRequest) -> HttpResponse:
    """Ask what the phone is called and speaks; then show, this once, what it scans."""
    by = officer_of(request)
    if not may_answer(by):
        raise Http404
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        try:
            return _given_out(request, by, **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "office/new_phone.html", {"form": form})


def _given_out(request: HttpRequest, by: Officer, *, kind: str, **said: str) -> HttpResponse:
    if kind == DeviceKind.BROWSER:
        _device, code = devices.invite(by, at=timezone.now(), **said)
        shown = {"code": code, "address": f"{settings.FIELD_URL}/"}
        return render(request, "office/browser.html", shown)
    device, password = devices.issue(by, at=timezone.now(), **said)
    return render(request, "office/phone.html", _shown(device, password))


def _shown(device: Device, password: str) -> dict[str, object]:
    said = collect.settings_of(device, password, server=settings.FIELD_URL)
    learnt = collect.practice_settings_of(device, password, server=settings.FIELD_URL)
    return {
        "practice": collect.picture_of(collect.scanned(learnt)),
        "device": device, "password": password, "server": settings.FIELD_URL,
        "picture": collect.picture_of(collect.scanned(said)),
        "is_secure": settings.FIELD_URL.startswith("https://"),
    }  # fmt: skip
