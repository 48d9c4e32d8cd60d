"""The form in which something that was entered in error is chosen and taken back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mekhala.pathway.labour_migration.models import Deployment, Licence, Review
from mekhala.pathway.labour_migration.words import Mistake
from mekhala.web.casework.fields import one_of

type Row = Deployment | Licence | Review


class TakeBackForm(forms.Form):
    """What was wrong, and why; it stays readable."""

    what = forms.ChoiceField(
        label=_("What was entered in error?"),
        help_text=_("It stays readable, and counts no more."),
        error_messages={"required": _("Choose what is taken back.")},
    )  # fmt: skip
    because = one_of(_("Why is it taken back?"), Mistake.choices)

    def __init__(self, *args: Any, rows: Iterable[Row], **more: Any) -> None:
        super().__init__(*args, **more)
        self.known = {str(one.pk): one for one in rows}
        named = [(key, called(one)) for key, one in self.known.items()]
        self.fields["what"].choices = [("", ""), *named]  # type: ignore[attr-defined]

    def clean_what(self) -> Row:
        """Return the row that was chosen."""
        return self.known[self.cleaned_data["what"]]


def called(one: Row) -> str:
    """Return by what an officer knows one of the rows: no worker is named."""
    if isinstance(one, Licence):
        days = (date_format(day, "DATE_FORMAT") for day in (one.valid_from, one.valid_until))
        return f"{one.number}: {' – '.join(days)}"
    if isinstance(one, Deployment):
        return f"{one.recruiter} · {one.employer}, {one.year}"
    decided = timezone.localtime(one.decided_at or one.opened_at)
    return f"{one.get_decision_display()}, {date_format(decided, 'DATE_FORMAT')}"
