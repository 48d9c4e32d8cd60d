"""Practice never enters the register, whichever way it comes; a training is recorded once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import queries, services
from mekhala.forms.errors import NotOfYourAgency, OnlyPractice, PracticeDiffers
from mekhala.forms.models import Practised, Submission, Training
from mekhala.forms.practice import TITLE, practice_xform
from mekhala.forms.services import link_to_case
from mekhala.intake import queries as intake
from mekhala.intake import services as taking
from mekhala.intake.errors import NothingToMap
from mekhala.intake.models import Taken
from mekhala.intake.working import map_form_again
from mekhala.pathway.encounter import services as encounter
from mekhala.pathway.encounter.errors import PersonSaidNo
from mekhala.pathway.encounter.models import Case
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.retention import services as retention
from tests.builders import NOW, case, officer
from tests.builders_intake import FORM, sent, taken, talk, talk_version
from tests.builders_retention import as_owner
from tests.builders_training import practised, version_of
from tests.log import Entry

TIMED = FORM.replace("| | text | note |", "| | end | ended_at | |\n| | text | note |")


@pytest.fixture
def by(db, acting):
    talk_version()
    return officer()


def test_the_twin_of_a_form_names_itself_and_is_else_the_same(by):
    version = version_of("talk")
    text = practice_xform(version)
    assert 'id="practice-talk"' in text
    assert "PRACTICE" in text
    assert text.replace("practice-talk", "talk").replace(TITLE, "") == version.xform


def test_answers_that_name_the_twin_are_practice_whatever_is_said(by):
    kept = practised(by, is_practice=False)
    assert kept.is_practice
    assert kept.version == version_of("talk")


def test_no_form_may_take_the_id_of_a_twin(by):
    text = FORM.replace("| | talk |", "| | practice-talk |").replace("VERSION", "1")
    with pytest.raises(WrongInput, match="practice-"):
        services.add_version(text.encode(), "x.md", by=officer(Role.ADMINISTRATOR), at=NOW)


def test_practice_comes_into_no_case_by_any_way(by, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        kept = practised(by)
    assert not [each for each in queued if "keep_and_map" in each.__qualname__]
    with pytest.raises(NothingToMap):
        taking.take_in(kept, by=by, at=NOW)
    become(None)
    assert intake.untaken([kept.version_id]) == []
    map_form_again.func(kept.version.form_id)
    become(by.pk)
    mine = case(by)
    with pytest.raises(OnlyPractice):
        link_to_case(kept, case_number=mine.number, by=by, at=NOW)
    told = {"place_code": "1202", "met_at": NOW, "urgent_needs": [], "was_alone": True}
    for goes_on, why in ((True, OnlyPractice), (None, OnlyPractice), (False, PersonSaidNo)):
        with pytest.raises(why), transaction.atomic():
            encounter.open_case(**told, consents_to_go_on=goes_on, submission=kept, by=by, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=kept.pk).update(case_number=mine.number)
    assert Case.objects.count() == 1
    assert not Taken.objects.exists()


def test_practice_is_in_no_list_of_what_was_received_and_in_no_count(by):
    kept = practised(by)
    assert not queries.received_by_agency_of(by).exists()
    assert queries.submission_with(kept.instance_id, officer=by) is None
    assert [v.answers for v in queries.versions_of(kept.version.form)] == [0]


def test_practice_never_takes_the_place_of_answers_nor_answers_of_practice(by):
    real = sent(by, talk("uuid:real"))
    assert practised(by, talk("uuid:p", edits="uuid:real")).state == "held"
    assert Submission.objects.get(pk=real.pk).state == "received"
    learnt = practised(by, talk("uuid:learnt"))
    assert sent(by, talk("uuid:r2", edits="uuid:learnt")).state == "held"
    assert Submission.objects.get(pk=learnt.pk).state == "received"
    practised(by, talk("uuid:early", edits="uuid:late"))
    assert sent(by, talk("uuid:late")).state == "received"


def test_an_edit_of_practice_in_practice_takes_its_place(by):
    first = practised(by, talk("uuid:a"))
    practised(by, talk("uuid:b", edits="uuid:a"))
    assert Submission.objects.get(pk=first.pk).state == "replaced"


def test_the_same_answers_are_never_both_practice_and_none(by):
    sent(by, talk())
    with pytest.raises(PracticeDiffers):
        sent(by, talk(), is_practice=True)
    assert Submission.objects.get().is_practice is False
    taken(by, Submission.objects.get())
    assert Case.objects.count() == 1


def test_practice_is_read_by_who_filled_it_and_who_trains_and_nobody_else(by):
    kept = practised(by)
    own = officer(Role.ADMINISTRATOR, at=by.agency)
    readers = {
        by: 1, own: 1, officer(Role.AUTHORITY): 1,
        officer(at=by.agency): 0, officer(Role.ADMINISTRATOR): 0, officer(): 0,
    }  # fmt: skip
    real = sent(by, talk("uuid:real"))
    for who, there in readers.items():
        become(who.pk)
        assert queries.practice_seen_by(who).filter(pk=kept.pk).count() == there, who.role
    become(own.pk)
    assert Submission.objects.get(pk=kept.pk).answers["why"] == "Little was said"
    assert not Submission.objects.filter(pk=real.pk).exists()


def test_finished_practice_is_counted_once_a_form(by):
    for instance in ("uuid:1", "uuid:2", "uuid:2"):
        practised(by, talk(instance))
    practised(by, talk("uuid:2", why="Something else"))  # held
    assert Practised.objects.get(officer=by).finished == 2


def test_practice_goes_after_fourteen_days_and_its_count_stays(by):
    practised(by)
    become(None)
    for days, gone in ((13, {}), (15, {"practice": 1})):
        as_owner(
            "set constraints all immediate;"
            "alter table questionnaires_submission disable trigger user;"
            f"update questionnaires_submission set received_at = now() - interval '{days} days';"
            "set constraints all immediate;"
            "alter table questionnaires_submission enable trigger user"
        )
        assert retention.erase_due(at=timezone.now()) == gone
    become(by.pk)
    assert not Submission.objects.exists()
    assert Practised.objects.get().finished == 1


def test_a_training_is_recorded_once_by_who_may_and_noted(by):
    version, own = version_of("talk"), officer(Role.ADMINISTRATOR, at=by.agency)
    told = {"held_on": NOW.date(), "at": NOW}
    for _twice in range(2):
        services.record_training(by, version, by=own, **told)
    services.record_training(by, version, by=officer(Role.AUTHORITY), **told)
    assert Training.objects.count() == 1
    assert Entry.objects.filter(act="forms.training_recorded").count() == 1
    with pytest.raises(NotOfYourAgency):
        services.record_training(by, version, by=officer(Role.ADMINISTRATOR), **told)
    with pytest.raises(NotYourRole):
        services.record_training(by, version, by=by, **told)
    with pytest.raises(WrongInput, match="yet to come"):
        services.record_training(
            by, version, by=own, held_on=NOW.date() + timedelta(days=2), at=NOW
        )


def test_how_long_a_form_took_is_what_the_phones_clock_says(db, acting):
    talk_version(text=TIMED)
    by = officer()
    for instance, ended, seconds in (
        ("uuid:1", "2026-03-09T09:34:30.000+07:00", 270),
        ("uuid:2", "2026-03-09T09:00:00.000+07:00", None),
        ("uuid:3", "yesterday", None), ("uuid:4", None, None),
    ):  # fmt: skip
        assert sent(by, talk(instance, ended_at=ended)).took_seconds == seconds
