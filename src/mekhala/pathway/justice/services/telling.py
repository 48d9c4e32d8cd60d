"""Who was told of a suspicion, and telling each of them when it has come to nothing."""

from datetime import date, datetime

from django.db import transaction

from mekhala.pathway.justice import ladder, policies
from mekhala.pathway.justice.models import Accused, Corrected, Stage, Step, Told
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices import services as notices
from mekhala.safeguards.notices.kinds import Kind


def note_told(
    accused: Accused, *, way: str, agency: Agency | None, on: date, by: Officer, at: datetime,
    body: str = "",
) -> Told:  # fmt: skip
    """Keep that an agency, or a ``body`` that is none of ours, was told of the suspicion."""
    return Told.objects.create(
        accused=accused, way=way, agency=agency, body=body, on=on, recorded_by=by, recorded_at=at
    )


def tell_it_has_ended(accused: Accused, stage: Stage, *, by: Officer, at: datetime) -> int:
    """Tell everybody who was told of the suspicion that it is no more; return how many that were.

    An agency with officers of justice here gets a notice; to every other one a letter is due,
    which stands on the page until it is noted as sent.
    """
    told = Told.objects.filter(accused=accused, correction=None).select_related("agency")
    for one in told:
        reached = list(access.officers_of(Role.JUSTICE, one.agency)) if one.agency else []
        notices.tell(
            reached, Kind.SUSPICION_ENDED, subject=accused.number, by=by, at=at, stage=stage.value
        )
        Corrected.objects.create(
            told=one, stage=stage, at=at, by=by, way="notice" if reached else "letter"
        )
        audit.record(
            "justice.correction_told", subject=accused.proceeding_id, by=by, at=at,
            accused=accused.pk, told=one.pk,
        )  # fmt: skip
    return len(told)


def correct_if_ended(accused: Accused, *, by: Officer, at: datetime) -> None:
    """Tell those of whom it is recorded only now that they were told, where it has ended."""
    stage = ladder.stage_after(list(Step.objects.filter(accused=accused)))
    if stage in ladder.CLEARED:
        tell_it_has_ended(accused, stage, by=by, at=at)


@transaction.atomic
def letter_sent(correction: Corrected, *, on: date, by: Officer, at: datetime) -> Corrected:
    """Note that the letter which corrects a suspicion went out.

    Raises ``NotYourRole``, ``NotOpenToYou``, ``DaysOutOfOrder``.
    """
    number = correction.told.accused.proceeding_id
    policies.check_may_act(by, number, now=at)
    policies.check_day(on, not_before=correction.told.on, at=at)
    correction.sent_on = on
    correction.save(update_fields=["sent_on"])
    audit.record("justice.correction_sent", subject=number, by=by, at=at, told=correction.told_id)
    return correction
