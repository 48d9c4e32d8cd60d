"""A return: nobody against her will, nobody into danger, every step with who must act."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mekhala.core import exchange_file
from mekhala.core.calendar.both_sides import is_open_to_all
from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.aftercare import services as support
from mekhala.pathway.repatriation import errors, queries, services
from mekhala.pathway.repatriation.corridor import HOME, OURS, THEIRS, corridors
from mekhala.pathway.repatriation.models import Return
from mekhala.pathway.screening.services import record_screening
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.consent.models import Answer
from tests.builders import NOW, case, officer, open_to
from tests.builders_leaving import began, body_abroad, ready_to_leave, yes_to
from tests.core.calendar.test_both_sides import FEASTS
from tests.pathway.aftercare.test_stays_and_home import CLEAR

TODAY = timezone.localdate(NOW)


@pytest.fixture
def consul(db, acting):
    """Return the officer who helps, acting."""
    who = officer()
    acting(who)
    return who


def _done(one, code, *sides, by, on=TODAY, at=NOW):
    for side in sides:
        services.record_step(one, code, side=side, done_on=on, reference="B-1", by=by, at=at)


def test_every_corridor_is_whole_and_leads_to_or_from_home():
    for way in corridors().values():
        assert HOME in (way.sending, way.receiving)
        assert {s.after for s in way.steps} - {None} <= {s.code for s in way.steps}
        assert all(s.due_on(date(2026, 4, 10)) > date(2026, 4, 10) for s in way.steps)


def test_a_clock_of_both_sides_waits_for_tet(consul):
    one = began(case(consul, nationality="VNM"), consul, NOW, "khm-vnm", on=date(2026, 2, 9))
    for code, day in (("identified", 10), ("notified", 11), ("papers_received", 12)):
        side = THEIRS if code == "papers_received" else OURS
        _done(one, code, side, by=consul, on=date(2026, 2, day))
    states = {s.step.code: s for s in queries.states(queries.of_case(one.case), today=TODAY)}
    assert states["nationality"].due_on == date(2026, 3, 19)  # 20 working days without 16–20 Feb
    assert states["statement"].is_overdue
    assert states["statement"].waits_for == [OURS]
    assert states["return_papers"].due_on is None


def test_nobody_is_handed_over_without_wish_or_safety_and_the_wish_can_be_taken_back(consul):
    one = began(case(consul), consul, NOW)
    with pytest.raises(errors.DoesNotWant):
        _done(one, "handover", OURS, by=consul)
    ready_to_leave(one, consul, NOW)
    services.record_check(
        one, "risk", None, found_by="aftercare", found_on=TODAY, by=consul, at=NOW
    )
    with pytest.raises(errors.NotShownSafe):
        _done(one, "handover", OURS, by=consul)
    services.record_check(
        one, "risk", True, found_by="aftercare", found_on=TODAY, by=consul, at=NOW
    )
    services.record_statement(one, "taken_back", said_on=TODAY, by=consul, at=NOW)
    with pytest.raises(errors.DoesNotWant):
        _done(one, "handover", OURS, by=consul)
    services.record_statement(one, "return", said_on=TODAY, by=consul, at=NOW)
    _done(one, "handover", OURS, by=consul)
    with pytest.raises(errors.HandedOver):
        services.record_statement(one, "taken_back", said_on=TODAY, by=consul, at=NOW)


def test_a_girl_from_svay_pak_goes_to_her_aunt_with_receipts_of_both_sides(consul):
    girl = case(consul, nationality="VNM", age=13)
    one = began(girl, consul, NOW, "khm-vnm")
    ready_to_leave(one, consul, NOW)
    with pytest.raises(errors.GuardianNotHeard):
        _done(one, "handover", OURS, by=consul)
    ready_to_leave(one, consul, NOW, guardian_agrees=True)
    _done(one, "handover", OURS, by=consul)
    with pytest.raises(errors.NotHandedOverYet):
        _done(one, "arrival", THEIRS, by=consul)
    with pytest.raises(errors.ReferenceMissing):
        services.record_step(one, "handover", side=THEIRS, done_on=TODAY, by=consul, at=NOW)
    _done(one, "handover", THEIRS, by=consul)
    _done(one, "arrival", THEIRS, by=consul)
    _done(one, "first_week", THEIRS, by=consul)
    with pytest.raises(errors.StepsNotDone):
        services.end(one, "complete", by=consul, at=NOW)
    services.end(one, "home", by=consul, at=NOW)
    assert began(girl, consul, NOW, "khm-vnm").pk != one.pk


def test_a_return_is_complete_when_each_side_has_said_so_of_each_step(consul):
    one = began(case(consul, nationality="VNM"), consul, NOW, "khm-vnm")
    ready_to_leave(one, consul, NOW)
    acts = [(step, side) for step in corridors()["khm-vnm"].steps for side in step.sides]
    for step, side in acts:
        with pytest.raises(errors.StepsNotDone):
            services.end(one, "complete", by=consul, at=NOW)
        _done(one, step.code, side, by=consul)
    assert services.end(one, "complete", by=consul, at=NOW).ended_because == "complete"


def test_nobody_is_seen_at_home_before_she_arrived(consul):
    one = began(case(consul), consul, NOW, "abroad", country="MYS")
    ready_to_leave(one, consul, NOW)
    with pytest.raises(errors.NotArrivedYet):
        _done(one, "first_week", OURS, by=consul)
    _done(one, "arrival", OURS, by=consul)
    _done(one, "first_week", OURS, by=consul)


def test_the_other_side_confirms_no_arrival_before_the_handover(consul):
    abroad, _private = body_abroad()
    become(consul.pk)
    at = timezone.now()
    one = began(case(consul, nationality="VNM"), consul, at, "khm-vnm", counterpart=abroad.agency)
    yes_to(one.case, abroad.agency, by=consul, at=at)
    become(abroad.pk)
    seen, today = queries.of_counterpart(abroad).get(), timezone.localdate(at)
    for step in ("arrival", "first_week", "report"):
        with pytest.raises(errors.NotHandedOverYet):
            services.confirm_step(seen, step, done_on=today, by=abroad, at=at)
    services.confirm_step(seen, "risk", done_on=today, by=abroad, at=at)  # in no order of sides


def test_a_relative_who_was_named_stops_the_handover_until_two_have_agreed(consul):
    girl = case(consul, nationality="VNM", age=13)
    proposer, second = (officer(Role.REGISTRAR) for _ in range(2))
    for who in (proposer, second):
        open_to(who, girl.number, Purpose.REGISTRATION, by=consul)
    one = began(girl, consul, NOW, "khm-vnm")
    ready_to_leave(one, consul, NOW, guardian_agrees=True)
    become(proposer.pk)
    support.name_kin(girl, "parent", words="She knew. (Invented.)", by=proposer, at=NOW)
    answers = CLEAR | {"recruiter_near": "not_known"}
    home = support.screen_return(girl, "aunt_uncle", answers, by=proposer, at=NOW)
    become(consul.pk)
    with pytest.raises(errors.SomebodyNamed):
        _done(one, "handover", OURS, by=consul)
    become(proposer.pk)
    support.propose_return(home, "Her aunt's, far away.", by=proposer, at=NOW)
    become(consul.pk)
    with pytest.raises(errors.SomebodyNamed):
        _done(one, "handover", OURS, by=consul)
    become(second.pk)
    support.answer_return(home, agreed=True, reasons="I went there.", by=second, at=NOW)
    become(consul.pk)
    _done(one, "handover", OURS, by=consul)


def test_a_step_said_in_error_is_taken_back_with_a_reason_and_said_anew(consul):
    one = began(case(consul, nationality="VNM"), consul, NOW, "khm-vnm")
    told = {"side": OURS, "by": consul, "at": NOW}
    with pytest.raises(errors.NotDoneYet):
        services.take_back_step(one, "identified", because="not_done", **told)
    _done(one, "identified", OURS, by=consul)
    services.take_back_step(one, "identified", because="other_day", **told)
    states = {s.step.code: s for s in queries.states(queries.of_case(one.case), today=TODAY)}
    assert not states["identified"].is_done
    assert states["notified"].due_on is None  # its clock has not begun again
    _done(one, "identified", OURS, by=consul)
    services.take_back_step(one, "identified", because="not_done", **told)
    assert [t.because for t in queries.taken_back(one)] == ["other_day", "not_done"]


def test_a_handover_said_in_error_is_taken_back_from_its_end_and_the_wish_is_free_again(consul):
    one = began(case(consul, nationality="VNM"), consul, NOW, "khm-vnm")
    ready_to_leave(one, consul, NOW)
    for step, side in (("handover", OURS), ("handover", THEIRS), ("arrival", THEIRS)):
        _done(one, step, side, by=consul)
    told = {"because": "other_person", "by": consul, "at": NOW}
    for step, side in (("handover", OURS), ("handover", THEIRS)):
        with pytest.raises(errors.RestsOnIt):
            services.take_back_step(one, step, side=side, **told)
    services.take_back_step(one, "arrival", side=THEIRS, **told)
    with pytest.raises(errors.RestsOnIt):
        services.take_back_step(one, "handover", side=OURS, **told)
    services.take_back_step(one, "handover", side=THEIRS, **told)
    services.take_back_step(one, "handover", side=OURS, **told)
    services.record_statement(one, "taken_back", said_on=TODAY, by=consul, at=NOW)
    with pytest.raises(errors.DoesNotWant):
        _done(one, "handover", OURS, by=consul)


def test_each_side_takes_back_only_what_it_said_itself(consul, client):
    abroad, _private = body_abroad()
    become(consul.pk)
    at = timezone.now()
    today = timezone.localdate(at)
    one = began(case(consul, nationality="VNM"), consul, at, "khm-vnm", counterpart=abroad.agency)
    yes_to(one.case, abroad.agency, by=consul, at=at)
    _done(one, "nationality", THEIRS, by=consul, on=today, at=at)
    become(abroad.pk)
    seen = queries.of_counterpart(abroad).get()
    services.confirm_step(seen, "papers_received", done_on=today, by=abroad, at=at)
    told = {"side": THEIRS, "because": "not_done", "at": at}
    with pytest.raises(errors.SaidByTheOtherSide):
        services.take_back_step(seen, "nationality", by=abroad, **told)
    become(consul.pk)
    with pytest.raises(errors.SaidByTheOtherSide):
        services.take_back_step(one, "papers_received", by=consul, **told)
    client.force_login(abroad)
    page = f"/corridor/{one.pk}/take-back/"
    answer = client.post(page, {"step": "papers_received.theirs", "because": "not_done"})
    assert answer.status_code == 302
    become(consul.pk)
    assert queries.taken_back(one).get().recorded_by == abroad
    client.force_login(consul)
    page = f"/cases/{one.case_id}/return/do/take-back/"
    assert "Choose one of the answers." in client.post(page, {}).content.decode()
    client.post(page, {"step": "nationality.theirs", "because": "other_day"})
    shown = client.get(f"/cases/{one.case_id}/return/").content.decode()
    assert "It was done on another day" in shown


def test_nobody_arrives_before_the_day_of_the_handover(consul):
    one = began(case(consul, nationality="VNM"), consul, NOW, "khm-vnm", on=date(2026, 2, 9))
    ready_to_leave(one, consul, NOW)
    _done(one, "handover", OURS, THEIRS, by=consul, on=date(2026, 2, 20))
    with pytest.raises(errors.BeforeTheHandover):
        _done(one, "arrival", THEIRS, by=consul, on=date(2026, 2, 19))
    _done(one, "arrival", THEIRS, by=consul, on=date(2026, 2, 20))


@pytest.mark.parametrize("way", ["tha-khm-deported", "vnm-khm-deported"])
def test_who_was_deported_is_screened_before_anything_else(consul, way):
    man = case(consul, sex="male", age=31)
    one = began(man, consul, NOW, way)
    with pytest.raises(errors.NotScreenedYet):
        _done(one, "arrival", OURS, by=consul)
    record_screening(case=man, by=consul, at=NOW, answers={}, outcome="unsure", because="Invented.")
    _done(one, "screened", OURS, by=consul)
    _done(one, "arrival", OURS, by=consul)


def test_an_embassy_begins_from_anywhere_and_one_return_is_open_at_a_time(consul):
    one = case(consul)
    with pytest.raises(errors.WrongCorridor):
        began(one, consul, NOW, "abroad")
    assert began(one, consul, NOW, "abroad", country="MYS").country == "MYS"
    with pytest.raises(errors.ReturnOpen):
        began(one, consul, NOW)
    with pytest.raises(errors.WrongCorridor):
        began(case(consul), consul, NOW, "khm-vnm")


def test_the_other_side_sees_steps_while_the_yes_stands_and_only_it_opens_the_file(consul, client):
    at = timezone.now()
    abroad, private = body_abroad()
    become(consul.pk)
    one = began(case(consul, nationality="VNM"), consul, at, "khm-vnm", counterpart=abroad.agency)
    with pytest.raises(errors.YesMissing):
        services.seal_exchange(one, by=consul, at=at)
    yes_to(one.case, abroad.agency, by=consul, at=at)
    sent = services.seal_exchange(one, by=consul, at=at)
    told = exchange_file.open_file(bytes(sent.content), private)
    assert told["case_number"] == one.case_id
    assert not {"story", "indicators", "place_code", "conduct"} & told.keys()
    with pytest.raises(WrongInput, match="does not open"):
        exchange_file.open_file(bytes(sent.content), exchange_file.new_key()[0])
    with pytest.raises(errors.NotTheReceipt):
        services.receive_exchange(sent, "RC-0000-0000", by=consul, at=at)
    assert services.receive_exchange(sent, told["receipt"].lower(), by=consul, at=at).received_at
    become(abroad.pk)
    seen = queries.of_counterpart(abroad).get()
    today = timezone.localdate(at)
    with pytest.raises(errors.HandoverBegins):
        services.confirm_step(seen, "handover", done_on=today, by=abroad, at=at)
    services.confirm_step(seen, "papers_received", done_on=today, by=abroad, at=at)
    client.force_login(abroad)
    start = client.get("/today/").content.decode()
    assert f'href="/corridor/{one.pk}/"' in start
    assert "Local police verify who the person is" in start
    become(consul.pk)
    later = at + timedelta(seconds=1)
    yes_to(one.case, abroad.agency, by=consul, at=later, answer=Answer.WITHDRAWN)
    become(abroad.pk)
    assert not Return.objects.exists()


@pytest.mark.parametrize(("country", "feast", "closed", "opened"), FEASTS)
def test_no_step_of_a_corridor_is_due_while_a_side_that_acts_is_closed(
    country, feast, closed, opened
):
    first, again = date.fromisoformat(closed), date.fromisoformat(opened)
    begin, seen = first - timedelta(days=1), 0
    for way in corridors().values():
        for step in (s for s in way.steps if country in s.countries):
            due, seen = step.due_on(begin), seen + 1
            open_days = [
                day for n in range(1, (due - begin).days + 1)
                if is_open_to_all(day := begin + timedelta(days=n), step.countries)
            ]  # fmt: skip
            assert due >= again, (way.code, step.code, feast)
            assert (len(open_days), open_days[-1]) == (step.days, due), (way.code, step.code)
    assert seen > 3
