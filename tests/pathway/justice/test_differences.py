"""Where judgment, registers and those who were at a hearing do not agree: shown, never decided."""

from datetime import timedelta

import pytest

from mekhala.core.reasoning.fair_trial.review import review
from mekhala.pathway.justice import fairness, models, queries, services
from mekhala.pathway.justice.differences import differences
from mekhala.pathway.justice.models import Stage
from tests.builders_justice import ARTICLE, AT, DAYS, accused, court_officer
from tests.builders_monitors import BEGUN

CONFESSION, MEDICAL = {"confession": "Confession"}, {"medical_report": "Medical report"}


@pytest.fixture
def by(db):
    return court_officer()


def _judged(by, *relied_on):
    one = accused(by, upto=Stage.CHARGED)
    charge = services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    _record(models.Verdict, one, by, charge=charge, instance="first", on=DAYS[3],
            result="acquitted", statute=charge.statute, article=charge.article,
            relied_on=list(relied_on) or None)  # fmt: skip
    return one


def _record(of, one, by, **said):
    return services.record(of, one, by=by, at=AT, **said)


def _words(one, registered=None):
    read = queries.for_review().get(pk=one.pk)
    return [found.words for found in differences(read, registered or {}, now=AT)]


def _heard(one, by, *seen):
    trial = services.plan_hearing(one.proceeding, kind="trial", starts_at=BEGUN, by=by, at=AT)
    for who, said in zip(("clerk", "monitor", "lawyer"), seen, strict=False):
        _record(models.Observation, one, by, hearing=trial, seen_by=who, **said)
    return trial


def test_a_judgment_that_rests_on_what_nobody_registered_is_shown(by):
    one = _judged(by, "confession")
    assert _words(one) == ["The judgment rests on “Confession”; nothing of the kind is registered."]
    assert _words(one, CONFESSION) == []
    _record(models.Statement, one, by, speaker="accused", form="signed", is_confession=True)
    assert _words(one) == []


def test_evidence_a_judgment_is_silent_about_is_shown(by):
    one = _judged(by, "confession")
    (found,) = _words(one, CONFESSION | MEDICAL)
    assert "Medical report" in found
    assert _words(_judged(by, "other"), MEDICAL) == []
    assert _words(_judged(by), MEDICAL) == []


@pytest.mark.parametrize("kind", ["lawyer", "interpreter"])
def test_who_was_at_a_hearing_is_held_against_who_was_assigned(by, kind):
    one = accused(by, upto=Stage.ACCUSED)
    _heard(one, by, {kind: True})
    (found,) = _words(one)
    assert "not in the register" in found
    day = BEGUN.date() - timedelta(days=3)
    first = _record(models.Counsel, one, by, kind=kind, since=day)
    assert _words(one) == []
    _record(models.Counsel, one, by, kind=kind, since=day, until=day, replaces=first)
    assert len(_words(one)) == 1


def test_somebody_assigned_who_did_not_come_is_shown_and_unknown_is_not(by):
    one = accused(by, upto=Stage.ACCUSED)
    _record(models.Counsel, one, by, kind="lawyer", since=DAYS[1])
    trial = _heard(one, by, {"lawyer": None})
    assert _words(one) == []
    _record(models.Observation, one, by, hearing=trial, seen_by="monitor", lawyer=False)
    (found,) = _words(one)
    assert "not there at the hearing" in found


def test_those_who_were_there_and_do_not_agree_are_shown_and_leave_it_unknown(by):
    one = accused(by, upto=Stage.ACCUSED)
    trial = _heard(one, by, {"law_explained": True}, {"law_explained": False})
    (found,) = _words(one)
    assert trial.number in found
    read = fairness.proceeding_of(queries.for_review().get(pk=one.pk), now=AT)
    assert "law_explained" not in read.get("hearing", {})


def test_the_register_speaks_where_no_judgment_says_what_it_rests_on(by):
    one = accused(by, upto=Stage.ACCUSED)
    read = queries.for_review().get(pk=one.pk)
    alone = review(fairness.proceeding_of(read, now=AT, registered=["confession"]))
    assert "confession_only" in {flag.code for flag in alone.raised}
    none = review(fairness.proceeding_of(read, now=AT))
    assert "confession_only" in {flag.code for flag in none.cannot_tell}
