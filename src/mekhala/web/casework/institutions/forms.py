"""Forms: a mandate and its change, a project and its status, a request, what was taught."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mekhala.core.vocabulary.countries import country_names
from mekhala.population.institutions.words import (
    Activity,
    Asked,
    Became,
    Currency,
    Half,
    Hand,
    Outcome,
    Status,
)
from mekhala.web.casework.fields import in_words, one_of
from mekhala.web.casework.provinces import one_province


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10**8,
        help_text=_("Leave empty if it is not known. Write 0 only where it was none."),
    )  # fmt: skip


def _source() -> forms.CharField:
    return in_words(_("Where is it written?"), 300, rows=2)


def _reason(label: Any) -> forms.CharField:
    return in_words(label, 300, rows=2)


class MandateChangeForm(forms.Form):
    """What is owed, by which office, from when on, and why it changes."""

    duty = in_words(_("What does the body owe?"), 300, rows=3)
    office = in_words(
        _("Which office answers for it?"), required=False,
        help_text=_("An office, never a person. Leave empty if none is named."),
    )  # fmt: skip
    committee = in_words(_("In which committee, if any?"), required=False)
    since = forms.DateField(label=_("From which day?"))
    source = _source()
    ended = forms.BooleanField(label=_("The body does not owe this any more"), required=False)
    reason = _reason(_("Why does it change?"))


class MandateForm(forms.Form):
    """A mandate."""

    body = in_words(_("Which body?"))
    duty = in_words(_("What does the body owe?"), 300, rows=3)
    office = in_words(
        _("Which office answers for it?"), required=False,
        help_text=_("An office, never a person. Leave empty if none is named."),
    )  # fmt: skip
    committee = in_words(_("In which committee, if any?"), required=False)
    since = forms.DateField(label=_("From which day?"))
    source = _source()


class StatusForm(forms.Form):
    """How far a project has come, and who says so."""

    status = one_of(_("How far has it come?"), Status.choices)
    since = forms.DateField(label=_("From which day?"))
    said_by = in_words(_("Which body says so?"), help_text=_("A body, never a person."))
    source = _source()
    reason = _reason(_("Why is it said now?"))


class ProjectForm(StatusForm):
    """A project with its first status."""

    title = in_words(_("Name of the project"), 200)
    title_km = in_words(_("Name in Khmer"), 200, required=False)
    run_by = in_words(_("Which body runs it?"))
    donor = in_words(_("Who pays for it?"), required=False, help_text=_("Leave empty if unknown."))
    budget = forms.IntegerField(
        label=_("Budget"), required=False, min_value=0, max_value=10**15,
        help_text=_("Leave empty if nobody said it."),
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", ""), *Currency.choices]
    )
    begins_on = forms.DateField(label=_("Begins on"), required=False, help_text=_("As planned."))
    ends_on = forms.DateField(label=_("Ends on"), required=False, help_text=_("As planned."))
    field_order = ("title", "title_km", "run_by", "donor", "budget", "currency", "begins_on",
                   "ends_on")  # fmt: skip


class ProjectCorrectionForm(forms.Form):
    """Title and budget told anew."""

    title = in_words(_("Name of the project"), 200)
    title_km = in_words(_("Name in Khmer"), 200, required=False)
    budget = forms.IntegerField(
        label=_("Budget"), required=False, min_value=0, max_value=10**15,
        help_text=_("Leave empty if nobody said it."),
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", ""), *Currency.choices]
    )
    source = _source()
    reason = _reason(_("Why does it change?"))


class RequestForm(forms.Form):
    """What another country is asked."""

    reference = in_words(
        _("Number of the request"), 40,
        help_text=_("Its own number. No case number and no name."),
    )  # fmt: skip
    kind = one_of(_("What is asked?"), Asked.choices)
    country = forms.ChoiceField(
        label=_("Which country?"),
        choices=lambda: [
            ("", _("Choose a country")), *country_names(get_language() or "en").items()
        ],
        error_messages={"required": _("Choose a country.")},
    )  # fmt: skip
    asked_by = in_words(_("Which body asks?"))
    sent_on = forms.DateField(label=_("Sent on"))
    due_on = forms.DateField(
        label=_("Answer expected by"), required=False, help_text=_("Leave empty if no day was set.")
    )


class AnswerForm(forms.Form):
    """What came back."""

    outcome = one_of(_("What came back?"), Outcome.choices)
    on = forms.DateField(label=_("Answered on"))


class CountsForm(forms.Form):
    """Sessions, people and what was measured; empty is not known."""

    sessions = _count(_("How many sessions?"))
    taught = _count(_("How many people were taught?"))
    tested_before = _count(_("How many were tested before?"))
    knew_before = _count(_("How many of them knew?"))
    tested_after = _count(_("How many were tested after?"))
    knew_after = _count(_("How many of those knew?"))
    source = _source()


class CorrectionForm(CountsForm):
    """Counts told anew."""

    reason = _reason(_("Why does it change?"))


class TaughtForm(CountsForm):
    """What was taught in half a year."""

    activity = one_of(_("What was held?"), Activity.choices)
    place_code = forms.ChoiceField(
        label=_("Province"), error_messages={"required": _("Choose a province")},
        choices=one_province,
    )  # fmt: skip
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=9998)
    half = forms.TypedChoiceField(
        label=_("Half of the year"), choices=Half.choices, coerce=int, widget=forms.RadioSelect,
    )  # fmt: skip
    held_by = in_words(_("Which body held it?"))
    field_order = ("activity", "place_code", "year", "half", "held_by")


class BodyChangeForm(forms.Form):
    """What became of a body."""

    body = in_words(_("Which body?"))
    became = one_of(_("What became of it?"), Became.choices)
    into = in_words(
        _("Which body goes on in its place?"), required=False,
        help_text=_("Only where it was renamed or merged into another."),
    )  # fmt: skip
    since = forms.DateField(label=_("From which day?"))
    source = _source()


class ReportForm(forms.Form):
    """A report that a body owes."""

    body = in_words(_("Which body?"))
    report = in_words(_("Which report?"), 200)
    period = in_words(
        _("For which period?"), 60, help_text=_("As the report calls it, such as 2026.")
    )
    owed_to = in_words(_("To whom is it owed?"), help_text=_("A body, never a person."))
    due_on = forms.DateField(label=_("Due on"))
    source = _source()


class CameForm(forms.Form):
    """The day on which a report came."""

    on = forms.DateField(label=_("On which day did it come?"))


class TargetForm(forms.Form):
    """What a plan says shall be reached."""

    plan = in_words(_("Which plan?"))
    body = in_words(_("Which body is to reach it?"))
    what = in_words(_("What shall be reached?"), 300, rows=2)
    aim = forms.IntegerField(
        label=_("How many?"), min_value=0, max_value=10**15,
    )  # fmt: skip
    unit = in_words(_("Of what?"), 60, help_text=_("Officers, houses, riel: what is counted."))
    by_day = forms.DateField(label=_("By which day?"))
    source = _source()


class ReachedForm(forms.Form):
    """How much was reached."""

    count = forms.IntegerField(
        label=_("How many were reached?"), min_value=0, max_value=10**15,
    )  # fmt: skip
    as_of = forms.DateField(label=_("Up to which day?"))
    said_by = in_words(_("Which body says so?"), help_text=_("A body, never a person."))
    source = _source()


class PolicyForm(forms.Form):
    """A law, plan or rule."""

    title = in_words(_("Name of the law, plan or rule"), 200)
    adopted_by = in_words(_("Which body adopted it?"))
    adopted_on = forms.DateField(label=_("Adopted on"))
    source = _source()


class InfluenceForm(forms.Form):
    """Who had a hand in it."""

    who = in_words(_("Who had a hand in it?"), help_text=_("A body or state, never a person."))
    hand = one_of(_("In which way?"), Hand.choices)
    source = _source()
