"""The screening form: questions on act, means and purpose, signs seen, and the advice."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from mekhala.core.reasoning.indicators import indicators
from mekhala.core.vocabulary.facts import FactGroup, codes_in_group
from mekhala.pathway.encounter.models import Case
from mekhala.pathway.screening.models import Profile, ScreeningOutcome
from mekhala.pathway.screening.queries import fitting_profiles
from mekhala.web.casework.answers import KEPT, FourAnswers
from mekhala.web.casework.meanings import DIMENSIONS, GROUPS, of_fact, of_indicator

ASKED = (FactGroup.ACT, FactGroup.MEANS, FactGroup.PURPOSE)


class ScreeningForm(forms.Form):
    """Each question has four answers; one left out was not asked. Nothing is chosen beforehand."""

    profile = forms.ChoiceField(
        label=_("Which list of signs fits?"), required=False, widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("Your advice"), choices=ScreeningOutcome, widget=forms.RadioSelect,
        help_text=_("It decides nothing about the person: the competent authority decides."),
    )  # fmt: skip
    because = forms.CharField(
        label=_("Why"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed if you do not refer now, or are unsure. No names."),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        super().__init__(*args, **more)
        words = dict(Profile.choices)
        fit = [(p.value, words[p.value]) for p in fitting_profiles(case)]
        self.fields["profile"].choices = fit  # type: ignore[attr-defined]
        for group in ASKED:
            for code in codes_in_group(group):
                self.fields[code] = FourAnswers(label=of_fact(code))
        for name, label in DIMENSIONS.items():
            signs = [(c, of_indicator(c)) for c, i in indicators().items() if i.dimension == name]
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=signs, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The questions under their headings."""
        return [(GROUPS[g], [self[code] for code in codes_in_group(g)]) for g in ASKED]

    @property
    def signs(self) -> list[BoundField]:
        """The lists of signs, a dimension each."""
        return [self[name] for name in DIMENSIONS]

    def seen(self) -> list[str]:
        """Return the indicator codes ticked, also of a form that is not complete."""
        return [code for name in DIMENSIONS for code in self.cleaned_data.get(name, [])]

    def told(self) -> dict[str, Any]:
        """Return what ``record_screening`` takes."""
        given = self.cleaned_data
        codes = [code for group in ASKED for code in codes_in_group(group)]
        return {
            "answers": {code: KEPT[given[code]] for code in codes if given[code]},
            "profile": given["profile"],
            "indicators": self.seen(),
            "outcome": given["outcome"],
            "because": given["because"],
        }
