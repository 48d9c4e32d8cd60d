"""Returns, recruitment agencies and workers, all invented."""

from datetime import timedelta

from django.utils import timezone

from mekhala.core import exchange_file
from mekhala.pathway.labour_migration import services as agencies
from mekhala.pathway.labour_migration import workers
from mekhala.pathway.repatriation import services as returns
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent.models import Answer, DataClass
from mekhala.safeguards.consent.services import record_answer
from tests.builders import agency, officer

PDF = b"%PDF-1.4 an invented contract"


def labour_officers(n=2):
    """Return officers of one invented labour inspection."""
    office = agency(AgencyKind.LABOUR)
    return [officer(Role.REGISTRAR, at=office) for _ in range(n)]


def recruiter(by, at, *, licensed=True, number="R-1"):
    """Return an invented agency, licensed for the year around ``at``."""
    one = agencies.register_recruiter(number, f"Agency {number} (invented)", by=by, at=at)
    if licensed:
        day = timezone.localdate(at)
        agencies.license_recruiter(
            one, f"L-{number}", valid_from=day - timedelta(days=500),
            valid_until=day + timedelta(days=500), by=by, at=at,
        )  # fmt: skip
    return one


def began(case, by, at, corridor="tha-khm", **more):
    """Return a return begun on the day of ``at``; run as ``by``."""
    day = timezone.localdate(at)
    return returns.begin(case, corridor, started_on=more.pop("on", day), by=by, at=at, **more)


def body_abroad():
    """Return an invented embassy with an officer, and its private key, known to us."""
    embassy = agency(AgencyKind.EMBASSY)
    consul = officer(Role.FIRST_RESPONDER, at=embassy)
    office = officer(Role.ADMINISTRATOR)
    private, public = exchange_file.new_key()
    become(office.pk)
    returns.add_key(embassy, "VNM", public, by=office, at=timezone.now())
    return consul, private


def yes_to(case, body, *, by, at, answer=Answer.GIVEN):
    """Record the person's answer to telling a body abroad needs and name; run as ``by``."""
    for told in (DataClass.NEEDS, DataClass.IDENTITY):
        record_answer(
            case.number, recipient=body.code, purpose=Purpose.SUPPORT, data_class=told,
            answer=answer, by=by, at=at, is_adult=True, manner="spoken", present=["alone"],
            language="vi",
        )  # fmt: skip


def ready_to_leave(one, by, at, *, guardian_agrees=None):
    """Record a wish and every check, with a yes."""
    day = timezone.localdate(at)
    returns.record_statement(
        one, "return", said_on=day, guardian_agrees=guardian_agrees, by=by, at=at
    )
    for kind in ("identity", "risk", "family"):
        returns.record_check(one, kind, True, found_by="aftercare", found_on=day, by=by, at=at)


def rows_of_a_return(case, by, at):
    """Leave a row in every table of a return; run as ``by``."""
    from mekhala.pathway.repatriation.models import Exchange

    one = began(case, by, at)
    ready_to_leave(one, by, at)
    returns.record_step(
        one, "identified", side="theirs", done_on=timezone.localdate(at), reference="T-1", by=by,
        at=at,
    )  # fmt: skip
    returns.take_back_step(one, "identified", side="theirs", because="not_done", by=by, at=at)
    sent = Exchange.objects.create(
        of_return=one, to=by.agency, content=b"sealed", receipt_digest="0" * 64, made_by=by,
        made_at=at,
    )  # fmt: skip
    return {"return_id": one.pk, "file_id": sent.pk, "deed": "statement"}


def rows_of_a_worker(by, at):
    """Leave a row in every table of a worker's file; return what addresses need."""
    [inspector] = labour_officers(1)
    become(inspector.pk)
    one = recruiter(inspector, at)
    become(by.pk)
    day = timezone.localdate(at)
    file = workers.open_file(by=by, at=at)
    sent = workers.record_deployment(file, one, "Works", "MYS", year=day.year, by=by, at=at)
    told = workers.complain(
        one, ["fee"], by_whom="worker", country="MYS", received_on=day, words="Invented.", by=by,
        at=at, worker=file, deployment=sent,
    )  # fmt: skip
    left = workers.keep_departure(told.worker, "MYS", contract=PDF, by=by, at=at)
    wish = workers.ask_after(
        told.worker, place_code="12", how="By telephone", first_on=day, by=by, at=at
    )
    workers.record_asking(wish, "person", "well", on=day, by=by, at=at)
    return {
        "worker": told.worker.number, "departure_id": left.pk, "ask_id": wish.pk,
        "matter": "complaint",
    }  # fmt: skip
