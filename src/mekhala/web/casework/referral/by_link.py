"""The page of a body without an account: a link, a code told another way, one answer.

Nobody is signed in. The address holds a random part and nothing else; the page is the same for
every link until the code is right.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mekhala.pathway.directory.models import Need
from mekhala.pathway.directory.words import language_name
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.referral import outside
from mekhala.pathway.referral.models import AgeBand, Requirement
from mekhala.safeguards.access.errors import ActRefused
from mekhala.web.casework.referral.forms import CodeForm, LinkAnswerForm
from mekhala.web.casework.referral.nights import nights_told


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, show the least set, take one answer."""
    if not outside.is_known(token):
        raise Http404
    if "answer" in request.POST:
        return _answered(request, token)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form=form)
    told = outside.look(token, form.cleaned_data["code"])
    if told.state != "open":
        return _page(request, form=form, state=told.state)
    again = LinkAnswerForm(initial={"code": form.cleaned_data["code"]})
    return _page(request, form=again, told=told)


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    form = LinkAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    given = form.cleaned_data
    try:
        state = outside.answer(
            token, given["code"], accepts=given["answer"] == "yes", reason=given["reason"],
            at=timezone.now(),
        )  # fmt: skip
    except ActRefused as refused:
        form.add_error("reason", str(refused))
        return _page(request, form=form)
    return _page(request, state=state)


def _page(
    request: HttpRequest, *, form: CodeForm | None = None, state: str = "",
    told: outside.Told | None = None,
) -> HttpResponse:  # fmt: skip
    shown = {"form": form, "state": state, "it": _words(told) if told else None}
    return render(request, "referral/by_link.html", shown)


def _words(told: outside.Told) -> dict[str, object]:
    return {
        "service": told.service, "need": Need(told.need).label, "sex": Sex(told.sex).label,
        "age_band": AgeBand(told.age_band).label, "places": told.places,
        "language": language_name(told.language) if told.language else _("Not known"),
        "requirements": [Requirement(code).label for code in told.requirements],
        "until": told.hold_until, "nights": nights_told(told.first_on, told.last_on),
    }  # fmt: skip
