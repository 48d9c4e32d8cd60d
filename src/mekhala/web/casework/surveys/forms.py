"""What is written down about a survey and its days. No field takes words about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mekhala.core.wrong_input import WrongInput
from mekhala.population.surveys.day_figures import MOST, NAMES, DayFigures, faults
from mekhala.population.surveys.grades import GRADES, Design, Grade, Reason
from mekhala.population.surveys.models import Post, Round, RoundPost
from mekhala.population.surveys.services import NOT_GIVEN
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.uploads.texts import text_in
from mekhala.web.casework.fields import in_words

NOBODY_NAMED = _("Nothing about one person: no name, no story.")
LABELS = {
    "approached": _("Approached"), "refused": _("Refused"), "missed": _("Missed"),
    "screened": _("Screened"), **dict(Grade.choices),
}  # fmt: skip
HINTS = {
    "approached": _("Everybody chosen to be asked: refused, missed and screened together."),
    "refused": _("Did not want to. Leave it empty where it was not counted."),
    "missed": _("Could not be reached, or there was no time. Leave it empty where it was not "
                "counted."),
    "screened": _("The four grades together."),
    "unclear": _("It could not be told either way. Never counted as no indications."),
}  # fmt: skip


def people(label: Any, hint: Any = "", **more: Any) -> forms.IntegerField:
    """Return a field for a number of people, or of days."""
    digits = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"})
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, widget=digits, **{"max_value": MOST, **more}
    )


class FrameForm(forms.Form):
    """Whom a survey can reach, and whom it cannot."""

    survey = forms.CharField(
        label=_("Name of the survey"), max_length=120,
        help_text=_("Frames of one survey stand in one trend, so write the name just as before."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of this frame"), max_length=120)
    population = in_words(_("Whom it stands for"), 500, rows=3, help_text=NOBODY_NAMED)
    place = forms.CharField(label=_("Place"), max_length=120)
    not_covered = in_words(
        _("Who is not covered"), 500, rows=3,
        help_text=_(
            "Who of these can never be in the sample, and why. It is shown beside each share."
        ),
    )  # fmt: skip
    size = people(_("People in the frame"), _("Leave it empty where it is not known."),
                  required=False, max_value=2_000_000_000)  # fmt: skip
    size_source = forms.CharField(
        label=_("Where that number is from"), max_length=200, required=False
    )
    worked_by = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Which agency works it"), empty_label="",
        help_text=_("Its statisticians, registrars and social workers enter the days."),
    )  # fmt: skip


class PostForm(forms.Form):
    """A post or venue of the frame."""

    name = forms.CharField(
        label=_("Post or venue"), max_length=120,
        help_text=_("Such as a gate, a bus stop, a kind of venue with its street."),
    )  # fmt: skip
    frequency = forms.DecimalField(
        label=_("Visits a week"), required=False, max_digits=6, decimal_places=2, min_value=0.01,
        help_text=_("How often somebody of these people comes here on average, where known."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
    )  # fmt: skip
    size = people(_("People on an open day"), _("Where known."), required=False)


class RoundForm(forms.Form):
    """One time the survey is done, and the days planned at each post."""

    name = forms.CharField(label=_("Name of the round"), max_length=60)
    begins_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    tool = forms.CharField(label=_("Indicator set or questionnaire"), max_length=120)
    tool_version = forms.CharField(label=_("Its version"), max_length=40)
    definition = in_words(
        _("What each grade means"), 500, rows=3,
        help_text=_("Rounds whose words differ here are not joined by a line in the trend."),
    )  # fmt: skip
    design = forms.ChoiceField(
        label=_("How people are chosen"), choices=Design.choices, widget=forms.RadioSelect
    )
    method = in_words(_("How it is done at a post"), 500, rows=3, help_text=NOBODY_NAMED)

    def __init__(self, *given: Any, posts: list[Post], **named: Any) -> None:
        """Ask for days at each of ``posts``."""
        super().__init__(*given, **named)
        self.posts = posts
        for post in posts:
            self.fields[f"days_{post.pk}"] = people(
                _("Days planned at %(post)s") % {"post": post.name}, required=False, max_value=366,
                hint=_("Empty or 0: not in this round."),
            )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """Return what ``make_round`` takes."""
        given = self.cleaned_data
        days = {post: given.get(f"days_{post.pk}") or 0 for post in self.posts}
        own = {name: given[name] for name in self.base_fields}
        return own | {"planned": {post: n for post, n in days.items() if n}}


class FiguresForm(forms.Form):
    """The figures of one post and day; whatever does not add up is told at its field."""

    def __init__(self, *given: Any, of: Round, seen: DayFigures | None = None, **named: Any):
        """Ask for the second phase too where the round has one; start from ``seen``."""
        super().__init__(*given, **named)
        second = [n for n in NAMES if n.endswith(("_examined", "_confirmed"))]
        held = seen is not None and any(getattr(seen, name) is not None for name in second)
        for name in ("approached", "refused", "missed", "screened", *GRADES):
            may_be_empty = name in ("approached", "refused", "missed")
            self.fields[name] = people(LABELS[name], HINTS.get(name, ""), required=not may_be_empty)
        if of.design == Design.TWO_PHASE or held:
            for name in second:
                self.fields[name] = people(second_phase_label(name), required=False)
        for name in NAMES:
            if seen is not None and name in self.fields:
                self.fields[name].initial = getattr(seen, name)

    def clean(self) -> dict[str, Any]:
        """Tell at each field what cannot be."""
        given = super().clean() or self.cleaned_data
        if not self.errors:
            for name, words in faults(self.figures()):
                self.add_error(name if name in self.fields else None, words)
        return given

    def figures(self) -> DayFigures:
        """Return the figures as they were typed; what was left empty is None."""
        return DayFigures(**{name: self.cleaned_data.get(name) for name in NAMES})  # type: ignore[arg-type]


def second_phase_label(name: str) -> str:
    """Return the label of a field of the second phase."""
    grade, _line, part = name.partition("_")
    said = _("%(grade)s: examined again") if part == "examined" else _("%(grade)s: confirmed")
    return said % {"grade": Grade(grade).label}


class DayForm(FiguresForm):
    """A new day: which post, which day, the figures."""

    field_order = ("post", "on")

    def __init__(self, *given: Any, of: Round, **named: Any):
        """Offer the posts of the round."""
        super().__init__(*given, of=of, **named)
        posts = RoundPost.objects.filter(round=of).select_related("post")
        self.fields["post"] = _PostOfRound(posts, label=_("Post"), empty_label="")
        self.fields["on"] = forms.DateField(label=_("Day"))
        self.order_fields(["post", "on"])


class _PostOfRound(forms.ModelChoiceField):
    """Posts by their names."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.post.name)


class CorrectionForm(FiguresForm):
    """Figures that replace others, and why."""

    reason = forms.ChoiceField(
        label=_("Why the figures change"), widget=forms.RadioSelect,
        choices=[(r.value, r.label) for r in Reason if r not in NOT_GIVEN],
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any):
        """Ask why last."""
        super().__init__(*given, **named)
        self.order_fields([*(n for n in self.fields if n != "reason"), "reason"])


class UploadForm(forms.Form):
    """One CSV file of days."""

    file = forms.FileField(
        label=_("File of days"), help_text=_("CSV in UTF-8, one post and day a row, 10 MB at most"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip

    def clean_file(self) -> tuple[str, str]:
        """Return the text and the name of the file."""
        given = self.cleaned_data["file"]
        try:
            return text_in(given), given.name
        except WrongInput as wrong:
            raise forms.ValidationError(str(wrong)) from None


class AnswersForm(UploadForm):
    """One CSV file of answers on leaving for work."""

    file = forms.FileField(
        label=_("File of answers"), help_text=_("CSV in UTF-8, one answer of one group a row"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip
