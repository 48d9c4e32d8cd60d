"""Page: what browsers sealed and could not be taken whole; each may be tried once more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mekhala.forms import policies, queries, services
from mekhala.forms.services.sealed import NotNow
from mekhala.intake.services import keep_and_map
from mekhala.web.officers import officer_of

ON_A_PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def envelopes(request: HttpRequest) -> HttpResponse:
    """List what waits and why; POST tries one again."""
    officer = officer_of(request)
    if not policies.may_answer(officer):
        raise Http404
    waiting = queries.envelopes_waiting(officer)
    if request.method == "POST":
        number = request.POST.get("number", "")[:20]
        try:
            taken = services.open_again(
                get_object_or_404(waiting, number=number), by=officer, at=timezone.now(),
                keep=keep_and_map,
            )  # fmt: skip
        except NotNow:
            messages.warning(request, _("The keys are away. Try again later."))
        else:
            messages.info(request, _tried(taken))
        return redirect(request.path)
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "forms/envelopes.html", {"page": page})


def _tried(taken: services.Taken) -> str:
    if taken.submission is None:
        return _("It still cannot be taken. It stays here.")
    return _("It was taken: %(number)s.") % {"number": taken.submission.number}
