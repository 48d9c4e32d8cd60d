"""Page: which agencies use a form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.forms import policies, queries, services
from mekhala.forms.models import Form
from mekhala.forms.use import agencies_of
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.web.casework.forms.forms import HandedOutForm
from mekhala.web.officers import officer_of


@login_required
@require_http_methods(["GET", "POST"])
def agencies(request: HttpRequest, form_id: str) -> HttpResponse:
    """Show which agencies use a form, and change it."""
    by = officer_of(request)
    if not policies.may_add_version(by):
        raise Http404
    found = get_object_or_404(Form, form_id=form_id)
    sent = request.method == "POST"
    form = HandedOutForm(request.POST) if sent else HandedOutForm(initial=_standing(found))
    if sent and form.is_valid():
        try:
            _hand_out(found, form, by)
        except ActRefused as refusal:
            form.add_error("agencies", str(refusal))
        else:
            messages.success(request, _("Phones are told when they next ask for their forms."))
            return redirect("forms:versions", form_id=found.form_id)
    return render(
        request, "forms/agencies.html",
        {"questionnaire": found, "form": form, "called": _called(found)},
        status=422 if sent else 200,
    )  # fmt: skip


def _called(found: Form) -> str:
    """Return the title of the newest version, in the language of the page."""
    newest = queries.versions_of(found).first()
    return newest.title if newest else found.title


def _standing(found: Form) -> dict[str, object]:
    to = HandedOutForm.ALL if found.for_all else HandedOutForm.NAMED
    return {"to": to, "agencies": [agency.pk for agency in agencies_of(found)]}


def _hand_out(found: Form, form: HandedOutForm, by: Officer) -> None:
    at = timezone.now()
    if form.cleaned_data["to"] == HandedOutForm.ALL:
        services.hand_out_to_all(found, by=by, at=at)
    else:
        services.hand_out_to(found, form.cleaned_data["agencies"], by=by, at=at)
