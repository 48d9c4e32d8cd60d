"""One case, one proceeding and one request with everything in them, and an officer of each role."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mekhala.pathway.aftercare import services as aftercare
from mekhala.pathway.aftercare.codes import Area, Asked
from mekhala.pathway.determination.models import Recusal
from mekhala.pathway.registration import services as registration
from mekhala.pathway.registration.models import Announcement
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent.models import Answer, Stop
from tests.builders import NOW, agency, officer, open_to
from tests.builders_casework import AFTER_RECOVERY, authority, believed, read, referred
from tests.builders_evidence import all_of_evidence
from tests.builders_forms import filled, form_version, send
from tests.builders_foureyes import signed
from tests.builders_help import provider, service
from tests.builders_incidents import all_of_incidents
from tests.builders_justice import ARTICLE as LAW
from tests.builders_justice import AT, DAYS, accused, court_officer, every_entry
from tests.builders_leaving import rows_of_a_return, rows_of_a_worker
from tests.builders_redress import all_of_redress
from tests.builders_unsealing import opened_for_law
from tests.builders_visits import rows_of_a_visit

SECRET = "Zxqwernary Planted"
NATIONAL_ID, BIRTH_DATE = "090999123", "1991-03-05"
TOLD = {"latin_name": SECRET, "national_id": NATIONAL_ID, "birth_date": BIRTH_DATE}
PURPOSE_OF = {
    Role.FIRST_RESPONDER: Purpose.FIRST_CONTACT, Role.AUTHORITY: Purpose.DETERMINATION,
    Role.REGISTRAR: Purpose.REGISTRATION, Role.PROVIDER: Purpose.SUPPORT,
}  # fmt: skip


@dataclass
class Full:
    """What stands, by the names addresses use, and who works with it."""

    number: str
    inside: dict[Role, Any]
    outside: dict[Role, Any]
    ids: dict[str, Any]


def everything():
    """Return a case with every room's rows, open to ``inside`` and to nobody of ``outside``."""
    board = authority()
    first = officer()
    file = referred(first, identity=TOLD)
    case = file.case
    registrar = officer(Role.REGISTRAR, at=agency(AgencyKind.SOCIAL_AFFAIRS))
    open_to(registrar, case.number, Purpose.REGISTRATION, by=first)
    evidence = _asked_for(file, board[1], first)
    asked = believed(file, *board[1:])
    for reader in board[1:]:
        read(asked, reader)
    become(registrar.pk)
    registration.register(case=case, by=registrar, at=NOW)
    task = aftercare.Task(need="shelter", what="A quiet room", due_on=NOW.date())
    plan = aftercare.make_plan(
        case, "To rest", agreed_on=NOW.date(), by=registrar, at=NOW, tasks=[task]
    )
    days = aftercare.plan_follow_ups(plan, by=registrar, at=NOW)
    task_id = plan.tasks.first().pk
    told = _told(case, board[1])
    house = service()
    helper = provider(house)
    open_to(helper, case.number, Purpose.SUPPORT, by=first)
    request = _asked_again(case, house, first)
    question = _asked_back(request, helper, first)
    _decided_on(request, registrar)
    supported = supported_too(case, house, registrar, helper)
    form_version()
    sent = send(first, filled())
    court = court_officer()
    one = accused(court, upto="accused")
    charge = _charged(one, court)
    entries = every_entry(one, court, charge)
    evidence |= all_of_evidence(one, charge, court)
    redress = all_of_redress(case, registrar, one.proceeding_id, court)
    inside = {
        Role.FIRST_RESPONDER: first, Role.AUTHORITY: board[0], Role.REGISTRAR: registrar,
        Role.PROVIDER: helper, Role.JUSTICE: court,
    }  # fmt: skip
    ids = {
        "service_id": house.pk, "referral_id": request.pk, "task_id": task_id, "kind": "task",
        "row_id": task_id,
        "follow_up_id": days[0].pk, "letter_id": told.pk,
        "question_id": question.pk, **evidence, **supported, "which": "overdue",
        "stop_id": _stop_of(first), "submission": sent.submission.pk, "instance_id": "uuid:1",
        "proceeding": one.proceeding_id, "accused": one.number, "charge": charge.pk, **entries,
        **redress, **all_of_incidents(helper),
    }  # fmt: skip
    become(first.pk)
    ids["meeting"] = case.encounters.get().pk
    ids |= rows_of_a_return(case, first, NOW)
    ids |= rows_of_a_worker(first, NOW)
    ids |= rows_of_a_visit(case, first, NOW)
    _announced(case, first)
    _held(case, board[0], registrar)
    ids["order_id"] = opened_for_law(case.number, board[0], registrar).pk
    become(None)
    return Full(case.number, inside, {role: officer(role) for role in Role}, ids)


def _decided_on(request, registrar):
    """Leave that the ministry decided about the place of a request."""
    from mekhala.pathway.referral import placing

    become(registrar.pk)
    placing.decide(request.placement.number, "agreed", ["suits"], by=registrar, at=NOW)


def _announced(case, first):
    """Leave that the ministry was told of the person without a name."""
    Announcement.objects.create(
        number="RP-0000-0000", case=case, agency=first.agency, sex="unknown", age_told="unknown",
        known_on=NOW.date(), announced_at=NOW, announced_by=first,
    )  # fmt: skip


def supported_too(case, house, registrar, helper):
    """Leave every other kind of row of support; a note the house has chosen to share."""
    become(registrar.pk)
    told = {"by": registrar, "at": NOW}
    aftercare.assess(
        case, dict.fromkeys(Area.values, "not_said"), words="", made_on=NOW.date(), **told
    )
    given = aftercare.record_help(case, "health", given_on=NOW.date(), agreed=True, **told)
    stay = aftercare.begin_stay(
        case, agency=house.agency, kind="shelter", basis="court_order", agreed=None,
        movement="free", began_at=NOW, order_number="7", basis_ends_on=NOW.date(), **told,
    )  # fmt: skip
    trace = aftercare.start_trace(case, "sibling", who="An elder one.", agreed=True, **told)
    aftercare.name_kin(case, "aunt_uncle", words="Took me there.", **told)
    asked = dict.fromkeys(Asked.values, "yes")
    aftercare.screen_return(case, "parent", asked, **told)
    become(helper.pk)
    note = aftercare.write_note(case, "Slept well.", by=helper, at=NOW)
    aftercare.share_note(note, by=helper, at=NOW)
    return {
        "stay_id": stay.pk, "trace_id": trace.pk, "note_id": note.pk, "step": "end",
        "help_id": given.pk,
    }  # fmt: skip


def _asked_for(file, reader, screener):
    """Leave every kind of row of the authority's room: a clock change, a request, a recusal."""
    from mekhala.pathway.determination import services

    become(reader.pk)
    asked = services.ask_for_fact(
        file=file, code="act.receipt", question="Who met her?", asked_of=screener, by=reader, at=NOW
    )
    services.extend(
        file=file, due_on=NOW.date() + timedelta(days=60), reason="evidence", because="A paper.",
        by=reader, at=NOW,
    )  # fmt: skip
    services.place_on_continuum(file=file, degree="B", by=reader, at=NOW)
    Recusal.objects.create(case=file.case, officer=officer(Role.AUTHORITY), declared_at=NOW)
    return {"request_id": asked.pk, "source_id": file.sources.first().pk}


def _told(case, reader):
    """Leave a letter about the decision, and what the person said about being reached."""
    from mekhala.pathway.determination import services
    from mekhala.pathway.encounter.services import record_safe_contact

    become(reader.pk)
    at = NOW + timedelta(days=AFTER_RECOVERY)
    record_safe_contact(case=case, way="in_person", by=reader, at=NOW)
    return services.prepare_letter(case=case, kind="decision", language="en", by=reader, at=at)


def _stop_of(first):
    """Return the stop that the agency of the house was told when she took her yes back."""
    become(first.pk)
    return Stop.objects.get().pk


def _held(case, reader, registrar):
    """Leave a legal hold on the case, set under two signatures."""
    today = timezone.localdate()
    signed(
        reader, registrar, "hold.set", subject=case.number, basis="own_wish",
        until=str(today + timedelta(days=90)), review_on=str(today + timedelta(days=30)),
    )  # fmt: skip


def _asked_again(case, house, first):
    from mekhala.pathway.referral import services as referrals
    from tests.builders_help import yes

    yes(case, house, by=first, at=NOW - timedelta(hours=2))
    become(first.pk)
    told = {"case": case, "service": house, "need": "shelter", "by": first, "at": NOW,
            "urgent": "danger"}  # fmt: skip
    referrals.ask(**told)
    yes(case, house, by=first, answer=Answer.WITHDRAWN, at=NOW - timedelta(hours=1))
    yes(case, house, by=first)
    become(first.pk)
    return referrals.ask(**told)


def _asked_back(request, helper, first):
    """The service asks one thing; a link for bodies without an account; an arrival taken back."""
    from mekhala.pathway.referral import going_on
    from mekhala.pathway.referral.models import ArrivalTakenBack, ReferralLink

    become(helper.pk)
    question = going_on.ask_back(request, "climbs", by=helper, at=NOW)
    ArrivalTakenBack.objects.create(
        referral=request, arrived_at=NOW, because="not_come", recorded_by=helper, recorded_at=NOW
    )
    become(first.pk)
    ReferralLink.objects.create(
        referral=request, link="l" * 64, code="c" * 64, until=request.hold_until
    )
    return question


def _charged(one, court):
    from mekhala.pathway.justice import services

    return services.charge(one, charged_on=DAYS[1], by=court, at=AT, **LAW)
