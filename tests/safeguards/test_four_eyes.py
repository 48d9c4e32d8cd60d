"""Two officers, two agencies, two devices: by the rules, and by the database without the rules."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou, NotYourRole
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.four_eyes import errors, policies, queries, services
from mekhala.safeguards.four_eyes.models import SecondSignature
from tests.builders import officer
from tests.builders_foureyes import (
    ONE_DEVICE,
    TWO_DEVICE,
    administrator,
    agreed,
    asked,
    two_administrators,
)


@pytest.fixture
def two(db):
    return two_administrators()


@pytest.fixture
def closed(db):
    """Return an officer whose account is closed: the act under test opens it again."""
    return officer(is_active=False)


def _answers(signature, by, device=TWO_DEVICE, at=None):
    return services.agree(signature, by=by, at=at or timezone.now(), device=device)


def _is_open(who):
    who.refresh_from_db()
    return who.is_active


def test_an_act_is_done_when_a_second_officer_agrees_and_not_before(two, closed):
    signature = asked(two[0], subject=closed.username)
    assert not _is_open(closed)
    done = agreed(signature, two[1])
    assert _is_open(closed)
    assert done.done_at is not None


def test_who_asked_does_not_agree(two, closed):
    signature = asked(two[0], subject=closed.username)
    with pytest.raises(errors.SamePerson):
        _answers(signature, two[0])
    assert not _is_open(closed)


def test_an_officer_of_the_same_agency_does_not_agree_and_does_not_see_it(two, closed):
    colleague = officer(Role.ADMINISTRATOR, at=two[0].agency)
    signature = asked(two[0], subject=closed.username)
    with pytest.raises(errors.SameAgency):
        policies.check_two_agencies(signature, colleague)
    become(colleague.pk)
    assert not queries.waiting_for(colleague, now=timezone.now()).exists()
    with pytest.raises(NotOpenToYou):
        _answers(signature, colleague)


def test_nobody_agrees_in_the_browser_it_was_asked_in_nor_in_one_without_cookies(two, closed):
    signature = asked(two[0], subject=closed.username)
    become(two[1].pk)
    with pytest.raises(errors.SameDevice):
        _answers(signature, two[1], ONE_DEVICE)
    with pytest.raises(errors.NoDevice):
        _answers(signature, two[1], "")
    assert not _is_open(closed)


def test_another_role_neither_asks_nor_agrees(two, closed):
    reader = officer(Role.AUTHORITY)
    with pytest.raises(NotYourRole):
        asked(reader, subject=closed.username)
    signature = asked(two[0], subject=closed.username)
    become(reader.pk)
    with pytest.raises(NotOpenToYou):
        _answers(signature, reader)


def test_it_is_answered_once_and_lapses_after_72_hours(two, closed):
    signature = asked(two[0], subject=closed.username)
    become(two[1].pk)
    with pytest.raises(errors.Lapsed):
        _answers(signature, two[1], at=signature.until)
    said = services.refuse(
        signature, because="Nobody knows this officer.", by=two[1], at=timezone.now(),
        device=TWO_DEVICE,
    )  # fmt: skip
    assert said.answered_because
    with pytest.raises(errors.AnsweredAlready):
        _answers(signature, two[1])
    assert not _is_open(closed)


def test_who_asked_takes_it_back_and_nobody_else_does(two, closed):
    signature = asked(two[0], subject=closed.username)
    become(two[1].pk)
    with pytest.raises(NotOpenToYou):
        services.take_back(signature, by=two[1], at=timezone.now())
    become(two[0].pk)
    services.take_back(signature, by=two[0], at=timezone.now())
    become(two[1].pk)
    with pytest.raises(errors.AnsweredAlready):
        _answers(signature, two[1])


def test_a_reason_has_ten_characters_and_the_same_is_asked_once(two, closed):
    with pytest.raises(errors.TooShort):
        asked(two[0], subject=closed.username, because="because   ")
    asked(two[0], subject=closed.username)
    with pytest.raises(errors.AskedAlready):
        asked(two[0], subject=closed.username)


def test_details_hold_no_sentences(two):
    with pytest.raises(TypeError):
        asked(two[0], subject="x", note="She said:\nno")


def test_those_who_may_answer_are_told_and_who_asked_is_told_the_answer(two, closed):
    from mekhala.safeguards.notices.queries import unseen_of

    agreed(asked(two[0], subject=closed.username), two[1])
    assert [n.kind for n in unseen_of(two[1])] == ["second_signature"]
    become(two[0].pk)
    assert [n.kind for n in unseen_of(two[0])] == ["signature_answered"]


# --- the database alone: each rule of the program taken out (its mutant), the row still refused


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("check_two_people", "asker"), ("check_two_agencies", "colleague"),
        ("check_two_devices", "same device"),
    ],
)  # fmt: skip
def test_with_a_rule_taken_out_the_database_still_refuses(two, closed, monkeypatch, rule, who):
    colleague = officer(Role.ADMINISTRATOR, at=two[0].agency)
    signature = asked(two[0], subject=closed.username)
    for name in ("check_two_people", "check_two_agencies", "check_two_devices"):
        if name == rule or who == "asker":
            monkeypatch.setattr(policies, name, lambda *_: None)
    by = {"asker": two[0], "colleague": colleague, "same device": two[1]}[who]
    device = ONE_DEVICE if who == "same device" else TWO_DEVICE
    become(by.pk)
    with pytest.raises((DatabaseError, NotOpenToYou)), transaction.atomic():
        _answers(signature, by, device)
    assert not _is_open(closed)


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("check_two_people", "asker"), ("check_two_agencies", "colleague"),
        ("check_two_devices", "same device"),
    ],
)  # fmt: skip
def test_with_rule_and_database_guard_taken_out_the_attack_succeeds(
    two, closed, monkeypatch, rule, who
):
    """The mutant: without any of the guards one officer, agency or device is enough."""
    colleague = officer(Role.ADMINISTRATOR, at=two[0].agency)
    signature = asked(two[0], subject=closed.username)
    _drop_guards()
    for name in ("check_two_people", "check_two_agencies", "check_two_devices"):
        monkeypatch.setattr(policies, name, lambda *_: None)
    by = {"asker": two[0], "colleague": colleague, "same device": two[1]}[who]
    become(by.pk)
    _answers(signature, by, ONE_DEVICE if who == "same device" else TWO_DEVICE)
    assert _is_open(closed)


def _drop_guards():
    """Take out, in this test's transaction, what the tables' owner put there."""
    with connection.cursor() as cursor:
        cursor.execute("select tests.without_guards()")


def _update(signature, words, *values):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            f"update four_eyes_secondsignature set {words} where id = %s", [*values, signature.pk]
        )
        return cursor.rowcount


AGREED = (
    "answer = 'agreed', answered_by_id = %s, answered_agency_id = %s, answered_device = %s,"
    " answered_at = now()"
)


def test_sql_as_the_application_answers_in_nobody_elses_name(two, closed):
    signature = asked(two[0], subject=closed.username)
    me, other = two
    for who, place in ((me, me.agency_id), (other, other.agency_id), (me, other.agency_id)):
        with pytest.raises(DatabaseError):
            _update(signature, AGREED, who.pk, place, TWO_DEVICE)
    with pytest.raises(DatabaseError):
        _update(signature, "until = now() + interval '90 days'")
    with pytest.raises(DatabaseError):
        _update(signature, "asked_by_id = %s", other.pk)


def test_sql_as_the_application_answers_nothing_twice_and_nothing_too_late(two, closed):
    signature = asked(two[0], subject=closed.username)
    become(two[1].pk)
    services.refuse(signature, because="Not this officer.", by=two[1], at=timezone.now(),
                    device=TWO_DEVICE)  # fmt: skip
    with pytest.raises(DatabaseError):
        _update(signature, AGREED, two[1].pk, two[1].agency_id, TWO_DEVICE)


def test_a_request_is_asked_in_ones_own_name_and_not_backdated(two):
    become(two[0].pk)
    for change in ({"asked_by": two[1]}, {"asked_at": timezone.now() - timedelta(days=2)},
                   {"until": timezone.now() + timedelta(days=90)}):  # fmt: skip
        row = {
            "kind": "account.reopen", "subject": "x", "because": "Long enough.",
            "answer_roles": ["administrator"], "asked_by": two[0], "asked_agency": two[0].agency,
            "asked_at": timezone.now(), "asked_device": ONE_DEVICE,
            "until": timezone.now() + timedelta(hours=71),
        }  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            SecondSignature.objects.create(**row | change)


def test_requests_are_there_only_for_who_asked_and_who_may_answer(two, closed):
    signature = asked(two[0], subject=closed.username)
    third = administrator(AgencyKind.SOCIAL_AFFAIRS)
    seen = {}
    for who in (two[0], two[1], third, officer(Role.AUTHORITY), None):
        become(who.pk if who else None)
        seen[who.pk if who else None] = SecondSignature.objects.filter(pk=signature.pk).exists()
    assert list(seen.values()) == [True, True, True, False, False]
