"""From a builder framed after a quarrel to a fisherman charged with his own smuggling."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mekhala.core.reasoning.fair_trial.review import review
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.justice import (
    clocks,
    custody,
    fairness,
    gate,
    ladder,
    models,
    queries,
    reliability,
    services,
)
from mekhala.pathway.justice.errors import (
    AlreadyReplaced,
    CheckBeforeStep,
    EntryRefused,
    GateClosed,
    GateFirst,
    NotAProsecutor,
    PresumptionStands,
    ReasonsCarryOneCharge,
    ReasonsMissing,
)
from mekhala.pathway.justice.models import Stage
from mekhala.pathway.justice.standing import current
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.notices.models import Notice
from tests.builders import agency, officer
from tests.builders_justice import ARTICLE, AT, CONDUCT, DAYS, accused, court_officer
from tests.log import Entry

HOUR = timedelta(hours=1)
CITED = {key: ARTICLE[key] for key in ("statute", "article")}


def _record(of, one, by, **said):
    return services.record(of, one, by=by, at=AT, **said)


def _review(one):
    return review(fairness.proceeding_of(queries.for_review().get(pk=one.pk), now=AT))


def _codes(flags):
    return {flag.code for flag in flags}


def test_what_nobody_recorded_raises_nothing_and_is_told_as_unknown(db):
    found = _review(accused(court_officer(), upto=Stage.ACCUSED))
    assert not found.raised
    assert {"no_lawyer", "bribe_demanded", "unlawful_custody"} <= _codes(found.cannot_tell)


def test_a_builder_framed_after_a_quarrel_is_freed_on_review(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    services.describe(one, by=by, at=AT, literate=False, language="km")
    brought = services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    for stage, on in zip(
        (Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED), DAYS[2:], strict=False
    ):
        services.record_step(one, stage, on, by=by, at=AT)
    _record(models.Complaint, one, by, made_by="neighbour", prior_dispute=True)
    _record(models.Custody, one, by, held_at=AT - 300 * HOUR, released_at=AT - 108 * HOUR,
            place="police", extended=False)  # fmt: skip
    _record(models.Statement, one, by, speaker="accused", form="thumbprint", read_out=False)
    _record(models.Verdict, one, by, charge=brought, instance="first", on=DAYS[3],
            result="convicted", statute="KH-LSHTSE-2008", article="12", sentence_months=180,
            relied_on=["confession"])  # fmt: skip
    found = _review(one)
    assert _codes(found.raised) >= {
        "accuser_has_other_motive", "unlawful_custody", "confession_only",
        "sole_statement_not_read_out",
    }  # fmt: skip
    assert found.urgency == "urgent"
    services.record_told(one, by=by, at=AT, body="village", way="letter", on=DAYS[1])
    services.record_step(one, Stage.ACCUSED, DAYS[5], by=by, at=AT)
    services.record_step(one, Stage.ACQUITTED, DAYS[5], by=by, at=AT)
    words = [word for _step, word in queries.rungs(one)]
    assert not any("Convicted" in word for word in words)
    assert queries.told(one).get().correction.way == "letter"


def test_a_thumbprint_of_somebody_who_cannot_read_is_never_reliable_without_a_reader(db):
    by = court_officer()
    one = accused(by)
    services.describe(one, by=by, at=AT, literate=False)
    for read_out, read_by in ((None, ""), (False, ""), (True, "")):
        taken = _record(models.Statement, one, by, speaker="accused", form="thumbprint",
                        read_out=read_out, read_by=read_by)  # fmt: skip
        assert reliability.doubts(taken, one)
    read = _record(models.Statement, one, by, speaker="accused", form="thumbprint", read_out=True,
                   read_by="lawyer")  # fmt: skip
    assert not reliability.doubts(read, one)


def test_an_entry_is_replaced_once_and_stays(db):
    by = court_officer()
    one = accused(by)
    first = _record(models.Complaint, one, by, made_by="police", note="Said so.")
    later = _record(models.Complaint, one, by, made_by="ngo", replaces=first)
    with pytest.raises(AlreadyReplaced):
        _record(models.Complaint, one, by, made_by="other", replaces=first)
    kept = models.Complaint.objects.filter(accused=one).order_by("id")
    assert current(kept) == [later]
    assert kept[0].note == "Said so."
    with pytest.raises(EntryRefused):
        _record(models.Custody, one, by, held_at=AT, released_at=AT - HOUR, place="police")


def test_a_fisherman_is_not_charged_with_his_own_smuggling_unless_a_prosecutor_says_why(db):
    by = court_officer(agency(AgencyKind.POLICE))
    one = accused(by, upto=Stage.CHARGED)
    services.describe(one, by=by, at=AT, presumed_victim=True)
    with pytest.raises(GateFirst):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    made = services.pass_gate(
        one, statute="KH-LSHTSE-2008", article="12", kind="compelled.immigration", compelled=True,
        by=by, at=AT,
    )  # fmt: skip
    with pytest.raises(GateClosed, match="presumed to be a victim"):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    with pytest.raises(NotAProsecutor):
        services.override_gate(made, "Because.", **CONDUCT, by=by, at=AT)
    court = officer(Role.JUSTICE, at=agency(AgencyKind.COURT))
    services.hand_on(one.proceeding, to=court, by=by, at=AT)
    become(court.pk)
    with pytest.raises(ReasonsMissing):
        services.override_gate(made, "  ", **CONDUCT, by=court, at=AT)
    services.override_gate(made, "He owned the boat.", **CONDUCT, by=court, at=AT)
    services.charge(one, charged_on=DAYS[1], by=court, at=AT, **ARTICLE)
    assert queries.checks_counted() == {"overridden": 1}


def _against_a_check(one, by, **conduct):
    """Let one charge of the usual article through, with reasons, for the conduct named."""
    asked = {"kind": "compelled.immigration", "compelled": True, "by": by, "at": AT}
    made = services.pass_gate(one, **CITED, **asked)
    return services.override_gate(made, "He owned the boat.", **CONDUCT | conduct, by=by, at=AT)


@pytest.fixture
def fisherman(db):
    """Return an invented accused who may be a victim, and the prosecutor who charges."""
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    services.describe(one, by=by, at=AT, presumed_victim=True)
    return one, by


def test_reasons_against_a_check_carry_one_charge_and_a_second_is_counted_on_its_own(fisherman):
    one, by = fisherman
    charge = {"charged_on": DAYS[1], "by": by, "at": AT, **ARTICLE}
    first = _against_a_check(one, by)
    assert services.charge(one, **charge).against_check == first
    with pytest.raises(ReasonsCarryOneCharge):
        services.charge(one, **charge)
    other = {"conduct_from": "2023-10", "conduct_to": "2023-11"}
    second = _against_a_check(one, by, **other)
    with pytest.raises(ReasonsCarryOneCharge):
        services.charge(one, **charge)
    assert services.charge(one, **charge | other).against_check == second
    assert queries.checks_counted() == {"overridden": 2}
    assert gate.unchecked(queries.accused().get(pk=one.pk)) == []


def test_reasons_name_the_days_of_the_charge_they_are_for(fisherman):
    one, by = fisherman
    for days in ({"conduct_from": ""}, {"conduct_from": "soon"}, {"conduct_to": "2022"}):
        with pytest.raises((ActRefused, WrongInput)):
            _against_a_check(one, by, **days)
    assert not models.GateCheck.objects.filter(outcome="overridden").exists()


def test_the_database_too_lets_reasons_carry_one_charge_of_the_days_they_name(fisherman):
    one, by = fisherman
    against = _against_a_check(one, by)
    assert not _charged_past_the_room(one)  # names no reasons
    assert not _charged_past_the_room(one, against_check=against, conduct_from="2023-05")
    assert _charged_past_the_room(one, against_check=against)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Charge.objects.create(
            accused=one, charged_on=DAYS[1], against_check=against, **ARTICLE
        )
    for change in ({"conduct_from": "2023-05"}, {"against_check": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Charge.objects.filter(accused=one).update(**change)


def test_soliciting_meets_the_four_conditions_and_unknown_passes_nobody(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    asked = {"statute": "KH-LSHTSE-2008", "article": "24", "kind": "compelled.soliciting"}
    unknown = services.pass_gate(one, by=by, at=AT, **asked)
    assert (unknown.outcome, unknown.reasons) == ("closed", ["not_asked", "no_condition"])
    asked |= {"compelled": False, "disorder": True}
    half = services.pass_gate(one, by=by, at=AT, **asked)
    assert (half.outcome, half.reasons) == ("closed", ["situation_not_asked"])
    met = services.pass_gate(one, by=by, at=AT, direct_result=False, **asked)
    assert met.outcome == "open"
    services.describe(one, by=by, at=AT, age=None)
    unaged = services.pass_gate(one, by=by, at=AT, direct_result=False, **asked)
    assert (unaged.outcome, unaged.reasons) == ("closed", ["age_not_asked"])


def test_a_number_without_a_yes_of_the_person_is_answered_with_nothing(db):
    court_officer()
    with connection.cursor() as cursor:
        cursor.execute("select justice_presumption('MK-0000-0000')")
        assert cursor.fetchone() == (None,)


def test_who_keeps_a_proceeding_is_told_once_and_before_custody_runs_out(db):
    by = court_officer()
    one = accused(by)
    _record(models.Custody, one, by, held_at=AT - HOUR, place="police", was_minor=False,
            offence_class="misdemeanour")  # fmt: skip
    runs = custody.of_custody(models.Custody.objects.get())
    assert runs.alarm_at < runs.runs_out_at
    become(None)
    assert clocks.tell_before_they_run_out(at=runs.alarm_at - HOUR) == 0
    assert clocks.tell_before_they_run_out(at=runs.alarm_at) == 1
    assert clocks.tell_before_they_run_out(at=runs.runs_out_at) == 0
    become(by.pk)
    assert Notice.objects.get().subject == one.proceeding_id


def test_an_acquittal_reaches_the_agency_it_was_handed_on_to(db):
    by = court_officer()
    one = accused(by, upto=Stage.ACCUSED)
    elsewhere = officer(Role.JUSTICE, at=agency(AgencyKind.POLICE))
    services.hand_on(one.proceeding, to=elsewhere, by=by, at=AT)
    services.record_step(one, Stage.ACQUITTED, DAYS[5], by=by, at=AT)
    assert queries.told(one).get().correction.way == "notice"
    become(elsewhere.pk)
    assert Notice.objects.get().kind == "suspicion_ended"


def test_no_word_of_the_ladder_or_of_an_entry_says_who_did_it():
    words = [str(s.label) for s in Stage] + [str(w) for w in ladder.HAPPENED.values()]
    for model in (models.Complaint, models.Custody, models.Statement, models.Observation,
                  models.Verdict, models.GateCheck):  # fmt: skip
        words += [str(f.verbose_name) for f in model._meta.concrete_fields]
    told = " ".join(words).lower()
    assert "perpetrator" not in told
    assert "offender" not in told


SOLICITING = {"statute": "KH-LSHTSE-2008", "article": "24"}
ENTRY = {"statute": "KH-IMM-1994", "article": "29"}
FALSE_PAPERS = {"statute": "KH-PC-2009", "article": "626-630"}


def test_detention_before_trial_is_told_of_before_its_limit_and_not_after_a_judgment(db):
    by = court_officer()
    one = accused(by, upto=Stage.ACCUSED)
    held = AT - timedelta(days=120)
    said = {"held_at": held, "place": "prison", "was_minor": False, "offence_class": "felony"}
    runs = custody.of_custody(_record(models.Custody, one, by, **said))
    become(None)
    assert clocks.tell_before_they_run_out(at=runs.alarm_at - HOUR) == 0
    assert clocks.tell_before_they_run_out(at=runs.alarm_at) == 1
    assert clocks.tell_before_they_run_out(at=runs.runs_out_at) == 0
    assert runs.alarm_at < runs.runs_out_at
    become(by.pk)
    assert Notice.objects.get().details["clock"] == "pre_trial"
    judged = accused(by, upto=Stage.CONVICTED_NOT_FINAL)
    _record(models.Custody, judged, by, **said)
    become(None)
    assert [one.clock for one in clocks.running()] == ["pre_trial"]


def _charged_past_the_room(one, **about):
    """Write a charge as no act of the room does, and say whether the database took it."""
    kept = ARTICLE | about
    try:
        with transaction.atomic():
            models.Charge.objects.create(accused=one, charged_on=DAYS[1], **kept)
    except IntegrityError as refusal:
        return "check before this charge" not in str(refusal)
    return True


@pytest.mark.parametrize(
    ("about", "article"),
    [
        ({"presumed_victim": True}, {}),
        ({"age": 17}, {}),
        ({}, SOLICITING),
        ({}, ENTRY),
        ({}, FALSE_PAPERS),
    ],
)
def test_the_database_too_refuses_a_charge_that_asks_for_the_check_first(db, about, article):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    services.describe(one, by=by, at=AT, **about)
    cited = {key: (ARTICLE | article)[key] for key in ("statute", "article")}
    assert not _charged_past_the_room(one, **article)
    asked = {**cited, "kind": "compelled.other", "by": by, "at": AT}
    services.pass_gate(one, compelled=True, **asked)
    assert not _charged_past_the_room(one, **article)
    made = services.pass_gate(one, compelled=None, **asked)
    against = services.override_gate(made, "He owned the boat.", **CONDUCT, by=by, at=AT)
    assert _charged_past_the_room(one, **article, against_check=against)
    if not article:
        other = models.Charge.objects.get(accused=one)
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Charge.objects.filter(pk=other.pk).update(**SOLICITING)


def test_a_charge_that_asks_for_no_check_needs_none(db):
    by = court_officer()
    assert _charged_past_the_room(accused(by, upto=Stage.CHARGED))


def _passed(one, by, *, of=CITED, kind="compelled.other"):
    made = services.pass_gate(
        one, **of, kind=kind, compelled=False, direct_result=False, disorder=True, by=by, at=AT
    )
    assert made.outcome == "open"


def test_a_check_made_before_she_was_presumed_a_victim_carries_no_charge_afterwards(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    _passed(one, by)
    services.describe(one, by=by, at=AT, presumed_victim=True)
    with pytest.raises(GateFirst):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE)
    assert not _charged_past_the_room(one)


def test_a_check_for_soliciting_does_not_outlive_learning_that_it_was_a_child(db):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    _passed(one, by, of=SOLICITING, kind="compelled.soliciting")
    services.describe(one, by=by, at=AT, age=16)
    with pytest.raises(GateFirst):
        services.charge(one, charged_on=DAYS[1], by=by, at=AT, **ARTICLE | SOLICITING)
    assert not _charged_past_the_room(one, **SOLICITING)


def test_a_presumed_victim_is_not_told_as_charged_before_a_check_lets_a_charge_through(db):
    by = court_officer()
    one = accused(by, upto=Stage.SUSPECT)
    services.describe(one, by=by, at=AT, presumed_victim=True)
    with pytest.raises(CheckBeforeStep):
        services.record_step(one, Stage.CHARGED, DAYS[1], by=by, at=AT)
    made = services.pass_gate(one, **CITED, kind="compelled.other", by=by, at=AT)
    with pytest.raises(CheckBeforeStep):
        services.record_step(one, Stage.CHARGED, DAYS[1], by=by, at=AT)
    services.override_gate(made, "He owned the boat.", **CONDUCT, by=by, at=AT)
    services.record_step(one, Stage.CHARGED, DAYS[1], by=by, at=AT)


def _told_past_the_room(one, stage, by):
    """Write a rung as no act of the room does, and say whether the database took it."""
    try:
        with transaction.atomic():
            models.Step.objects.create(
                accused=one, stage=stage, on=DAYS[1], recorded_by=by, recorded_at=AT
            )
    except IntegrityError as refusal:
        return "check before this step" not in str(refusal)
    return True


ABOVE = (Stage.ACCUSED, Stage.CONVICTED_NOT_FINAL, Stage.CONVICTED)


@pytest.mark.parametrize("about", [{"presumed_victim": True}, {"age": 17}])
def test_the_database_too_tells_no_presumed_victim_as_charged_before_a_check(db, about):
    by = court_officer()
    one = accused(by, upto=Stage.SUSPECT)
    _passed(one, by, of=SOLICITING, kind="compelled.soliciting")  # knew nothing of it
    services.describe(one, by=by, at=AT, **about)
    made = services.pass_gate(one, **CITED, kind="compelled.other", compelled=True, by=by, at=AT)
    assert not any(_told_past_the_room(one, s, by) for s in (Stage.CHARGED, *ABOVE))
    services.override_gate(made, "He owned the boat.", **CONDUCT, by=by, at=AT)
    assert not any(_told_past_the_room(one, stage, by) for stage in ABOVE)
    assert _told_past_the_room(one, Stage.CHARGED, by)
    assert _told_past_the_room(one, Stage.ACCUSED, by)


def test_of_others_the_database_takes_every_rung_and_a_case_is_dropped_without_a_check(db):
    by = court_officer()
    assert _told_past_the_room(accused(by, upto=Stage.SUSPECT), Stage.CHARGED, by)
    child = accused(by)
    services.describe(child, by=by, at=AT, age=15)
    assert _told_past_the_room(child, Stage.DROPPED, by)


def test_the_police_cannot_take_a_presumption_back_to_get_round_the_check(db):
    by = court_officer(agency(AgencyKind.POLICE))
    one = accused(by, upto=Stage.CHARGED)
    services.describe(one, by=by, at=AT, presumed_victim=True, part="other")
    for answer in (False, None):
        with pytest.raises(PresumptionStands):
            services.describe(one, by=by, at=AT, presumed_victim=answer)
    child = accused(by)
    services.describe(child, by=by, at=AT, age=16)
    services.describe(child, by=by, at=AT, age=17)
    for age in (18, None):
        with pytest.raises(PresumptionStands):
            services.describe(child, by=by, at=AT, age=age)
    services.describe(one, by=by, at=AT, presumed_victim=True, part="accomplice")
    one.refresh_from_db()
    assert (one.presumed_victim, one.part) == (True, "accomplice")
    court = officer(Role.JUSTICE, at=agency(AgencyKind.COURT))
    services.hand_on(one.proceeding, to=court, by=by, at=AT)
    become(court.pk)
    services.describe(one, by=court, at=AT, presumed_victim=False)
    noted = Entry.objects.get(act="justice.presumption_taken_back")
    assert (noted.subject, noted.by) == (one.proceeding_id, court.pk)


def test_who_was_told_and_is_recorded_only_after_an_acquittal_is_corrected_too(db):
    by = court_officer()
    one = accused(by, upto=Stage.ACQUITTED)
    services.record_told(one, by=by, at=AT, body="employer", way="work", on=DAYS[1])
    assert queries.told(one).get().correction.way == "letter"
    elsewhere = officer(Role.JUSTICE, at=agency(AgencyKind.POLICE))
    services.hand_on(one.proceeding, to=elsewhere, by=by, at=AT)
    assert queries.told(one).last().correction.way == "notice"


def test_of_several_custodies_the_one_the_law_does_not_allow_is_looked_at(db):
    by = court_officer()
    one = accused(by)
    for hours, extended in ((71, True), (60, False)):
        _record(models.Custody, one, by, held_at=AT - (hours + 100) * HOUR,
                released_at=AT - 100 * HOUR, place="police", extended=extended)  # fmt: skip
    assert "unlawful_custody" in _codes(_review(one).raised)
    other = accused(by)
    for hours, extended in ((71, True), (60, None)):
        _record(models.Custody, other, by, held_at=AT - (hours + 100) * HOUR,
                released_at=AT - 100 * HOUR, place="police", extended=extended)  # fmt: skip
    assert "unlawful_custody" in _codes(_review(other).cannot_tell)


@pytest.mark.parametrize("article", [("KH-LSHTSE-2008", "24"), ("KH-PC-2009", "298")])
def test_soliciting_is_asked_about_as_soliciting_whatever_was_chosen(db, article):
    by = court_officer()
    one = accused(by, upto=Stage.CHARGED)
    made = services.pass_gate(
        one, statute=article[0], article=article[1], kind="compelled.other", compelled=False,
        direct_result=False, by=by, at=AT,
    )  # fmt: skip
    assert (made.kind, made.outcome) == ("compelled.soliciting", "closed")
    assert made.reasons == ["no_condition"]
