"""What was kept long enough is erased: never early, never under a hold, whole or not at all."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mekhala.pathway.encounter.models import Case, Encounter, SafeContact
from mekhala.pathway.encounter.services import record_safe_contact
from mekhala.pathway.screening.models import Screening
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.identity import datakeys
from mekhala.safeguards.identity import services as identities
from mekhala.safeguards.identity.errors import CannotBeErasedNow, WordsGone
from mekhala.safeguards.identity.models import DESTROYED, DataKey, Identity
from mekhala.safeguards.keys.errors import KeyServiceDown
from mekhala.safeguards.retention import errors, queries, services
from tests import log
from tests.builders import NOW, case, officer, open_to
from tests.builders_casework import met, screened
from tests.builders_foureyes import WHY, signed
from tests.builders_retention import aged, as_owner, closed
from tests.safeguards.test_holds import _details

LONG = 5480  # days; the period of names and words is over


@pytest.fixture
def told(db):
    """Return a case with a name, a place, a way to reach the person and a screening; its worker."""
    by = officer()
    made = met(by, identity={"native_name": "សុខា", "birth_date": "2001-02-03"})
    record_safe_contact(case=made, way="telephone", words="After dark.", by=by, at=NOW)
    screened(made, by, because="She told of a locked gate.")
    return made, by


def seen_again(made, by):
    """Let an officer look at what is left, as only somebody past every guard could."""
    open_to(by, made.number)
    become(by.pk)


def run(at=None):
    become(None)
    return services.erase_due(at=at or timezone.now())


def test_where_the_person_was_goes_thirty_days_after_closing(told):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=31)
    assert run() == {"location": 1}
    seen_again(made, by)
    meeting = Encounter.objects.get()
    assert (meeting.place_code, meeting.met_at.day) == ("12", 28)  # midnight of 1 March there
    assert not SafeContact.objects.exists()
    assert identities.show(made.number, by=by, at=NOW, purpose="test").native_name == "សុខា"


def test_names_and_words_go_when_their_time_is_over_and_nobody_opens_them_again(told):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=LONG)
    assert run() == {"location": 1, "person": 1, "records": 1}
    seen_again(made, by)
    assert {key.form for key in DataKey.objects.filter(subject=made.number)} == {DESTROYED}
    kept = Identity.objects.get(subject=made.number)
    assert (bytes(kept.native_name), kept.name_index) == (b"", None)
    screening = Screening.objects.get()
    with pytest.raises(WordsGone):
        screening.because  # noqa: B018 - reading it opens it
    assert (screening.outcome, screening.profile) == ("refer", "")
    left = Case.objects.get()
    assert (left.sex, left.age) == ("female", 20)
    assert left.erased_at is not None


def test_the_key_service_keeps_the_number_so_that_no_backup_brings_it_back(told):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=LONG)
    run()
    from mekhala.safeguards.identity.replaying import erased_numbers

    assert made.number in set(erased_numbers())


def test_each_erasure_is_noted_once_with_codes_only(told):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=LONG)
    run()
    noted = [e for e in log.rows() if e.act == "retention.erased"]
    assert [e.details["kind"] for e in noted] == ["location", "person", "records"]
    assert {e.subject for e in noted} == {made.number}
    assert run() == {}


def test_nothing_goes_a_day_early_and_nothing_that_is_open(told):
    made, by = told
    assert run() == {}
    closed(made, by, at=timezone.now(), days_ago=29)
    assert run() == {}
    aged(made, 2)
    assert run() == {"location": 1}


def test_opening_a_case_again_stops_the_time(told):
    from mekhala.pathway.encounter import closing

    made, by = told
    closed(made, by, at=timezone.now())
    become(by.pk)
    closing.reopen(made, by=by, at=timezone.now())
    assert run() == {}


def erase_by_sql(number, kind="person"):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select retention_erase(%s, %s)", [number, kind])


def test_sql_as_the_application_erases_nothing_before_its_time(told):
    made, by = told
    become(None)
    with pytest.raises(DatabaseError, match="nothing of this"):
        erase_by_sql(made.number)
    closed(made, by, at=timezone.now(), days_ago=31)
    with pytest.raises(DatabaseError, match="nothing of this"):
        erase_by_sql(made.number)
    become(by.pk)
    with pytest.raises(DatabaseError, match="nightly job"):
        erase_by_sql(made.number, "location")


@pytest.mark.parametrize("statement", [
    "select encounter_erase_location(%s, null)", "select identity_erase_person(%s, null)",
    "insert into retention_again values (%s, now())", "delete from encounter_safecontact",
    "update retention_period set days = 0", "select number from retention_state(%s)",
    "select set_config('mekhala.erasing', 'on', true); delete from encounter_safecontact",
    "insert into retention_part (kind, function) values ('person', %s)",
    "insert into retention_erasure (number, kind, because, rows, erased_at)"
    " values (%s, 'person', 'period', 0, now())",
])  # fmt: skip
def test_sql_as_the_application_goes_around_nothing(told, statement):
    made, by = told
    become(by.pk)
    values = [made.number] if "%s" in statement else []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_without_the_question_of_time_a_file_would_go_at_once(told):
    """The mutant: a function that does not ask the clock."""
    made, by = told
    closed(made, by, at=timezone.now())
    as_owner("update retention_period set days = 0")
    assert run()["person"] == 1


@pytest.fixture
def held(told):
    """Return the case, closed long ago, and two officers under whose hold it is."""
    made, by = told
    reader, registrar = officer(Role.AUTHORITY), officer(Role.REGISTRAR)
    open_to(reader, made.number, Purpose.DETERMINATION, by=by)
    open_to(registrar, made.number, Purpose.REGISTRATION, by=by)
    closed(made, by, at=timezone.now(), days_ago=LONG)
    for who, purpose in ((reader, Purpose.DETERMINATION), (registrar, Purpose.REGISTRATION)):
        open_to(who, made.number, purpose, by=by)
    return made, reader, registrar


def test_a_held_file_is_not_erased_and_not_overdue(held):
    made, reader, registrar = held
    assert queries.overdue() == 3
    signed(reader, registrar, "hold.set", subject=made.number, **_details())
    assert run() == {}
    assert queries.overdue() == 0
    with pytest.raises(DatabaseError):
        erase_by_sql(made.number, "location")


def test_a_file_before_a_court_keeps_what_the_person_may_be_heard_on(told):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=LONG)
    as_owner(
        "insert into justice_proceeding (number, case_id, complaint_on, agency_id, opened_by_id,"
        f" opened_at) values ('PR-1', '{made.number}', '2026-03-09', {by.agency_id}, {by.pk},"
        " now())"
    )
    assert run() == {"location": 1}
    assert queries.overdue() == 0


def test_at_the_persons_own_wish_two_officers_let_it_go_sooner(told):
    made, by = told
    reader, registrar = officer(Role.AUTHORITY), officer(Role.REGISTRAR)
    open_to(reader, made.number, Purpose.DETERMINATION, by=by)
    open_to(registrar, made.number, Purpose.REGISTRATION, by=by)
    wish = {"location": True, "person": True}
    become(reader.pk)
    with pytest.raises(errors.StillOpenCase):
        signed(reader, registrar, "retention.erase", subject=made.number, **wish)
    closed(made, by, at=timezone.now())
    signed(registrar, reader, "retention.erase", subject=made.number, **wish)
    assert run() == {"location": 1, "person": 1}


def test_a_wish_waits_for_a_hold_and_for_what_the_law_keeps(held, monkeypatch):
    made, reader, registrar = held
    signed(reader, registrar, "hold.set", subject=made.number, **_details())
    become(registrar.pk)
    ask = {"because": WHY, "by": registrar, "at": timezone.now(), "device": "a" * 64}
    with pytest.raises(errors.HeldFile):
        services.ask_to_erase(made.number, **ask)
    as_owner("update holds_hold set lifted_at = now(), lifted_under_id = signature_id")
    from dataclasses import replace

    from mekhala.safeguards.retention import signed_acts
    from mekhala.safeguards.retention.periods import kinds

    kept = kinds() | {"person": replace(kinds()["person"], own_wish="kept", source="Article 1")}
    monkeypatch.setattr(signed_acts, "kinds", lambda: kept)
    with pytest.raises(errors.LawDemandsKeeping, match="Article 1"):
        services.ask_to_erase(made.number, **ask)


def test_while_the_key_service_is_down_nothing_of_that_case_is_erased(told, monkeypatch):
    made, by = told
    closed(made, by, at=timezone.now(), days_ago=LONG)
    ask = datakeys.ask
    monkeypatch.setattr(datakeys, "ask", _down)
    with pytest.raises(CannotBeErasedNow), transaction.atomic():
        run()
    monkeypatch.setattr(datakeys, "ask", ask)
    assert run()["person"] == 1


def _down(_request, **_more):
    raise KeyServiceDown


@pytest.mark.django_db(transaction=True)
def test_stopped_half_way_it_goes_on_with_what_is_left(monkeypatch):
    by = officer()
    with transaction.atomic():
        for _ in range(3):
            closed(case(by), by, at=timezone.now(), days_ago=31)
    calls, erase = [], services.erase

    def stopped(number, kind, *, at):
        calls.append(number)
        if len(calls) == 2:
            raise SystemExit
        return erase(number, kind, at=at)

    monkeypatch.setattr(services, "erase", stopped)
    with pytest.raises(SystemExit):
        services.erase_due(at=timezone.now())
    monkeypatch.setattr(services, "erase", erase)
    assert services.erase_due(at=timezone.now()) == {"location": 2}
    assert queries.overdue() == 0


def test_after_a_restore_what_was_erased_goes_again_whatever_the_time(told):
    made, _by = told
    become(None)
    as_owner(f"insert into retention_again values ('{made.number}', clock_timestamp())")
    assert run() == {"location": 1, "person": 1}


def test_rows_past_their_own_time_are_swept(db):
    by = officer()
    as_owner(
        "insert into notices_notice (officer_id, kind, subject, at, details)"
        f" select {by.pk}, 'hold_ends', 'MK-X', now() - d * interval '1 day', '{{}}'"
        " from unnest(array[1, 181]) d"
    )
    assert run() == {"notices": 1}
    assert run() == {}


def test_a_form_of_which_no_case_came_goes_whole_after_ninety_days(db):
    from mekhala.forms.models import Submission
    from tests.builders_forms import form_version, send

    form_version()
    kept = send(by := officer())
    become(by.pk)
    assert Submission.objects.count() == 1
    for days, gone in ((89, {}), (91, {"loose_form": 1})):
        as_owner(
            "set constraints all immediate;"
            "alter table questionnaires_submission disable trigger user;"
            f"update questionnaires_submission set received_at = now() - interval '{days} days';"
            "set constraints all immediate;"
            "alter table questionnaires_submission enable trigger user"
        )
        assert run() == gone
    become(by.pk)
    assert not Submission.objects.filter(pk=kept.submission.pk).exists()
