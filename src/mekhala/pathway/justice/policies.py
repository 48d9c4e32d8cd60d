"""Who may act in a proceeding, and what may follow what. Nothing here changes anything."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mekhala.pathway.justice import ladder
from mekhala.pathway.justice.errors import (
    AlreadyWithdrawn,
    ConsentMissing,
    DaysOutOfOrder,
    MoveNotAllowed,
    NotAProsecutor,
    NotChargedThen,
    NotHandedOn,
    NotOfThisCourt,
    PresumptionStands,
)
from mekhala.pathway.justice.models import Charge, Stage, Step
from mekhala.safeguards.access import queries as access
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent import queries as consent
from mekhala.safeguards.consent.models import DataClass

HANDED_ON_TO = frozenset({AgencyKind.POLICE, AgencyKind.COURT})


def may_file(by: Officer) -> bool:
    """Answer whether the officer's role is justice."""
    return by.role == Role.JUSTICE


def check_may_file(by: Officer) -> None:
    """Refuse every role but justice."""
    if not may_file(by):
        raise NotYourRole


def check_may_act(by: Officer, number: str, *, now: datetime) -> None:
    """Refuse every role but justice, and every officer to whom the proceeding is not open."""
    check_may_file(by)
    if Purpose.JUSTICE not in access.purposes_for(by, number, now=now):
        raise NotOpenToYou


def may_link(case_number: str, *, agency: str, now: datetime) -> bool:
    """Answer whether the person's yes stands: this agency may know what happened to her."""
    return consent.is_given(
        case_number, recipient=agency, purpose=Purpose.JUSTICE, data_class=DataClass.STORY, now=now
    )


def check_may_link(case_number: str, *, by: Officer, now: datetime) -> None:
    """Refuse a link to a case unless the person's yes to this agency stands, and hold that yes."""
    consent.hold(case_number)
    if not may_link(case_number, agency=by.agency.code, now=now):
        raise ConsentMissing


def check_move(steps: list[Step], stage: Stage, *, allowed: tuple[Stage, ...]) -> None:
    """Refuse a rung that is not among those ``allowed`` after ``steps``, naming these."""
    last = ladder.stage_after(steps)
    if stage in allowed:
        return
    if last == Stage.ACQUITTED and not allowed:
        raise MoveNotAllowed(
            _("Nothing follows “%(last)s”, unless the prosecutor appealed against the judgment of"
              " %(day)s: record that appeal first.")
            % {"last": _label(last), "day": date_format(steps[-1].on)}
        )  # fmt: skip
    if not allowed:
        raise MoveNotAllowed(_("Nothing follows “%(last)s”.") % {"last": _label(last)})
    raise MoveNotAllowed(
        _("“%(stage)s” does not follow “%(last)s”; what can follow: %(allowed)s.")
        % {
            "stage": ladder.offered(stage, after=last),
            "last": _label(last),
            "allowed": ", ".join(str(ladder.offered(s, after=last)) for s in allowed),
        }
    )


def _label(stage: Stage | None) -> str:
    return str(stage.label) if stage else _("nothing recorded")


def check_day(on: date, *, not_before: date | None, at: datetime) -> None:
    """Refuse a day that has not come, or that lies before ``not_before``."""
    if on > timezone.localdate(at):
        raise DaysOutOfOrder(_("%(day)s has not come yet.") % {"day": date_format(on)})
    if not_before is not None and on < not_before:
        raise DaysOutOfOrder(
            _("%(day)s is before %(other)s, the day recorded before it. Check both dates.")
            % {"day": date_format(on), "other": date_format(not_before)}
        )


def check_may_be_charged(steps: list[Step], on: date) -> None:
    """Refuse a charge unless the accused was a charged person or defendant on that day."""
    until_then = [step for step in steps if step.on <= on]
    if not any(s.on == on and s.stage in ladder.MAY_BE_CHARGED for s in until_then) and (
        ladder.stage_after(until_then) not in ladder.MAY_BE_CHARGED
    ):
        raise NotChargedThen


def check_may_withdraw(charge: Charge) -> None:
    """Refuse to withdraw what has been withdrawn."""
    if charge.withdrawn_on is not None:
        raise AlreadyWithdrawn


def check_may_prosecute(by: Officer) -> None:
    """Refuse to override the gate to all but the prosecution and the court."""
    if by.agency.kind != AgencyKind.COURT:
        raise NotAProsecutor


def check_may_take_presumption_back(by: Officer) -> None:
    """Refuse the police to take back that an accused may be a victim or was a child."""
    if by.agency.kind != AgencyKind.COURT:
        raise PresumptionStands


def may_watch(by: Officer) -> bool:
    """Answer whether the officer watches trials: a provider of an agency of that kind."""
    return by.role == Role.PROVIDER and by.agency.kind == AgencyKind.OBSERVER


def check_may_watch(by: Officer) -> None:
    """Refuse everybody who is no monitor of trials."""
    if not may_watch(by):
        raise NotYourRole


def check_may_hand_on(to: Officer, *, by: Officer) -> None:
    """Refuse to hand a proceeding on to anybody but a justice officer of police or court."""
    fits = to.role == Role.JUSTICE and to.is_active and to.agency.kind in HANDED_ON_TO
    if not fits or to.agency_id == by.agency_id:
        raise NotHandedOn


def check_may_assign(to: Officer, *, by: Officer) -> None:
    """Refuse to open a proceeding beyond the justice officers of one agency."""
    if to.role != Role.JUSTICE or to.agency_id != by.agency_id or not to.is_active:
        raise NotOfThisCourt
