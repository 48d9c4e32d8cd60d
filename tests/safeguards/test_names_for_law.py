"""A name is opened for a court once, on paper, under signatures of two agencies (R-06, K23)."""

from datetime import timedelta
from datetime import timezone as tzoffset

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import FieldClass, Purpose, Role
from mekhala.safeguards.four_eyes.models import SecondSignature
from mekhala.safeguards.identity.services import keep
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.queries import unseen_of
from mekhala.safeguards.unsealing import services
from mekhala.safeguards.unsealing.models import Order
from tests.builders import case, officer, open_to
from tests.builders_foureyes import ONE_DEVICE, WHY
from tests.builders_reading_quota import as_owner
from tests.builders_unsealing import an_order, opened_for_law, ordered
from tests.log import Entry
from tests.sessions import sign_in

NAME = "Zxqwernary Planted"
LAW = "identity.unsealed_for_law"


class Held:
    """One case with a name, an authority officer and a registrar who hold it, and two browsers."""

    def __init__(self):
        first = officer()
        self.number = case(first).number
        become(first.pk)
        keep(self.number, file_number=self.number, by=first, at=timezone.now(), latin_name=NAME)
        self.first, self.reader, self.registrar = (
            first, officer(Role.AUTHORITY), officer(Role.REGISTRAR)
        )  # fmt: skip
        open_to(self.reader, self.number, Purpose.DETERMINATION, by=first)
        open_to(self.registrar, self.number, Purpose.REGISTRATION, by=first)
        self.page = f"/cases/{self.number}/name-for-law/"
        self.one, self.other = (sign_in(Client(), who) for who in (self.reader, self.registrar))
        for client in (self.one, self.other):
            client.get(self.page)

    def ask(self, **more):
        """Record an order on the page; return the address of the request and of the opening."""
        posted = {k: v for k, v in an_order(**more).items() if v is not None} | {"because": WHY}
        answer = self.one.post(self.page, posted)
        if answer.status_code != 302:
            return answer.content.decode(), ""
        become(self.reader.pk)
        return answer.headers["Location"], f"{self.page}{Order.objects.first().pk}/"

    def signed(self, **more):
        """Record an order and have it signed; return the address of the opening."""
        request, opening = self.ask(**more)
        self.other.post(request, {"answer": "agree"})
        return opening


@pytest.fixture
def held(db):
    return Held()


def _text(client, address):
    return client.post(address, follow=True).content.decode()


def test_the_name_is_shown_once_on_a_paper_with_the_serial_of_the_log(held):
    paper = held.one.post(held.signed()).content.decode()
    assert NAME in paper
    noted = Entry.objects.get(act=LAW, subject=held.number)
    assert noted.by == held.reader.pk
    assert noted.details["serial"] in paper
    assert noted.details["basis"] == "court_order"
    assert SecondSignature.objects.filter(pk=noted.details["signature"], done_at=None).count() == 0
    assert not Entry.objects.filter(act="identity.shown").exists()


def test_under_one_signature_nothing_is_opened(held):
    _request, opening = held.ask()
    assert NAME not in _text(held.one, opening)
    assert not Entry.objects.filter(act=LAW).exists()


def test_the_same_agency_does_not_sign(held):
    colleague = officer(Role.AUTHORITY, at=held.reader.agency)
    open_to(colleague, held.number, Purpose.DETERMINATION, by=held.first)
    request, opening = held.ask()
    near = sign_in(Client(), colleague)
    near.get(held.page)
    assert near.post(request, {"answer": "agree"}).status_code == 404
    assert NAME not in _text(held.one, opening)


def test_who_does_not_hold_the_case_neither_sees_the_request_nor_signs(held):
    request, _opening = held.ask()
    stranger = sign_in(Client(), officer(Role.REGISTRAR))
    stranger.get("/second-signatures/")
    assert stranger.get(request).status_code == 404
    assert stranger.post(request, {"answer": "agree"}).status_code == 404


def test_the_name_is_not_opened_a_second_time(held):
    opening = held.signed()
    assert NAME in held.one.post(opening).content.decode()
    again = _text(held.one, opening)
    assert "opened under this order already" in again
    assert NAME not in again
    assert Entry.objects.filter(act=LAW).count() == 1


def test_after_a_day_it_is_too_late(held):
    opening = held.signed()
    as_owner("update four_eyes_secondsignature set answered_at = now() - interval '25 hours'")
    late = _text(held.one, opening)
    assert NAME not in late
    assert "has run out" in late


def test_with_the_signature_taken_out_one_officer_opens_it_alone(held, monkeypatch):
    """The mutant: neither the pages nor the database ask for the second signature."""
    _request, opening = held.ask()
    become(held.reader.pk)
    pk = SecondSignature.objects.get().pk
    monkeypatch.setattr(
        "mekhala.safeguards.unsealing.services.four_eyes.use",
        lambda *_a, **_k: SecondSignature.objects.get(pk=pk),
    )
    with pytest.raises(DatabaseError, match="two signatures"), transaction.atomic():
        held.one.post(opening)
    as_owner("drop trigger rules on unsealing_order")
    assert NAME in held.one.post(opening).content.decode()


def test_with_the_day_taken_out_it_would_be_opened_later(held, monkeypatch):
    """The mutant of the 24 hours."""
    from mekhala.safeguards.four_eyes import services

    opening = held.signed()
    as_owner("update four_eyes_secondsignature set answered_at = now() - interval '25 hours'")
    as_owner("drop trigger rules on unsealing_order")
    monkeypatch.setattr(services, "_fits", lambda *_asked: True)
    assert NAME in held.one.post(opening).content.decode()


def test_an_officer_without_the_name_records_no_order(held):
    carried = [FieldClass.OPEN, FieldClass.NARRATIVE]
    open_to(held.reader, held.number, Purpose.DETERMINATION, by=held.first, classes=carried)
    page = held.one.get(held.page).content.decode()
    assert "not open to you" in page
    assert "Ask another agency" not in page
    told, _opening = held.ask()
    assert "not open to you" in told
    become(held.reader.pk)
    assert not Order.objects.exists()
    with pytest.raises(DatabaseError, match="holds the name"), transaction.atomic():
        Order.objects.create(
            number=held.number, asked_by=held.reader, asked_at=timezone.now(), **an_order()
        )


def test_an_officer_who_lost_the_name_meanwhile_opens_nothing(held):
    opening = held.signed()
    open_to(held.reader, held.number, Purpose.DETERMINATION, by=held.first,
            classes=[FieldClass.OPEN])  # fmt: skip
    assert NAME not in _text(held.one, opening)


def test_only_who_asked_opens_it(held):
    opening = held.signed()
    assert held.other.post(opening).status_code == 404


@pytest.mark.parametrize("role", [Role.FIRST_RESPONDER, Role.PROVIDER, Role.JUSTICE])
def test_other_roles_find_nothing_here_even_with_the_case_open(held, role):
    purpose = Purpose.JUSTICE if role == Role.JUSTICE else Purpose.REGISTRATION
    who = officer(role)
    open_to(who, held.number, purpose, by=held.first)
    assert sign_in(Client(), who).get(held.page).status_code == 404
    assert sign_in(Client(), who).post(held.signed()).status_code == 404


def test_a_sign_in_of_a_while_ago_is_not_enough(held):
    opening = held.signed()
    stale = sign_in(Client(), held.reader, minutes_ago=16)
    assert stale.post(opening).status_code == 302
    assert not Entry.objects.filter(act=LAW).exists()


def test_who_leads_the_case_is_told_and_nobody_else(held):
    held.one.post(held.signed())
    become(held.registrar.pk)
    assert Kind.NAME_FOR_LAW in [n.kind for n in unseen_of(held.registrar)]
    become(held.first.pk)
    assert Kind.NAME_FOR_LAW not in [n.kind for n in unseen_of(held.first)]


def test_it_stands_among_who_looked_and_on_the_persons_paper(held):
    held.one.post(held.signed())
    looks = held.other.get(f"/cases/{held.number}/looks/").content.decode()
    assert "Name, for a court or another body" in looks
    assert "Written order" in looks
    paper = held.other.get(f"/cases/{held.number}/looks/print/").content.decode()
    assert "Court of the invented province" in paper
    assert "17/2026" in paper


def test_while_the_order_forbids_it_the_paper_is_silent_and_afterwards_it_speaks(held):
    until = timezone.localdate() + timedelta(days=9)
    held.one.post(held.signed(told="forbidden", silent_until=until))
    paper = f"/cases/{held.number}/looks/print/"
    assert "Court of the invented" not in held.other.get(paper).content.decode()
    assert "Do not tell" in held.other.get(held.page).content.decode()
    as_owner("update unsealing_order set silent_until = current_date - 2")
    assert "Court of the invented" in held.other.get(paper).content.decode()
    assert "tell the person or counsel now" in held.other.get(held.page).content.decode()


def test_while_the_order_forbids_it_who_supports_the_person_is_not_shown_it_either(held):
    helper = officer(Role.PROVIDER)
    open_to(helper, held.number, Purpose.SUPPORT, by=held.first)
    until = timezone.localdate() + timedelta(days=9)
    client = sign_in(Client(), helper)
    looks, said = f"/cases/{held.number}/looks/", "Name, for a court or another body"
    held.one.post(held.signed(told="forbidden", silent_until=until))
    assert said not in client.get(looks).content.decode()
    become(helper.pk)
    assert not Order.objects.exists()
    opened_for_law(held.number, held.registrar, held.reader)
    assert said in client.get(looks).content.decode()
    become(helper.pk)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"told": "forbidden"}, "Give the last day"),
        ({"silent_until": "2030-01-01"}, "today or earlier"),
        ({"told": "forbidden", "silent_until": "2020-01-01"}, "today or earlier"),
        ({"dated": "2100-01-01"}, "today or earlier"),
        ({"reference": "the judge's word"}, "at least one digit"),
        ({"basis": "police_request"}, "not one of the available"),
    ],
)
def test_an_order_that_is_none_is_refused_with_words(held, more, said):
    told, _opening = held.ask(**more)
    assert said in told.replace("&#x27;", "'")
    become(held.reader.pk)
    assert not Order.objects.exists()


def test_the_second_officer_reads_what_the_order_is(held):
    request, _opening = held.ask()
    page = held.other.get(request).content.decode()
    for word in (held.number, "A written order of a court", "Court of the invented", "17/2026"):
        assert word in page
    assert NAME not in page


def test_where_no_name_is_kept_the_signature_stays(db):
    held = Held.__new__(Held)
    first, reader, registrar = officer(), officer(Role.AUTHORITY), officer(Role.REGISTRAR)
    number = case(first).number
    open_to(reader, number, Purpose.DETERMINATION, by=first)
    open_to(registrar, number, Purpose.REGISTRATION, by=first)
    held.number, held.reader, held.page = number, reader, f"/cases/{number}/name-for-law/"
    held.one, held.other = sign_in(Client(), reader), sign_in(Client(), registrar)
    for client in (held.one, held.other):
        client.get(held.page)
    assert "No name was kept" in _text(held.one, held.signed())
    become(reader.pk)
    assert SecondSignature.objects.get().done_at is None
    assert Order.objects.get().opened_at is None


def test_when_the_key_service_is_down_it_is_noted_and_the_signature_stays(held, monkeypatch):
    from mekhala.safeguards.identity.errors import NotNow

    def down(*_asked, **_how):
        raise NotNow

    opening = held.signed()
    with monkeypatch.context() as broken:
        broken.setattr("mekhala.safeguards.identity.services.opened", down)
        assert "cannot be shown now" in _text(held.one, opening)
    assert Entry.objects.get(act="identity.refused").details["purpose"] == "law"
    assert NAME in held.one.post(opening).content.decode()


def test_the_application_neither_alters_an_order_nor_takes_one_away(held):
    opened_for_law(held.number, held.reader, held.registrar)
    become(held.reader.pk)
    order = Order.objects.get()
    for change in ({"silent_until": None}, {"body": "x"}, {"serial": "x"}, {"opened_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        order.delete()


def test_a_signature_for_another_case_opens_nothing(held):
    opening = held.signed()
    other = case(held.first).number
    open_to(held.reader, other, Purpose.DETERMINATION, by=held.first)
    ordered(other, held.reader)
    become(held.reader.pk)
    unsigned = Order.objects.filter(number=other).get()
    assert NAME not in _text(held.one, f"/cases/{other}/name-for-law/{unsigned.pk}/")
    assert held.one.post(opening.replace(held.number, other)).status_code == 404


def test_an_order_of_today_is_taken_whatever_the_clock_of_who_asks(held):
    elsewhere = timezone.now().astimezone(tzoffset(timedelta(hours=-15)))  # yesterday, until 22:00
    become(held.reader.pk)
    order = an_order(dated=timezone.localdate())
    made = services.ask(
        held.number, **order, because=WHY, by=held.reader, at=elsewhere, device=ONE_DEVICE
    )
    assert made.kind == "identity.unseal_for_law"
