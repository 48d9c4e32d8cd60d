"""Letting an officer in with two half codes; told alike, whichever does not fit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mekhala.safeguards.admission import services
from mekhala.safeguards.admission.errors import NotAdmitted
from mekhala.web.casework.admission.forms import AdmissionForm


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def admission(request: HttpRequest) -> HttpResponse:
    """Take user name, both halves and a password; then the officer signs in like anybody."""
    if request.user.is_authenticated:
        return redirect("start")
    form = AdmissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        let_in = services.admit(
            given["username"], given["first"], given["second"], password=given["password"],
            at=timezone.now(),
        )  # fmt: skip
        if let_in is not None:
            messages.success(request, _("Your password is set. Sign in, then add a second factor."))
            return redirect("account_login")
        form.add_error(None, str(NotAdmitted()))
    return render(request, "admission/admission.html", {"form": form})
