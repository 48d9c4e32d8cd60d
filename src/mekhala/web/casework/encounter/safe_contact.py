"""The page on which it is asked, and seen, how a person may be reached without danger."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mekhala.pathway.encounter import queries, services
from mekhala.pathway.encounter.models import SafeContact, SafeWay
from mekhala.pathway.encounter.policies import KNOW_SAFE_CONTACT
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.cases.frame import opened_case
from mekhala.web.casework.fresh import after_fresh_sign_in
from mekhala.web.casework.languages import language_choices, language_name
from mekhala.web.casework.refusals import told_in

SHOWN = 50
_WORDS = {True: gettext_lazy("Yes"), False: gettext_lazy("No"), None: gettext_lazy("Not known")}


class SafeContactForm(forms.Form):
    """What the person says about being reached; nothing is chosen beforehand."""

    way = forms.ChoiceField(
        label=gettext_lazy("How may we reach you?"), choices=SafeWay, widget=forms.RadioSelect,
        help_text=gettext_lazy("Ask it in these words, with nobody else in the room."),
        error_messages={"required": gettext_lazy("Choose what the person said.")},
    )  # fmt: skip
    hours = forms.CharField(
        label=gettext_lazy("When is it safe to telephone?"), required=False, max_length=120,
        help_text=gettext_lazy("Hours and days. The number itself is kept with the name."),
    )  # fmt: skip
    through = forms.CharField(
        label=gettext_lazy("Whom does she or he trust?"), required=False, max_length=120,
        help_text=gettext_lazy("The role, as in teacher or nurse. No name."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("In which language?"), required=False, choices=language_choices
    )
    paper_may_be_given = FourAnswers(
        label=gettext_lazy("Is it safe for you to keep paper?"),
        help_text=gettext_lazy("Somebody may find it. We can keep it for you."),
    )
    guardian_may_know = FourAnswers(
        label=gettext_lazy("May your guardian know?"),
        help_text=gettext_lazy("Not where the guardian may have had a part in it."),
    )
    words = forms.CharField(
        label=gettext_lazy("What else was said about it?"), required=False, max_length=2000,
        help_text=gettext_lazy("No names, numbers or addresses."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, is_known_adult: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_known_adult:
            del self.fields["guardian_may_know"]

    def told(self) -> dict[str, Any]:
        """Return what the service takes; not known and not said are both None."""
        given = self.cleaned_data
        answers = ("paper_may_be_given", "guardian_may_know")
        return given | {name: KEPT.get(given.get(name, "")) for name in answers}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@after_fresh_sign_in
def safe_contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show what the person said about being reached, and record what she or he says now."""
    opened = opened_case(request, number, purposes=KNOW_SAFE_CONTACT)
    form = SafeContactForm(
        request.POST or None, is_known_adult=queries.is_known_adult(opened.case),
        initial={"language": opened.case.language},
    )  # fmt: skip
    if form.is_valid():
        with told_in(form):
            services.record_safe_contact(
                case=opened.case, by=opened.officer, at=opened.now, **form.told()
            )
        if not form.errors:
            messages.success(request, _("It was recorded. It counts from now on."))
            return redirect("encounter:safe_contact", number)
    found = list(queries.safe_contacts_of(opened.case)[:SHOWN])
    shown = {"form": form, "latest": _said(found[0]) if found else None, "earlier": found[1:]}
    return render(request, "encounter/safe_contact.html", opened.frame(request.path) | shown)


def _said(contact: SafeContact) -> list[dict[str, Any]]:
    """Return one answer as rows of a summary list."""
    return [
        {"key": _("How to reach"), "value": contact.get_way_display()},
        {"key": _("When to telephone"), "value": contact.hours},
        {"key": _("Through whom"), "value": contact.through},
        {"key": _("Language"), "value": language_name(contact.language)},
        {"key": _("Paper may be kept"), "value": _WORDS[contact.paper_may_be_given]},
        {"key": _("Guardian may know"), "value": _WORDS[contact.guardian_may_know]},
        {"key": _("What else was said"), "value": contact.words},
        {"key": _("Asked by"), "value": contact.asked_by.agency},
        {"key": _("Asked at"), "value": contact.asked_at},
    ]  # fmt: skip
