"""Pages of evidence: the register, one item with its chain, the matrix, lists for the defence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mekhala.pathway.evidence import custody, policies, queries, services
from mekhala.pathway.evidence.custody import Gap
from mekhala.pathway.evidence.models import Item
from mekhala.pathway.justice import queries as justice
from mekhala.pathway.justice import texts
from mekhala.pathway.justice.models import Accused, Charge, Proceeding, Stage
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.evidence import forms
from mekhala.web.casework.refusals import told_in

METHODS = ["GET", "HEAD", "POST"]
GAPS = {
    Gap.NEVER_TAKEN_IN: _("Nobody took it into custody"),
    Gap.TAKEN_IN_LATE: _(
        "Taken into custody on a later day than it was taken: who held it before?"
    ),
    Gap.NOT_RECEIVED: _("Handed over, and nobody received it"),
    Gap.RECEIVED_LATE: _("Received more than a day after it was handed over"),
    Gap.NOT_THE_HOLDER: _("Moved by an officer who did not hold it"),
    Gap.SEAL_BROKEN: _("The seal was broken"),
}


@login_required
def register(request: HttpRequest, number: str) -> HttpResponse:
    """List the items with who holds each, and the gaps; no words are opened."""
    _officer, now, found = _opened(request, number)
    rows = [(one, *_chain(one, now)) for one in queries.register(number)]
    return _render(request, "register", found, rows=rows)


@login_required
@require_http_methods(METHODS)
def new(request: HttpRequest, number: str) -> HttpResponse:
    """Enter an item."""
    officer, now, found = _opened(request, number)
    form = forms.ItemForm(request.POST or None, request.FILES or None)

    def act() -> None:
        services.register(found, by=officer, at=now, **form.said())

    return _form(request, found, form, act, _("Enter an item"), "register", files=True)


@login_required
def item(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Show one item: what it rests on, its words, its chain with every gap."""
    _officer, now, found = _opened(request, number)
    one = get_object_or_404(queries.register(number), pk=item)
    chain, holder, gaps = list(one.custody.all()), *_chain(one, now)
    shown = {"item": one, "chain": chain, "holder": holder, "gaps": gaps}
    return _render(request, "item", found, **shown)


@login_required
def file(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Hand out the original, byte for byte, after checking its digest; the look is noted."""
    officer, now, _found = _opened(request, number)
    one = get_object_or_404(Item, pk=item, proceeding=number)
    if not hasattr(one, "file"):
        raise Http404
    try:
        kept = services.open_file(one, by=officer, at=now)
        content = bytes(kept.content)
    except ActRefused as refusal:
        return _render(request, "refused", _found, refused=refusal)
    answer = HttpResponse(content, content_type="application/octet-stream")
    ending = {"image/jpeg": "jpg", "image/png": "png"}.get(kept.media_type, "pdf")
    answer["Content-Disposition"] = f'attachment; filename="{one.pk}.{ending}"'
    return answer


@login_required
@require_http_methods(METHODS)
def move(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Add an entry to the chain of custody."""
    officer, now, found = _opened(request, number)
    one = get_object_or_404(Item, pk=item, proceeding=number)
    form = forms.MoveForm(request.POST or None, colleagues=queries.who_may_receive(officer))

    def act() -> None:
        said = form.cleaned_data
        usual = {"by": officer, "at": now, "when": said["when"], "seal_whole": said["seal_whole"]}
        if said["move"] == forms.HAND_OVER:
            services.hand_over(one, to=said["to"], **usual)
        elif said["move"] == forms.RECEIVE:
            services.receive(one, **usual)
        elif said["move"] == forms.BACK:
            services.take_back(one, **usual)
        else:
            services.send_out(
                one, outside=said["outside"], receipt=said["receipt"],
                for_good=said["move"] == forms.GIVE_BACK, **usual,
            )  # fmt: skip

    return _form(request, found, form, act, _("Record what happened to it"), "item", item)


@login_required
@require_http_methods(METHODS)
def bear(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Note what an item says of one element of a charge."""
    officer, now, found = _opened(request, number)
    one = get_object_or_404(Item, pk=item, proceeding=number)
    charges = {c.pk: c for c in _charges(number)}
    elements = _elements(charges.values(), words=_words(number))
    form = forms.BearForm(request.POST or None, elements=elements)

    def act() -> None:
        charge, element = form.said()
        said = {name: form.cleaned_data[name] for name in ("weighs", "because")}
        services.bear(one, charges[charge], element, by=officer, at=now, **said)

    return _form(request, found, form, act, _("Note what it says"), "item", item)


@login_required
def matrix(request: HttpRequest, number: str) -> HttpResponse:
    """Show for each charge what supports each element, what speaks against it, what is missing."""
    _officer, _now, found = _opened(request, number)
    words = _words(number)
    charges = [
        (one, texts.title_of(one.statute), words[one.accused_id], queries.matrix(one))
        for one in _charges(number)
    ]
    return _render(request, "matrix", found, charges=charges)


@login_required
def lists(request: HttpRequest, number: str) -> HttpResponse:
    """Show the lists for the defence, and for each accused what no list speaks of yet."""
    _officer, _now, found = _opened(request, number)
    made = list(queries.lists(number))
    told: dict[str, set[str]] = {}
    for one in made:
        told.setdefault(one.accused_id, set()).update(e.item_id for e in one.entries.all())
    items = list(queries.register(number))
    accused = [
        (one, justice.stage_word(one), [i for i in items if i.pk not in told.get(one.pk, set())])
        for one in justice.accused_with_stage().filter(proceeding=number)
    ]
    return _render(request, "lists", found, lists=made, accused=accused)


@login_required
@require_http_methods(METHODS)
def new_list(request: HttpRequest, number: str, accused: str) -> HttpResponse:
    """Make a list for the defence of one accused."""
    officer, now, found = _opened(request, number)
    one = get_object_or_404(Accused, pk=accused, proceeding=number)
    items, against = list(queries.register(number)), queries.speaks_against(one)
    form = forms.ListForm(request.POST or None, items=items, against=against)

    def act() -> None:
        services.disclose(
            one, by=officer, at=now, made_on=form.cleaned_data["made_on"],
            left_out=form.left_out(),
        )  # fmt: skip

    heading = _("Make the list for the defence")
    return _form(request, found, form, act, heading, "lists", of=one.pk)


@login_required
def one_list(request: HttpRequest, number: str, listed: str) -> HttpResponse:
    """Show one list, to be printed and handed to the defence: also what was left out, and why."""
    _officer, _now, found = _opened(request, number)
    one = get_object_or_404(queries.lists(number), pk=listed)
    entries = list(one.entries.all())
    accused = justice.accused_with_stage().get(pk=one.accused_id)
    shown = {
        "word": justice.stage_word(accused),
        "presumed_innocent": justice.stage_of(accused) != Stage.CONVICTED,
        "listed": one, "shown": [e for e in entries if not e.left_out],
        "left_out": [e for e in entries if e.left_out],
    }  # fmt: skip
    return _render(request, "list", found, **shown)


def _opened(request: HttpRequest, number: str) -> tuple[Officer, datetime, Proceeding]:
    """Return the officer, the instant, and the proceeding; the look is noted."""
    officer, now = request.user, timezone.now()
    assert isinstance(officer, Officer)
    if not policies.may_file(officer):
        raise Http404
    found = get_object_or_404(Proceeding, number=number)
    audit.record(
        "justice.opened", subject=number, by=officer, at=now, purpose=Purpose.JUSTICE.value,
        page="evidence",
    )  # fmt: skip
    return officer, now, found


def _chain(one: Item, now: datetime) -> tuple[Any, list[tuple[Any, Any]]]:
    """Return who holds an item, and its gaps in words with the entry of each."""
    chain = list(one.custody.all())
    held = custody.holder(chain)
    gaps = custody.gaps(chain, taken_on=one.taken_on, now=now)
    holder = next((e.by for e in chain if e.by_id == held), None) if held else None
    return holder, [(GAPS[gap.gap], gap.entry) for gap in gaps]


def _words(number: str) -> dict[str, str]:
    """Return by number the one word by which each accused is spoken of today."""
    found = justice.accused_with_stage().filter(proceeding=number)
    return {one.pk: justice.stage_word(one) for one in found}


def _charges(number: str) -> list[Charge]:
    return list(justice.charges().filter(accused__proceeding=number, withdrawn_on=None))


def _elements(charges: Any, *, words: dict[str, str]) -> list[tuple[str, str]]:
    """Return each element of each charge for a list of choices."""
    found = []
    for charge in charges:
        text = texts.text_of(charge.statute, charge.article, charge.in_force_from)
        for element in text.elements if text else ():
            value = f"{charge.pk}{forms.SEPARATOR}{element.name}"
            who = f"{charge.accused_id} ({words[charge.accused_id]})"
            found.append((value, f"{who} – {charge}: {gettext(element.label)}"))
    return found


def _form(  # noqa: PLR0917 - a page has these parts
    request: HttpRequest, found: Proceeding, form: Any, act: Callable[[], Any], heading: Any,
    back: str, item: str = "", *, files: bool = False, of: str = "",
) -> HttpResponse:  # fmt: skip
    page = reverse(f"evidence:{back}", args=[found.number, *filter(None, [item])])
    if form.is_valid():
        with told_in(form):
            act()
        if not form.errors:
            return redirect(page)
    shown = {"form": form, "heading": heading, "back": page, "files": files}
    if of:
        shown |= {"accused": of, "word": _words(found.number)[of]}
    return _render(request, "act", found, **shown)


def _render(request: HttpRequest, page: str, found: Proceeding, **shown: Any) -> HttpResponse:
    frame = {"number": found.number, "proceeding": found}
    return render(request, f"evidence/{page}.html", frame | shown)
