"""A filled follow-up form is recorded on the support plan, once, and lost is not said too soon."""

from datetime import date

import pytest

from mekhala.intake import services as intake
from mekhala.pathway.aftercare import services
from mekhala.pathway.aftercare.models import FollowUp
from mekhala.safeguards.access.acting import become
from tests.builders import NOW
from tests.builders_help import registrar_with_case
from tests.builders_intake import sent, talk_version
from tests.intake.test_shipped_mappings import form_text

ANSWERS = {
    "begun_at": "2026-03-09T09:00:00.000+07:00", "looked_in_on": "2026-03-09", "due": "6",
    "reached": "in_person",
}  # fmt: skip
TALK = {
    "safe_to_speak": "yes", "consent": "yes",
    "outcomes": {"housing": "family", "may_stay": "yes", "work": "paid",
                 "pay_enough": "not_known", "feels_safe": "no", "outcome": "well"},
    "look_in_again": "yes",
}  # fmt: skip


def xml(version, number, *, instance, **said):
    def node(name, value):
        inner = "".join(node(*each) for each in value.items()) if isinstance(value, dict) else value
        return f"<{name}>{inner}</{name}>"

    told = ANSWERS | {"case_number": number} | said
    body = "".join(node(*each) for each in told.items())
    return (
        f'<follow_up xmlns:jr="http://openrosa.org/javarosa" id="follow_up" version="{version}">'
        f"{body}<meta><instanceID>{instance}</instanceID></meta></follow_up>"
    ).encode()


@pytest.fixture
def due(db, acting):
    """Return an officer, a case with a plan, and a function that sends and takes a form."""
    worker, made = registrar_with_case(age=24, age_certainty="known")
    version = talk_version(text=form_text("follow_up"), mapping="", name="follow_up").version
    acting(worker)
    plan = services.make_plan(made, "Rest", agreed_on=date(2025, 9, 9), by=worker, at=NOW)
    services.plan_follow_ups(plan, by=worker, at=NOW)

    def take(instance, **said):
        form = sent(worker, xml(version, made.number, instance=instance, **said))
        become(worker.pk)
        return intake.take_in(form, by=worker, at=NOW)

    return take


def test_a_talk_becomes_outcomes_on_the_day_and_twice_is_once(due):
    row = due("uuid:a", talk=TALK)
    assert (row.state, row.became) == ("done", ["followed"])
    day = FollowUp.objects.get(months=6)
    assert (day.outcome, day.housing, day.may_stay, day.work) == ("well", "family", True, "paid")
    assert (day.pay_enough, day.feels_safe) == (None, False)
    assert due("uuid:b", talk=TALK).state == "done"
    assert FollowUp.objects.filter(done_on__isnull=False).count() == 1


def test_not_met_is_a_try_and_lost_waits_for_several_days_of_trying(due):
    assert due("uuid:a", reached="not_met").state == "done"
    row = due("uuid:b", reached="lost")
    assert (row.state, row.why, row.refusal) == ("waits", "refused", "NotTriedEnough")
    day = FollowUp.objects.get(months=6)
    assert (day.tried_on, day.done_on) == ([date(2026, 3, 9)], None)


def test_who_wants_nobody_to_look_in_again_is_asked_no_more(due):
    due("uuid:a", talk=TALK | {"look_in_again": "no"})
    assert [d.outcome for d in FollowUp.objects.all()] == ["closed_at_wish"]
