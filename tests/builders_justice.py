"""Invented proceedings. Nobody here is real, and nobody is guilty."""

from datetime import UTC, date, datetime, timedelta

from mekhala.pathway.justice import services
from mekhala.pathway.justice.models import Stage
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.consent import services as consent
from mekhala.safeguards.consent.models import DataClass
from tests.builders import agency, officer

AT = datetime.now(UTC)  # grants of a year are live by the clock of the database
COMPLAINT_ON = date(2024, 2, 5)
DAYS = [date(2024, month, 5) for month in range(3, 9)]
TO_FINAL = [
    Stage.SUSPECT, Stage.CHARGED, Stage.DEFENDANT, Stage.CONVICTED_APPEAL_OPEN,
    Stage.CONVICTED_FINAL,
]  # fmt: skip
ARTICLE = {
    "statute": "KH-LSHTSE-2008", "article": "12", "in_force_from": date(2008, 2, 15),
    "conduct_from": "2023-06", "conduct_to": "2023-09",
}  # fmt: skip
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
    if stage in (None, Stage.COMPLAINED_OF):
        return []
    if stage in TO_FINAL:
        return TO_FINAL[: TO_FINAL.index(stage) + 1]
    before = {Stage.DISCONTINUED: Stage.SUSPECT, Stage.ACQUITTED: Stage.DEFENDANT}[stage]
    return [*way_to(before), stage]


def answer_about(opened, by, answer, *, to, data_class=DataClass.STORY, minutes=0):
    """Keep what the person said about justice at the agency of ``to``; later minutes count."""
    return consent.record_answer(
        opened.number, recipient=to.agency.code, purpose=Purpose.JUSTICE, data_class=data_class,
        answer=answer, by=by, at=AT - timedelta(minutes=30 - minutes), is_adult=True,
    )  # fmt: skip
