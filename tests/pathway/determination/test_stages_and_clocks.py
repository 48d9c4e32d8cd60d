"""The second question follows the first; nobody decides while the person recovers."""

from datetime import date, timedelta

import pytest

from mekhala.core.wrong_input import WrongInput
from mekhala.pathway.determination import queries, services
from mekhala.pathway.determination.errors import (
    FilePaused,
    NoLeastTime,
    NotLater,
    NotPaused,
    TooEarly,
)
from mekhala.pathway.determination.models import ClockChange, DeterminationFile
from mekhala.pathway.determination.queries import CaseStatus
from mekhala.pathway.encounter.models import Case
from tests.builders import NOW
from tests.builders_casework import RECOGNISED, authority, believed, read, referred, told

WISH = {"because": "She asked for it, with her counsellor present."}


def _conclusive(readers):
    return believed(referred(), *readers[:2])


def test_reasonable_grounds_open_the_conclusive_question(db, acting):
    readers = authority()
    asked = _conclusive(readers)
    assert (asked.stage, asked.not_before) == ("conclusive_grounds", date(2026, 4, 9))
    assert asked.due_on > asked.not_before
    assert queries.statuses([asked.case_id])[asked.case_id] == CaseStatus.REASONABLE_GROUNDS


def test_the_same_readers_may_answer_both_questions(db, acting):
    first, second, _ = readers = authority()
    asked = _conclusive(readers)
    read(asked, first)
    decision = read(asked, second)
    assert decision.status == RECOGNISED
    assert queries.standing_decision(decision.case) == decision
    assert queries.statuses([asked.case_id])[asked.case_id] == CaseStatus.RECOGNISED


def test_what_was_found_for_the_first_question_counts_for_the_second(db, acting):
    first, *_ = readers = authority()
    asked = _conclusive(readers)
    acting(first)
    assert queries.assessment(asked)["palermo"]["finding"] == "met"


def test_nobody_decides_while_the_person_recovers(db, acting):
    first, *_ = readers = authority()
    asked = _conclusive(readers)
    with pytest.raises(TooEarly):
        read(asked, first, days=30)
    assert asked not in queries.files_to_read(first, at=NOW + timedelta(days=30))
    assert asked in queries.files_recovering(today=date(2026, 4, 8))
    assert asked in queries.files_to_read(first, at=NOW + timedelta(days=31))
    assert read(asked, first, days=31) is None


def test_the_time_to_recover_ends_at_the_persons_own_wish(db, acting):
    first, *_ = readers = authority()
    asked = _conclusive(readers)
    acting(first)
    services.end_minimum(file=asked, by=first, at=NOW + timedelta(days=5), **WISH)
    assert read(asked, first, days=5) is None
    assert ClockChange.objects.get().reason == "persons_wish"


def test_a_first_question_has_no_time_to_end(db, acting):
    (first, *_) = authority()
    file = referred()
    acting(first)
    with pytest.raises(NoLeastTime):
        services.end_minimum(file=file, by=first, at=NOW, **WISH)


def test_a_pause_moves_the_day_by_the_working_days_waited(db, acting):
    (first, *_) = authority()
    file = referred()  # due on Monday 16 March
    acting(first)
    services.pause(file=file, reason="health", by=first, at=NOW + timedelta(days=1), **WISH)
    with pytest.raises(FilePaused):
        read(file, first, days=2)
    assert not queries.files_overdue(today=date(2026, 4, 1)).exists()
    assert file in queries.files_paused()
    services.let_go_on(file=file, by=first, at=NOW + timedelta(days=4), **WISH)
    kept = DeterminationFile.objects.get(pk=file.pk)
    assert (kept.paused_at, kept.due_on) == (None, date(2026, 3, 19))
    assert queries.files_overdue(today=date(2026, 3, 20)).get() == file


def test_an_extension_is_later_and_has_a_reason(db, acting):
    (first, *_) = authority()
    file = referred()
    acting(first)
    told_of = {"reason": "evidence", "by": first, "at": NOW}
    with pytest.raises(NotLater):
        services.extend(file=file, due_on=file.due_on, because="A letter.", **told_of)
    with pytest.raises(WrongInput, match="in words"):
        services.extend(file=file, due_on=date(2026, 4, 1), because=" ", **told_of)
    services.extend(file=file, due_on=date(2026, 4, 1), because="A letter.", **told_of)
    kept = ClockChange.objects.get()
    assert (kept.due_before, kept.due_on) == (date(2026, 3, 16), date(2026, 4, 1))


@pytest.mark.parametrize(("act", "refusal"), [("let_go_on", NotPaused)])
def test_what_is_not_paused_does_not_go_on(db, acting, act, refusal):
    (first, *_) = authority()
    file = referred()
    acting(first)
    with pytest.raises(refusal):
        getattr(services, act)(file=file, by=first, at=NOW, because="It is over.")


def test_a_reason_is_one_of_the_codes(db, acting):
    (first, *_) = authority()
    file = referred()
    acting(first)
    with pytest.raises(WrongInput, match="'health'"):
        services.pause(file=file, reason="helth", because="Ill.", by=first, at=NOW)


def test_a_file_waits_for_a_fact_until_it_is_told(db, acting):
    first, second, _ = authority()
    file = referred(answers={"act.recruitment": True})
    acting(first)
    services.ask_for_fact(
        file=file, code="purpose.forced_labour", question="Was she paid?", by=first, at=NOW
    )
    assert file in queries.files_waiting_for_facts()
    assert file not in queries.files_to_read(second, at=NOW)
    told(file, second, {"purpose.forced_labour": None})
    assert queries.requests_of(file)  # "not known" answers nothing yet
    told(file, second, {"purpose.forced_labour": True})
    assert not queries.requests_of(file)
    assert file in queries.files_to_read(second, at=NOW)


def test_a_case_paused_at_the_persons_wish_is_called_so_and_found_by_it(db, acting):
    readers = authority()
    file, other = referred(), referred()
    acting(readers[0])
    for one, reason in ((file, "persons_wish"), (other, "interpreter")):
        services.pause(
            file=one, reason=reason, because="Said so.", by=readers[0], at=NOW + timedelta(days=1)
        )
    found = queries.statuses([file.case_id, other.case_id])
    assert list(found.values()) == [CaseStatus.PAUSED, CaseStatus.PRESUMED]
    assert [c.pk for c in queries.with_status(Case.objects, CaseStatus.PAUSED)] == [file.case_id]
    assert [c.pk for c in queries.with_status(Case.objects, CaseStatus.PRESUMED)] == [other.case_id]
