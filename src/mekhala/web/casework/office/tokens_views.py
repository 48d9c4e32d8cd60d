"""A token of one's own for a program: given out here, shown this once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mekhala.safeguards.access import services
from mekhala.safeguards.agreements.queries import may_exchange
from mekhala.web.casework.fresh import check_fresh_sign_in
from mekhala.web.casework.office.forms import TokenForm
from mekhala.web.officers import officer_of


@login_required
@require_http_methods(["GET", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Ask what the token is for and how long; then show it, this once.

    Only to the officer whose acts it makes: an administrator ends tokens and never gives one out.
    """
    by = officer_of(request)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        told = form.cleaned_data
        token = services.new_token(by, told["label"], at=timezone.now(), days=told["days"])
        return render(request, "office/token.html", {"token": token} | told)
    shown = {"form": form, "has_agreement": may_exchange(by.agency, now=timezone.now())}
    return render(request, "office/new_token.html", shown)
