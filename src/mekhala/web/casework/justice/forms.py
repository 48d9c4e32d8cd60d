"""What an officer of justice fills in. The rules are the room's; these only read what is typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mekhala.core import check_digit
from mekhala.pathway.encounter.models import Sex
from mekhala.pathway.justice import ladder, texts
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.models import Officer

SEPARATOR = "|"
PARTIAL = _("A year, a month or a day, as far as it is known: 2025, 2025-03 or 2025-03-09")


class ComplaintForm(forms.Form):
    """A complaint, with or without the case of the person it speaks of."""

    complaint_on = forms.DateField(label=_("Day of the complaint"))
    case = forms.CharField(
        label=_("Case number"), required=False, max_length=20,
        help_text=_(
            "Only where the person agreed that your agency may know of the case. Her file stays"
            " closed to you. A complaint needs no case number."
        ),
    )  # fmt: skip

    def clean_case(self) -> str | None:
        """Return the number as it is kept, None where none was given."""
        typed = self.cleaned_data["case"]
        return check_digit.tidy(typed, "MK") if typed else None


class AccusedForm(forms.Form):
    """Somebody the complaint is about. The name goes to the vault and nowhere else."""

    on = forms.DateField(label=_("Day of the complaint about this person"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    age = forms.IntegerField(
        label=_("Age in years"), required=False, min_value=0, max_value=120,
        help_text=_("Leave empty if not known"),
    )  # fmt: skip
    native_name = forms.CharField(
        label=_("Name in its own script"), required=False, max_length=200,
        help_text=_("Kept apart from the file; each look is noted"),
    )  # fmt: skip
    latin_name = forms.CharField(label=_("Name in Latin letters"), required=False, max_length=200)

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = dict(self.cleaned_data)
        names = {field: data.pop(field) for field in ("native_name", "latin_name")}
        return data | {"identity": names}


class StepForm(forms.Form):
    """The next rung; only those that may follow are offered."""

    stage = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day"))

    def __init__(
        self, *args: Any, stage: Stage | None, follow: tuple[Stage, ...], **more: Any
    ) -> None:
        """Offer ``follow``, what may follow ``stage``."""
        super().__init__(*args, **more)
        field: Any = self.fields["stage"]
        field.choices = [(s.value, ladder.offered(s, after=stage)) for s in follow]

    def clean_stage(self) -> Stage:
        """Return the rung."""
        return Stage(self.cleaned_data["stage"])


class ChargeForm(forms.Form):
    """One article in one version, and when the conduct is said to have happened."""

    text = forms.ChoiceField(
        label=_("Article, and the version in force from"),
        error_messages={"required": _("Choose an article")},
    )
    conduct_from = forms.CharField(label=_("Conduct from"), max_length=10, help_text=PARTIAL)
    conduct_to = forms.CharField(
        label=_("Conduct to"), max_length=10, required=False,
        help_text=_("Leave empty if it began and ended in that time"),
    )  # fmt: skip
    charged_on = forms.DateField(label=_("Day of the charge"))

    def __init__(self, *args: Any, **more: Any) -> None:
        """List every version of every article under its statute; none is preselected."""
        super().__init__(*args, **more)
        groups: dict[str, list[tuple[str, str]]] = {}
        for text in texts.all_texts():
            if text.in_force.first is None:
                continue  # a charge names its version by its first day
            value = SEPARATOR.join((text.statute, text.article, str(text.in_force.first)))
            words = f"{text.article} – {gettext(text.title)} ({text.in_force.first})"
            groups.setdefault(texts.title_of(text.statute), []).append((value, words))
        field: Any = self.fields["text"]
        field.choices = [("", _("Choose an article")), *groups.items()]

    def said(self) -> dict[str, Any]:
        """Return what the act takes."""
        data = dict(self.cleaned_data)
        statute, article, since = data.pop("text").split(SEPARATOR)
        return data | {
            "statute": statute, "article": article, "in_force_from": date.fromisoformat(since),
        }  # fmt: skip


class WithdrawForm(forms.Form):
    """The day on which a charge was withdrawn."""

    on = forms.DateField(label=_("Day of the withdrawal"))


class AssignForm(forms.Form):
    """Another justice officer of the same agency."""

    to = forms.ModelChoiceField(Officer.objects.none(), label=_("Officer"), empty_label=None)

    def __init__(self, *args: Any, colleagues: Any, **more: Any) -> None:
        """Offer ``colleagues``; none is preselected."""
        super().__init__(*args, **more)
        field: Any = self.fields["to"]
        field.widget = forms.RadioSelect()
        field.queryset = colleagues
