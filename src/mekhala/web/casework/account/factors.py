"""The factor a role signs in with: the page that asks for it, adding one, taking one away."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.signing import factors
from mekhala.safeguards.signing.errors import LastFactor
from mekhala.web.officers import officer_of
from mekhala.web.sign_in import accepted_for, has_factor, is_enough, is_last_factor


@login_required
@never_cache
def first_factor(request: HttpRequest) -> HttpResponse:
    """Say what the role signs in with, and lead on to it. Nothing else is open before."""
    officer = officer_of(request)
    if is_enough(request):
        return redirect("start")
    accepted = accepted_for(officer)
    kept = has_factor(officer, accepted)
    methods = get_adapter(request).get_reauthentication_methods(officer) if kept else []
    return render(
        request, "signing/first_factor.html",
        {"codes_do": factors.CODES in accepted, "again": methods[0]["url"] if methods else ""},
    )  # fmt: skip


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A new passkey. Making it has just shown who is there, so the session counts as shown."""

    template_name = "signing/add_passkey.html"

    def get_success_url(self) -> str:
        """Lead on to the first page, or back to the account where this was one more."""
        return reverse("mfa_list_webauthn") if self.was_whole else reverse("start")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey; only one that made sure of its user comes this far."""
        self.was_whole = is_enough(self.request)
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "signing.factor_added", factors.PASSKEY)
        return response


class AddCodes(ActivateTOTPView):  # type: ignore[misc]
    """One-time codes, where the role may use them."""

    def get_success_url(self) -> str:
        """Lead on to the first page, or back to the account where this was one more."""
        return reverse("mfa_index") if self.was_whole else reverse("start")

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the secret; the code that was typed has shown who is there."""
        self.was_whole = is_enough(self.request)
        response: HttpResponse = super().form_valid(form)
        _note(self.request, "signing.factor_added", factors.CODES)
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Taking a passkey away, unless it is the last thing the role can sign in with."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, or say why not."""
        passkey: Authenticator = self.get_object()
        if is_last_factor(passkey):
            messages.error(self.request, str(LastFactor()))
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        officer = officer_of(self.request)
        audit.record("signing.factor_removed", subject=officer.username, by=officer,
                     at=timezone.now(), factor=factors.PASSKEY)  # fmt: skip
        return response


def _note(request: HttpRequest, act: str, kind: str) -> None:
    officer = officer_of(request)
    record_authentication(request, officer, "mfa", type=kind)
    audit.record(act, subject=officer.username, by=officer, at=timezone.now(), factor=kind)
