"""Invented proceedings. Nobody here is real, and nobody is guilty."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from mekhala.pathway.justice import models, services
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import DataClass
from tests.builders import agency, officer
from tests.builders_forms import picture

AT = datetime.now(UTC)  # grants of a year are live by the clock of the database
COMPLAINT_ON = date(2024, 2, 5)
DAYS = [date(2024, month, 5) for month in range(3, 9)]
TO_FINAL = [
    Stage.SUSPECT, Stage.CHARGED, Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL,
    Stage.CONVICTED,
]  # fmt: skip
ARTICLE = {
    "statute": "KH-LSHTSE-2008", "article": "12", "in_force_from": date(2008, 2, 15),
    "conduct_from": "2023-06", "conduct_to": "2023-09",
}  # fmt: skip
CONDUCT = {name: ARTICLE[name] for name in ("conduct_from", "conduct_to")}
NAME = {"native_name": "សុខ តេស្ត", "latin_name": "Sok Invented"}


def court_officer(at=None):
    """Return an invented officer of justice, and act as them."""
    who = officer(Role.JUSTICE, at=at or agency(AgencyKind.COURT))
    become(who.pk)
    return who


def proceeding(by):
    """Return an invented proceeding, open to ``by``."""
    return services.file_complaint(by=by, at=AT, complaint_on=COMPLAINT_ON)


def accused(by, *, of=None, upto=None, identity=NAME):
    """Return an invented accused who has climbed as far as ``upto``, a step a month."""
    held = of or proceeding(by)
    one = services.add_accused(held, sex="male", age=30, by=by, at=AT, identity=identity)
    for stage, on in zip(way_to(upto), DAYS, strict=False):
        services.record_step(one, stage, on, by=by, at=AT)
    return one


def way_to(stage):
    """Return the rungs after the complaint that lead to ``stage``."""
    if stage in (None, Stage.NAMED):
        return []
    if stage in TO_FINAL:
        return TO_FINAL[: TO_FINAL.index(stage) + 1]
    before = {Stage.DROPPED: Stage.SUSPECT, Stage.ACQUITTED: Stage.ACCUSED}[stage]
    return [*way_to(before), stage]


def answer_about(opened, by, answer, *, to, data_class=DataClass.STORY, minutes=0):
    """Keep what the person said about justice at the agency of ``to``; later minutes count."""
    return consent.record_answer(
        opened.number, recipient=to.agency.code, purpose=Purpose.JUSTICE, data_class=data_class,
        answer=answer, by=by, at=AT - timedelta(minutes=30 - minutes), is_adult=True,
    )  # fmt: skip


def every_entry(one, by, charge):
    """Leave one row in every table about an accused; return the ids pages ask for."""
    said = {
        models.Complaint: {"made_by": "neighbour", "prior_dispute": True, "note": "A quarrel."},
        models.Custody: {"held_at": AT - timedelta(days=20), "place": "police",
                         "released_at": AT - timedelta(days=18)},
        models.Statement: {"speaker": "accused", "form": "thumbprint"},
        models.Counsel: {"kind": "lawyer", "since": DAYS[1]},
        models.Investigation: {"kind": "interview", "on": DAYS[1]},
        models.Confiscation: {"what": "vehicle", "on": DAYS[1]},
        models.Appeal: {"judged_on": DAYS[3], "filed": False},
        models.Release: {"on": DAYS[4], "why": "judge"},
        models.FactsFound: {"facts": {"act.recruitment": "yes"}, "none_of": ["means"]},
        models.Verdict: {"charge": charge, "instance": "first", "on": DAYS[3],
                         "result": "acquitted", "statute": charge.statute,
                         "article": charge.article},
    }  # fmt: skip
    for kind, words in said.items():
        services.record(kind, one, by=by, at=AT, **words)
    hearing = services.plan_hearing(
        one.proceeding, kind="trial", starts_at=AT - timedelta(days=2), by=by, at=AT
    )
    services.record(
        models.Observation, one, by=by, at=AT, hearing=hearing, seen_by="monitor", minutes=25
    )
    made = services.pass_gate(
        one, statute=charge.statute, article=charge.article, kind="compelled.other", by=by, at=AT,
        compelled=False, direct_result=False,
    )  # fmt: skip
    (sheet,) = services.keep_sheets(one, picture(), file_name="fax.jpg", by=by, at=AT)
    services.key_in(sheet, "complaint", models.Complaint, by=by, at=AT, made_by="police")
    told = services.record_told(one, by=by, at=AT, body="employer", way="work", on=DAYS[1])
    models.Corrected.objects.create(told=told, stage="acquitted", at=AT, by=by, way="letter")
    with connection.cursor() as cursor:
        become(None)
        cursor.execute("select justice_tell_of_clock('custody', 1, %s, now())", [one.number])
        become(by.pk)
    first = models.Complaint.objects.filter(accused=one).earliest("id")
    return {"entry": "complaint", "entry_id": first.pk, "hearing": hearing.number,
            "check_id": made.pk, "told_id": told.pk, "sheet_id": sheet.pk}  # fmt: skip
