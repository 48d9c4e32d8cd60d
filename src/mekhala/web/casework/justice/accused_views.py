"""One accused: what is recorded, the fair-trial page, entries of each kind, who was told."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.pathway.justice import gate, queries, services
from mekhala.pathway.justice.models import Accused, Corrected
from mekhala.safeguards.access.purposes import Purpose
from mekhala.safeguards.audit import services as audit
from mekhala.web.casework.justice import cards, entry_forms, entry_rows, fair_trial
from mekhala.web.casework.justice.acting import (
    accused_or_404,
    act_on,
    officer_in,
    page_of,
    page_of_accused,
)
from mekhala.web.casework.justice.entry_kinds import KINDS, EntryKind
from mekhala.web.casework.justice.sheets import sheet_of


@login_required
def accused(request: HttpRequest, number: str) -> HttpResponse:
    """Show one accused: word of today, ladder, charges, each kind of entry, who was told."""
    one = get_object_or_404(queries.with_counts(), number=number)
    _noted(request, one)
    shown = {
        "one": cards.accused_card(one), "proceeding": one.proceeding_id,
        "about": _about(one),
        "kinds": [{"kind": kind, "count": getattr(one, f"{kind.model._meta.model_name}_count")}
                  for kind in KINDS.values()],
        "unchecked": gate.unchecked(one),
        "told": queries.told(one), "checks": one.gatecheck_entries.order_by("-id"),
    }  # fmt: skip
    return render(request, "justice/accused.html", shown)


def _about(one: Accused) -> list[dict[str, Any]]:
    fields = ("age", "literate", "language", "nationality", "education", "occupation", "part",
              "presumed_victim")  # fmt: skip
    asked = entry_forms.AboutForm.base_fields
    rows = []
    for name in fields:
        field: Any = Accused._meta.get_field(name)
        rows.append({"key": asked[name].label, "value": entry_rows.said(getattr(one, name), field)})
    return rows


@login_required
def describe(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what is known of an accused."""
    officer, one = officer_in(request), accused_or_404(number)
    words = {"heading": _("What is known of the accused"), "button": _("Keep"),
             "number": number, "status": queries.stage_word(one),
             "back": page_of_accused(number)}  # fmt: skip
    form = entry_forms.AboutForm(request.POST or None, initial=_initial(one))

    def act() -> str:
        services.describe(one, by=officer, at=timezone.now(), **form.said())
        return page_of_accused(number)

    return act_on(request, form, act, words)


def _initial(one: Accused) -> dict[str, Any]:
    answers = {True: "yes", False: "no", None: ""}
    told = {name: getattr(one, name) for name in entry_forms.AboutForm.base_fields}
    return told | {n: answers[told[n]] for n in ("literate", "presumed_victim")}


@login_required
def entries(request: HttpRequest, number: str, entry: str) -> HttpResponse:
    """Show the entries of one kind with their words; each later one beside what it replaced."""
    one, kind = accused_or_404(number), _kind(entry)
    _noted(request, one)
    kept = kind.model._default_manager.filter(accused=one).order_by("id")
    shown = {
        "number": number, "status": queries.stage_word(one), "kind": kind,
        "cards": entry_rows.cards(kept, one, with_words=True),
    }  # fmt: skip
    return render(request, "justice/entries.html", shown)


@login_required
def add_entry(request: HttpRequest, number: str, entry: str) -> HttpResponse:
    """Record one entry; ``?replaces=`` names the one it stands in place of."""
    officer, one, kind = officer_in(request), accused_or_404(number), _kind(entry)
    form = entry_forms.EntryForm(request.POST or None, kind=kind, accused=one)
    replaces, sheet = _replaced(request, kind, one), sheet_of(request, one)

    def act() -> str:
        told: dict[str, Any] = {"by": officer, "at": timezone.now(), "replaces": replaces}
        if sheet is None:
            services.record(kind.model, one, **told, **form.said())
        else:
            services.key_in(sheet, kind.slug, kind.model, **told, **form.said())
        return reverse("justice:entries", args=[number, kind.slug])

    lead = _("This entry stands in place of an earlier one, which stays on the file.")
    words = {"heading": kind.title, "button": _("Record"), "number": number,
             "status": queries.stage_word(one), "lead": lead if replaces else "",
             "back": reverse("justice:entries", args=[number, kind.slug]),
             "sheet": sheet}  # fmt: skip
    return act_on(request, form, act, words, template="justice/keying.html")


def _kind(word: str) -> EntryKind:
    if word not in KINDS:
        raise Http404
    return KINDS[word]


def _replaced(request: HttpRequest, kind: EntryKind, one: Accused) -> Any:
    asked = request.GET.get("replaces", "")
    if not asked:
        return None
    found = entry_forms.entry_at(kind, one, int(asked)) if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found


@login_required
def fair_trial_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show what asks for a lawyer's look, what it rests on, and what cannot be told."""
    one = get_object_or_404(queries.for_review(), number=number)
    _noted(request, one)
    shown = fair_trial.page_of(one, now=timezone.now()) | {
        "number": number, "status": queries.stage_word(one), "proceeding": one.proceeding_id,
    }  # fmt: skip
    return render(request, "justice/fair_trial.html", shown)


@login_required
def add_told(request: HttpRequest, number: str) -> HttpResponse:
    """Keep that somebody outside was told of the suspicion."""
    officer, one = officer_in(request), accused_or_404(number)
    form = entry_forms.ToldForm(request.POST or None)

    def act() -> str:
        services.record_told(one, by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of_accused(number)

    words = {"heading": _("Somebody was told of the suspicion"), "button": _("Record"),
             "number": number, "status": queries.stage_word(one),
             "back": page_of_accused(number)}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def letter_sent(request: HttpRequest, number: str, told_id: int) -> HttpResponse:
    """Note that the letter which corrects a suspicion went out."""
    officer, one = officer_in(request), accused_or_404(number)
    due = get_object_or_404(Corrected, told=told_id, told__accused=one, way="letter")
    form = entry_forms.SentForm(request.POST or None)

    def act() -> str:
        services.letter_sent(due, by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of_accused(number)

    words = {"heading": _("The letter that corrects it went out"), "button": _("Record"),
             "number": number, "status": queries.stage_word(one),
             "back": page_of_accused(number)}  # fmt: skip
    return act_on(request, form, act, words)


@login_required
def hand_on(request: HttpRequest, number: str) -> HttpResponse:
    """Hand a proceeding on to police or court of another agency, under the same number."""
    officer = officer_in(request)
    found = get_object_or_404(queries.whole_proceedings(), number=number)
    form = entry_forms.HandOnForm(request.POST or None, officer=officer)

    def act() -> str:
        services.hand_on(found, by=officer, at=timezone.now(), **form.cleaned_data)
        return page_of(number)

    words = {"heading": _("Hand on to police or court"), "button": _("Hand on"),
             "back": page_of(number),
             "lead": _("The other agency goes on under the same number, and is told how it ends."),
             }  # fmt: skip
    return act_on(request, form, act, words)


def _noted(request: HttpRequest, one: Accused) -> None:
    audit.record(
        "justice.opened", subject=one.proceeding_id, by=officer_in(request), at=timezone.now(),
        purpose=Purpose.JUSTICE.value, accused=one.pk,
    )  # fmt: skip
