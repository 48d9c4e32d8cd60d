"""Acts on training: a training that was held is recorded; a finished practice form is counted."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.models import FormVersion, Practised, Training
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit


@transaction.atomic
def record_training(
    officer: Officer, version: FormVersion, *, held_on: date, by: Officer, at: datetime
) -> Training:
    """Record that ``officer`` was trained in ``version`` of a form on the day ``held_on``.

    The same again is the one recorded. It opens nothing and its absence bars nothing. Raises
    ``NotYourRole``, ``NotOfYourAgency``, and ``WrongInput`` for a day that is yet to come or a
    draft.
    """
    policies.check_may_train(by, officer)
    if held_on > timezone.localdate(at):
        raise WrongInput(_("The day of the training: it is yet to come, expected today or before."))
    if version.is_draft:
        raise WrongInput(_("The version: it is a draft, expected one that is or was in use."))
    kept, is_new = Training.objects.get_or_create(
        officer=officer, version=version, held_on=held_on,
        defaults={"recorded_by": by, "recorded_at": at},
    )  # fmt: skip
    if is_new:
        audit.record("forms.training_recorded", subject=officer.username, by=by, at=at,
                     version=version.pk, held_on=held_on.isoformat())  # fmt: skip
    return kept


def note_practised(version: FormVersion, *, by: Officer, at: datetime) -> None:
    """Count one more practice form that ``by`` finished; what was answered is not kept here."""
    row, _new = Practised.objects.get_or_create(
        officer=by, version=version, defaults={"last_at": at}
    )
    Practised.objects.filter(pk=row.pk).update(finished=F("finished") + 1, last_at=at)
