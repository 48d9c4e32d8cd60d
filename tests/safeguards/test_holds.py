"""A legal hold is set and lifted by two officers of two agencies who both hold the file (R-24)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.errors import NotOpenToYou
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.holds import errors, queries, services
from mekhala.safeguards.holds.models import Hold
from mekhala.safeguards.identity import services as vault
from mekhala.safeguards.identity.errors import HeldFromErasing, NameGone
from tests.builders import case, officer, open_to
from tests.builders_foureyes import WHY, agreed, asked, signed
from tests.sessions import sign_in


@pytest.fixture
def held(db):
    """Return a case, and an authority officer and a registrar who both hold it."""
    opened = case(first := officer())
    reader, registrar = officer(Role.AUTHORITY), officer(Role.REGISTRAR)
    open_to(reader, opened.number, Purpose.DETERMINATION, by=first)
    open_to(registrar, opened.number, Purpose.REGISTRATION, by=first)
    return opened, reader, registrar


def _details(until=90, review=30, basis="court_order"):
    today = timezone.localdate()
    days = {"until": until, "review_on": review}
    return {k: str(today + timedelta(days=v)) for k, v in days.items()} | {"basis": basis}


def _set(held):
    opened, reader, registrar = held
    signed(reader, registrar, "hold.set", subject=opened.number, **_details())
    return Hold.objects.get()


def test_a_file_is_held_from_the_second_signature_until_its_end(held):
    opened, reader, registrar = held
    signature = asked(reader, "hold.set", subject=opened.number, **_details())
    now = timezone.now()
    assert not queries.is_held(opened.number, now)
    agreed(signature, registrar)
    assert queries.is_held(opened.number, timezone.now())
    assert not queries.is_held(opened.number, now + timedelta(days=92))


def test_a_job_to_which_no_file_is_open_is_told_that_a_file_is_held(held):
    hold = _set(held)
    become(None)
    assert not Hold.objects.exists()
    assert queries.held([hold.number, "MK-OTHER"], timezone.now()) == {hold.number}


def test_who_does_not_hold_the_file_neither_asks_nor_signs(held):
    opened, reader, _registrar = held
    stranger = officer(Role.REGISTRAR)
    with pytest.raises(NotOpenToYou):
        asked(stranger, "hold.set", subject=opened.number, **_details())
    signature = asked(reader, "hold.set", subject=opened.number, **_details())
    with pytest.raises(NotOpenToYou):
        agreed(signature, stranger)


def test_it_is_lifted_under_two_signatures_too(held):
    opened, reader, registrar = held
    hold = _set(held)
    signed(registrar, reader, "hold.lift", subject=opened.number, hold=hold.pk)
    assert not queries.is_held(opened.number, timezone.now())
    with pytest.raises(errors.NotHeld):
        asked(registrar, "hold.lift", subject=opened.number, hold=hold.pk)


@pytest.mark.parametrize(("until", "review"), [(90, 91), (90, 0), (900, 30), (400, 200)])
def test_a_hold_has_a_review_within_half_a_year_and_an_end_within_two(held, until, review):
    with pytest.raises(errors.ReviewTooLate):
        asked(held[1], "hold.set", subject=held[0].number, **_details(until, review))


def test_sql_as_the_application_neither_sets_lifts_nor_shortens_a_hold(held):
    hold = _set(held)
    become(held[1].pk)
    for words in ("lifted_at = now(), lifted_under_id = signature_id", "until = now()"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"update holds_hold set {words} where id = %s", [hold.pk])
    with pytest.raises(DatabaseError), transaction.atomic():
        Hold.objects.create(
            number=hold.number, basis="claim", begins_at=hold.begins_at, until=hold.until,
            review_on=hold.review_on, signature=hold.signature,
        )  # fmt: skip


def test_both_officers_are_told_once_a_fortnight_before_the_review(held):
    from mekhala.safeguards.notices.queries import unseen_of

    opened, reader, registrar = held
    signed(reader, registrar, "hold.set", subject=opened.number, **_details())
    become(None)
    now = timezone.localtime()
    told = [services.tell_of_reviews(at=now + timedelta(days=d)) for d in (0, 15, 16, 17)]
    assert told == [0, 0, 1, 0]
    for who in (reader, registrar):
        become(who.pk)
        assert "hold_ends" in [notice.kind for notice in unseen_of(who)]


def test_the_pages_ask_sign_show_and_lift(held):
    opened, reader, registrar = held
    one, other = sign_in(Client(), reader), sign_in(Client(), registrar)
    page = f"/cases/{opened.number}/holds/"
    for client in (one, other):
        assert "No hold stands" in client.get(page).content.decode()
    asking = one.post(page, _details() | {"because": WHY})
    told = other.get(asking.headers["Location"]).content.decode()
    assert opened.number in told
    assert "Order of a court" in told
    other.post(asking.headers["Location"], {"answer": "agree"})
    become(reader.pk)
    ends = timezone.localtime(Hold.objects.get().until)
    assert (ends.hour, ends.minute) == (0, 0)  # with the day of the country, not with that of UTC
    assert "Order of a court" in one.get(page).content.decode()
    become(reader.pk)
    lifting = other.post(page, {"hold": Hold.objects.get().pk, "because": WHY})
    one.post(lifting.headers["Location"], {"answer": "agree"})
    assert "No hold stands" in one.get(page).content.decode()


def _kept(held, number):
    opened, reader, _registrar = held
    become(reader.pk)
    vault.keep(number, file_number=opened.number, by=reader, at=timezone.now(), latin_name="Test")


def test_a_name_is_not_erased_while_its_file_is_held(held):
    hold = _set(held)
    _kept(held, hold.number)
    with pytest.raises(HeldFromErasing):
        vault.shred(hold.number, by=None, at=timezone.now())
    looker = held[1]
    name = vault.show(hold.number, by=looker, at=timezone.now(), purpose="determination")
    assert name.latin_name == "Test"


def test_without_the_guard_a_held_name_would_be_gone(held, monkeypatch):
    """The mutant: nobody asks whether the file is held."""
    hold = _set(held)
    _kept(held, hold.number)
    monkeypatch.setattr(vault, "refuse_held", lambda numbers, at: None)
    vault.shred(hold.number, by=None, at=timezone.now())
    with pytest.raises(NameGone):
        vault.show(hold.number, by=held[1], at=timezone.now(), purpose="determination")
