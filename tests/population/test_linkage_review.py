"""Two read each uncertain pair, and neither sees what the other said."""

from datetime import timedelta
from itertools import product
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from mekhala.core.matching.reviewed import Answer, joint
from mekhala.population.linkage.models import (
    LinkedPair,
    ListRecord,
    RecordShown,
    ReviewAnswer,
    ReviewPair,
    RunReviewer,
    RunState,
    SettledRecord,
)
from mekhala.population.linkage.runs import errors, opening, queries, settling
from mekhala.population.linkage.runs import reviewing as acts
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from tests.builders import agency, officer
from tests.builders_linkage_runs import in_review, outcomes, registrar, reviewers, says
from tests.builders_population import statistician
from tests.log import Entry


@pytest.fixture
def run(db):
    return in_review(pairs=3)


def test_two_answers_that_agree_settle_a_pair(run):
    first, second = reviewers(run)
    pair = says(run, first, "same")
    assert says(run, second, "same") == pair  # what is begun is finished first
    assert outcomes(run)[0] == ("settled", "same")


def test_two_answers_that_differ_need_a_third_of_another_agency(run):
    home = agency(AgencyKind.SOCIAL_AFFAIRS)
    first, second, third = reviewers(run, 3, at=home)
    (elsewhere,) = reviewers(run, 1)
    pair = says(run, first, "same")
    says(run, second, "different")
    assert outcomes(run)[0] == ("third", "")
    with acting_for(third.pk):
        assert queries.next_pair(run).review_pair != pair
    assert says(run, elsewhere, "different") == pair
    assert outcomes(run)[0] == ("settled", "different")


def test_where_no_other_agency_reviews_a_third_of_the_same_one_reads(run):
    first, second, third = reviewers(run, 3, at=agency(AgencyKind.SOCIAL_AFFAIRS))
    pair = says(run, first, "same")
    says(run, second, "cannot_tell")
    assert says(run, third, "cannot_tell") == pair
    assert outcomes(run)[0] == ("settled", "cannot_tell")


@pytest.mark.parametrize("said", list(product(Answer, repeat=3)))
def test_the_database_joins_answers_as_the_core_does(db, said):
    run = in_review(pairs=1)
    given = []
    for who, answer in zip(reviewers(run, 3), said, strict=True):
        if joint(given) is None:
            says(run, who, answer.value)
            given.append(answer)
    assert outcomes(run) == [("settled", joint(given).value)]


def test_at_sql_the_second_reads_no_answer_and_no_state_of_the_first(run, acting):
    first, second = reviewers(run)
    says(run, first, "same")
    acting(second)
    for table in ("reviewanswer", "reviewpair", "linkedpair", "linkedrecord"):
        with connection.cursor() as cursor:
            cursor.execute(f"select count(*) from linkage_{table}")
            assert cursor.fetchone() == (0,), table
    acting(run.asked_by)  # nor does the statistician, until the review is closed
    assert not ReviewAnswer.objects.exists()
    assert not ReviewPair.objects.exists()


def test_what_the_second_is_handed_is_the_same_whatever_the_first_said(db):
    told = []
    for said in Answer:
        run = in_review(pairs=1)
        first, second = reviewers(run)
        says(run, first, said.value)
        with acting_for(second.pk):
            found = queries.next_pair(run)
            progress = queries.progress_of(run)
        told.append((found.levels, found.mine, found.pairs, found.refused, progress))
    assert told[0] == told[1] == told[2]


def test_two_who_answer_the_same_pair_at_once_do_not_both_count_as_its_last(run):
    first, second, third = reviewers(run, 3)
    pair = says(run, first, "same")
    with acting_for(second.pk):
        assert queries.next_pair(run).review_pair == pair
    with acting_for(third.pk):  # it is on the second's screen: another one comes
        assert queries.next_pair(run).review_pair != pair
        with pytest.raises(errors.PairNotShown):
            acts.answer(run, pair, "same", by=third, at=timezone.now())
    with acting_for(second.pk):
        acts.answer(run, pair, "same", by=second, at=timezone.now())
        with pytest.raises(errors.AnsweredMeanwhile):
            acts.answer(run, pair, "different", by=second, at=timezone.now())
    assert outcomes(run)[0] == ("settled", "same")


def test_of_two_threads_that_give_the_last_answer_at_once_one_is_told(transactional_db):
    run = in_review(pairs=1)
    first, second, third = reviewers(run, 3)
    pair = says(run, first, "same")
    for who in (second, third):  # it lay on the second's screen for long, so the third has it too
        with acting_for(who.pk):
            assert queries.next_pair(run).review_pair == pair
        _shown_earlier(6)
    start, told = Barrier(2), []

    def answers(who):
        try:
            start.wait(10)
            with acting_for(who.pk):
                acts.answer(run, pair, "same", by=who, at=timezone.now())
            told.append("kept")
        except errors.AnsweredMeanwhile:
            told.append("told")
        finally:
            connection.close()

    threads = [Thread(target=answers, args=[who]) for who in (second, third)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(told) == ["kept", "told"]
    assert outcomes(run) == [("settled", "same")]


def test_the_last_three_answers_are_taken_back_and_no_fourth(db):
    run = in_review(pairs=5)
    (who,) = reviewers(run, 1)
    pairs = [says(run, who, "same") for _ in range(5)]
    with acting_for(who.pk):
        assert len(queries.undoable(run)) == 3
        back = [acts.undo(run, by=who, at=timezone.now()) for _ in range(3)]
        assert back == pairs[:1:-1]
        with pytest.raises(errors.TooLateToUndo):
            acts.undo(run, by=who, at=timezone.now())
        assert queries.next_pair(run).review_pair in back
    assert [state for state, _ in outcomes(run)] == ["one", "one", "open", "open", "open"]


def test_an_answer_taken_back_opens_the_pair_again(run):
    first, second = reviewers(run)
    says(run, first, "same")
    says(run, second, "same")
    with acting_for(second.pk):
        acts.undo(run, by=second, at=timezone.now())
    assert outcomes(run)[0] == ("one", "")


def test_nobody_names_themselves_and_police_and_courts_are_never_named(run):
    by = run.asked_by
    with acting_for(by.pk):
        for who in (by, officer(Role.JUSTICE), officer(Role.FIRST_RESPONDER),
                    officer(Role.PROVIDER), officer(Role.AUTHORITY)):  # fmt: skip
            with pytest.raises(errors.NobodyNamed):
                acts.name_reviewer(run, who, by=by, at=timezone.now())
            with pytest.raises((ProgrammingError, DatabaseError)), transaction.atomic():
                RunReviewer.objects.create(
                    run=run, officer=who, named_by=by, named_at=timezone.now()
                )


def test_who_is_not_named_is_handed_no_pair(run):
    for who in (registrar(), statistician(), run.asked_by):
        with acting_for(who.pk), pytest.raises(errors.NotReviewer):
            queries.next_pair(run)


def test_who_is_not_named_any_more_reads_nothing(run):
    (who,) = reviewers(run, 1)
    with acting_for(who.pk):
        shown = queries.next_pair(run).records
        assert ListRecord.objects.filter(pk__in=shown).count() == 2
    with acting_for(run.asked_by_id):
        acts.end_reviewer(RunReviewer.objects.get(), by=run.asked_by, at=timezone.now())
    with acting_for(who.pk):
        assert not ListRecord.objects.exists()
        with pytest.raises(errors.NotReviewer):
            queries.next_pair(run)


def test_a_reviewer_reads_the_two_records_on_the_screen_and_no_other(run):
    (who,) = reviewers(run, 1)
    with acting_for(who.pk):
        assert not ListRecord.objects.exists()
        shown = queries.next_pair(run).records
        assert set(ListRecord.objects.values_list("pk", flat=True)) == set(shown)
        found = opening.records_shown(shown, by=who)
    assert [source for source, _record in found] == ["shelter", "police"]
    assert all(record["name_km"] == "កើវស្រីមុំ" for _source, record in found)


def test_what_was_shown_longer_than_an_hour_ago_is_closed(run):
    (who,) = reviewers(run, 1)
    with acting_for(who.pk):
        pair = queries.next_pair(run).review_pair
    _shown_earlier(61)
    with acting_for(who.pk):
        assert not ListRecord.objects.exists()
        with pytest.raises(errors.PairNotShown):
            acts.answer(run, pair, "same", by=who, at=timezone.now())


def _shown_earlier(minutes):
    with connection.cursor() as cursor:
        statement = f"update linkage_recordshown set at = at - interval '{minutes} minutes'"
        cursor.execute("select tests.as_owner(%s)", [statement])


def test_more_records_than_a_days_work_are_not_shown(run):
    (who,) = reviewers(run, 1)
    with connection.cursor() as cursor:
        statement = f"""insert into linkage_recordshown (run_id, record, officer_id, at)
            select {run.pk}, 9000 + n, {who.pk}, now() from generate_series(1, 600) n"""
        cursor.execute("select tests.as_owner(%s)", [statement])
    with acting_for(who.pk):
        found = queries.next_pair(run)
    assert (found.review_pair, found.refused) == (None, "enough")


def test_nobody_writes_what_was_shown_or_changes_an_answer(run, acting):
    (who,) = reviewers(run, 1)
    says(run, who, "same")
    acting(who)
    for statement in (
        "update linkage_reviewanswer set said = 'different'",
        "delete from linkage_reviewanswer",
        "update linkage_reviewpair set state = 'settled', outcome = 'same'",
        "insert into linkage_recordshown (run_id, record, officer_id, at)"
        f" values ({run.pk}, 1, {who.pk}, now())",
        "update linkage_linkedpair set probability = 1",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    "note",
    ["Qwersomaly is her aunt", "the name កើវ stands there", "call 012 345 678", "០១២៣៤៥៦"],
)
def test_a_note_that_names_somebody_is_refused(run, note):
    (who,) = reviewers(run, 1)
    with acting_for(who.pk):
        pair = queries.next_pair(run).review_pair
        with pytest.raises(errors.NamesInNote):
            acts.answer(run, pair, "same", note=note, by=who, at=timezone.now())


def test_a_note_without_names_is_kept_sealed_and_read_after_the_review(run, acting):
    first, second = reviewers(run)
    says(run, first, "cannot_tell", note="The birth years fit badly.")
    says(run, second, "cannot_tell")
    acting(run.asked_by)
    acts.close_review(run, leave_rest=True, by=run.asked_by, at=timezone.now())
    with acting_for(run.asked_by_id):
        assert {a.note for a in ReviewAnswer.objects.all()} == {"The birth years fit badly.", ""}


def test_a_review_is_not_closed_while_pairs_wait_unless_they_are_left(run):
    with acting_for(run.asked_by_id), pytest.raises(errors.ReviewNotFinished):
        acts.close_review(run, by=run.asked_by, at=timezone.now())


def test_after_closing_no_answer_is_taken_and_none_taken_back(run):
    first, second = reviewers(run)
    says(run, first, "same")
    with acting_for(second.pk):
        pair = queries.next_pair(run).review_pair
    with acting_for(run.asked_by_id):
        acts.close_review(run, leave_rest=True, by=run.asked_by, at=timezone.now())
    with acting_for(second.pk), pytest.raises(errors.ReviewClosed):
        acts.answer(run, pair, "same", by=second, at=timezone.now())
    with acting_for(first.pk), pytest.raises(errors.ReviewClosed):
        acts.undo(run, by=first, at=timezone.now())


def test_answers_settle_people_and_an_overlap_table_for_the_estimates(run):
    first, second = reviewers(run)
    for said in ("same", "different", "same"):
        for who in (first, second):
            says(run, who, said)
    with acting_for(run.asked_by_id):
        acts.close_review(run, by=run.asked_by, at=timezone.now())
        done = settling.settle_now(run, at=timezone.now())
        table = done.settlement.table
    assert done.state == RunState.SETTLED
    assert table.lists == ["police", "shelter"]
    assert sorted(table.rows) == [[0, 1, 1], [1, 0, 1], [1, 1, 2]]
    assert done.settlement.reviewed == {
        "same": 2, "different": 1, "cannot_tell": 0, "left": 0, "against": 0,
    }  # fmt: skip
    assert settling.settle_now(done, at=timezone.now()).settlement.pk == done.settlement.pk


def test_at_sql_whom_a_run_settled_is_seen_by_its_reviewers_until_their_naming_ends(run):
    first, second = reviewers(run)
    other = in_review(pairs=1)
    (elsewhere,) = reviewers(other, 1)
    with acting_for(run.asked_by_id):
        acts.close_review(run, leave_rest=True, by=run.asked_by, at=timezone.now())
        settling.settle_now(run, at=timezone.now())
        acts.end_reviewer(run.reviewers.get(officer=second), by=run.asked_by, at=timezone.now())
    for who, seen in ((first, 6), (second, 0), (elsewhere, 0), (registrar(), 0)):
        with acting_for(who.pk):
            assert SettledRecord.objects.count() == seen


def test_pairs_go_on_to_estimates_as_people_said(run):
    first, second = reviewers(run)
    for said in ("same", "different", "cannot_tell"):
        for who in (first, second):
            says(run, who, said)
    with acting_for(run.asked_by_id):
        acts.close_review(run, by=run.asked_by, at=timezone.now())
        chances = sorted(chance for _l, _r, chance in settling.links_of(run))
        assert LinkedPair.objects.filter(run=run).count() == 3
    assert chances == [0.0, 0.7, 1.0]


def test_the_log_tells_of_numbers_only(run):
    first, second = reviewers(run)
    says(run, first, "same", note="Fits.")
    says(run, second, "same")
    kept = " ".join(str(e.details) + e.subject for e in Entry.objects.all())
    assert "linkage.pair_answered" in set(Entry.objects.values_list("act", flat=True))
    assert not [word for word in ("Qwer", "Zxtep", "Fits", "'said'") if word in kept]


def test_what_was_shown_stays_noted(run):
    (who,) = reviewers(run, 1)
    says(run, who, "same")
    with acting_for(who.pk):
        assert RecordShown.objects.count() == 2
        assert RecordShown.objects.first().at > timezone.now() - timedelta(minutes=1)
