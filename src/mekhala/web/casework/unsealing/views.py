"""Orders for the name behind one case: recording one, and opening the name under it, once."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import FieldClass
from mekhala.safeguards.four_eyes.queries import agreed_for
from mekhala.safeguards.unsealing import queries, services
from mekhala.safeguards.unsealing.policies import may_see
from mekhala.web.casework.cases.frame import OpenCase, opened_case
from mekhala.web.casework.fresh import after_fresh_sign_in, check_fresh_sign_in
from mekhala.web.casework.refusals import told_in
from mekhala.web.casework.signing_twice import asked_for
from mekhala.web.casework.unsealing.forms import OrderForm
from mekhala.web.casework.unsealing.section import OPENED_BY
from mekhala.web.devices import device_of
from mekhala.web.mark import mark_of


@login_required
@require_http_methods(["GET", "POST"])
def orders(request: HttpRequest, number: str) -> HttpResponse:
    """List the orders for the name behind a case, and record one that has come in."""
    opened = _opened(request, number)
    form = OrderForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        check_fresh_sign_in(request)
        with told_in(form):
            made = services.ask(
                number, **form.cleaned_data, by=opened.officer, at=timezone.localtime(),
                device=device_of(request),
            )  # fmt: skip
            return asked_for(request, made)
    return render(request, "unsealing/orders.html", _shown(request, opened, form))


@login_required
@require_POST
@after_fresh_sign_in
def open_name(request: HttpRequest, number: str, order_id: int) -> HttpResponse:
    """Open the name once, to who asked, as a paper for the body that ordered it."""
    opened = _opened(request, number)
    mine = queries.of_case(number).filter(asked_by=opened.officer)
    order = get_object_or_404(mine, pk=order_id)
    mark = mark_of(opened.officer)
    try:
        name = services.open_name(
            order, by=opened.officer, at=timezone.localtime(), serial=mark.serial
        )
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("unsealing:orders", number)
    shown = {"order": order, "identity": name, "mark": mark, "now": opened.now}
    return render(request, "unsealing/name.html", opened.frame() | shown)


def _opened(request: HttpRequest, number: str) -> OpenCase:
    """Return the case; for other roles and purposes there is nothing here."""
    opened = opened_case(request, number, purposes=OPENED_BY)
    if not may_see(opened.officer):
        raise Http404
    return opened


def _shown(request: HttpRequest, opened: OpenCase, form: OrderForm) -> dict[str, Any]:
    number, today = opened.case.number, timezone.localdate()
    signed = agreed_for(opened.officer, services.KIND, now=opened.now).filter(subject=number)
    to_open = {one.details["order"] for one in signed}
    rows = [
        {"order": order, "silent": order.is_silent(today), "to_open": order.pk in to_open}
        for order in queries.of_case(number)
    ]
    may_ask = FieldClass.IDENTITY in opened.classes
    return opened.frame(request.path) | {"rows": rows, "form": form, "may_ask": may_ask}
