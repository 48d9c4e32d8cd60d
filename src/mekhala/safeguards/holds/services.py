"""Setting and lifting a hold, each under a second signature."""

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils import timezone

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.four_eyes import services as four_eyes
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.holds.models import Hold
from mekhala.safeguards.notices.kinds import Kind as Told
from mekhala.safeguards.notices.services import tell


def ask_to_set(
    number: str, *, basis: str, until: date, review_on: date, because: str, by: Officer,
    at: datetime, device: str,
) -> SecondSignature:  # fmt: skip
    """Ask that nothing under ``number`` be erased until the end of the day ``until``."""
    return four_eyes.ask(
        "hold.set", subject=number, because=because, by=by, at=at, device=device, basis=basis,
        until=until.isoformat(), review_on=review_on.isoformat(),
    )  # fmt: skip


def ask_to_lift(
    hold: Hold, *, because: str, by: Officer, at: datetime, device: str
) -> SecondSignature:
    """Ask that a hold end before its time."""
    return four_eyes.ask(
        "hold.lift", subject=hold.number, because=because, by=by, at=at, device=device,
        hold=hold.pk,
    )  # fmt: skip


@transaction.atomic
def set_signed(signature: SecondSignature, *, by: Officer, at: datetime) -> Hold:
    """Set the hold that both officers signed."""
    given = signature.details
    hold = Hold.objects.create(
        number=signature.subject, basis=given["basis"], begins_at=at,
        until=_end_of(date.fromisoformat(given["until"])),
        review_on=date.fromisoformat(given["review_on"]), signature=signature,
    )  # fmt: skip
    audit.record("holds.set", subject=hold.number, by=by, at=at, hold=hold.pk, basis=hold.basis)
    return hold


@transaction.atomic
def lift_signed(signature: SecondSignature, *, by: Officer, at: datetime) -> None:
    """Lift the hold that both officers agreed to lift."""
    hold = Hold.objects.get(pk=signature.details["hold"], number=signature.subject)
    hold.lifted_at, hold.lifted_under = at, signature
    hold.save(update_fields=["lifted_at", "lifted_under"])
    audit.record("holds.lifted", subject=hold.number, by=by, at=at, hold=hold.pk)


@transaction.atomic
def tell_of_reviews(*, at: datetime) -> int:
    """Tell both officers of each hold whose review is due in a fortnight, once; return how many.

    For the daily job, which acts for nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, officer from holds_take_reviews(%s)", [timezone.localdate(at)]
        )
        due = cursor.fetchall()
    for number in sorted({number for number, _officer in due}):
        both = Officer.objects.filter(pk__in=[o for n, o in due if n == number])
        tell(both, Told.HOLD_ENDS, subject=number, by=None, at=at)
    return len({number for number, _officer in due})


def _end_of(day: date) -> datetime:
    """Return the instant the day is over in this country."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
