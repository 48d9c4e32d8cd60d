"""What is asked of a linkage run, and what a reviewer says of a pair."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mekhala.population.linkage.models import Kept, SaidOfPair
from mekhala.population.linkage.run_models import NOTE
from mekhala.population.linkage.runs import queries
from mekhala.population.linkage.runs.policies import MAY_REVIEW
from mekhala.safeguards.access.models import Officer


class ListChoice(forms.ModelMultipleChoiceField):
    """Lists by name, agency and day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the list's name, records, the day it came, and whether it is tokens."""
        said = f"{obj.source}: {obj.records}, {timezone.localdate(obj.imported_at)}"
        of = {
            Kept.ENCODED: _("%(list)s (tokens the agency made, no names)"),
            Kept.PAIRS: _("%(list)s (pair numbers only, compared by the agency at home)"),
        }  # fmt: skip
        return of[obj.kept] % {"list": said} if obj.kept in of else said


class RunForm(forms.Form):
    """Which lists are linked, and how; the usual settings stand there already."""

    lists = ListChoice(
        label=_("Lists"), queryset=None, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose lists of two agencies at least.")},
    )  # fmt: skip
    threshold = forms.FloatField(
        label=_("Joined from a probability of"), initial=0.95,
        help_text=_("From 0.5 to below 1; pairs as likely as this are one person"),
    )  # fmt: skip
    review_from = forms.FloatField(
        label=_("Reviewed from a probability of"), initial=0.5,
        help_text=_("Pairs between the two are read by two people"),
    )  # fmt: skip
    sample = forms.IntegerField(
        label=_("Pairs drawn to check the linkage"), initial=300,
        help_text=_("Read among the uncertain pairs, so that the page can say how many links are "
                    "wrong and how many are missed. 140 or more; 0 draws none, as for tokens."),
    )  # fmt: skip
    seed = forms.IntegerField(
        label=_("Seed"), initial=1, help_text=_("The same seed gives the same answer again")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Offer the lists whose records can be linked."""
        super().__init__(*given, **named)
        self.fields["lists"].queryset = queries.lists_to_link()  # type: ignore[attr-defined]


class ReviewerForm(forms.Form):
    """Who is to review, by user name."""

    username = forms.CharField(
        label=_("User name of the reviewer"), max_length=60,
        help_text=_("A statistician or a registrar other than you. Each pair needs two reviewers, "
                    "and a third of another agency where they differ."),
    )  # fmt: skip

    def clean_username(self) -> Officer:
        """Find the officer; that there is none is told like that she or he may not."""
        found = Officer.objects.filter(
            username=self.cleaned_data["username"], role__in=MAY_REVIEW, is_active=True
        ).first()
        if found is None:
            raise forms.ValidationError(_("No statistician or registrar has this user name."))
        return found


class CloseForm(forms.Form):
    """Whether pairs without an answer are left as the linker has them."""

    leave_rest = forms.BooleanField(
        label=_("Leave pairs nobody has settled as the linker has them: not joined"),
        required=False,
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What a reviewer says of the pair on the screen."""

    pair = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.ChoiceField(choices=SaidOfPair)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=NOTE, strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Names and numbers are refused."),
    )  # fmt: skip
