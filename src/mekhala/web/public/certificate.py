"""Checking a certificate: number and code are posted, never in an address, and not kept.

The check changes nothing and knows no session, so a forged request gains nothing: no token
against forgery, hence no cookie. Every pair, well spelled or not, takes the same one look-up;
who guesses too often waits, and is not told whether there is such a number.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mekhala.safeguards.seals import services
from mekhala.web.address import address_of
from mekhala.web.public.language import in_asked_language

LONGEST = 40  # as typed, with spaces
HOUR = 3600


class CertificateForm(forms.Form):
    """The two things printed on a certificate that say whether it stands."""

    number = forms.CharField(
        label=_("Number"), max_length=LONGEST, help_text=_("It begins with RG."),
        error_messages={"required": _("Type the number that is printed on the paper.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code"), max_length=LONGEST, help_text=_("Ten letters and digits."),
        error_messages={"required": _("Type the code that is printed below the number.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )  # fmt: skip


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_asked_language
def certificate(request: HttpRequest) -> HttpResponse:
    """Show the form; answer valid, not valid or withdrawn in words; 429 to who guesses."""
    form = CertificateForm(request.POST if request.method == "POST" else None)
    state = ""
    if form.is_valid():
        state = services.answer_stranger(
            form.cleaned_data["number"], form.cleaned_data["code"],
            address=address_of(request), at=timezone.now(),
        )  # fmt: skip
    shown = {"form": form, "state": state}
    if state != "wait":
        return render(request, "public/certificate.html", shown)
    answer = render(request, "public/certificate.html", shown, status=429)
    answer.headers["Retry-After"] = str(HOUR)
    return answer
