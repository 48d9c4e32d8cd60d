"""A planted name and number through a whole journey: kept in the vault and told nowhere else."""

import logging

import pytest
from django.db import DataError, connection, transaction
from django.test import Client

from mekhala.config.logs import WithoutValues
from mekhala.pathway.encounter import services as encounter
from mekhala.safeguards.access.acting import acting_for
from mekhala.safeguards.access.purposes import Role
from tests import log
from tests.builders import NOW, officer
from tests.builders_guard import NATIONAL_ID, SECRET, everything
from tests.log import Entry
from tests.safeguards.test_authorisation_matrix import CASE, POSTED, _clients, _filled, route_of

PLANTED = (SECRET, NATIONAL_ID, "Sok Invented", "សុខ តេស្ត")


def _none_planted(text):
    return not [word for word in PLANTED if word in text]


def test_a_whole_journey_leaves_a_whole_log_without_a_name(db, acting):
    full = everything()
    acting(None)
    entries = list(Entry.objects.values_list("act", "subject", "agency", "details"))
    assert len(entries) > 20
    assert _none_planted(str(entries))
    assert log.verify().broken_at is None
    acts = [act for act, *_more in entries]
    assert acts.count("determination.decided") == 2  # reasonable grounds, then conclusively
    once = ("encounter.case_opened", "screening.recorded", "registration.registered",
            "aftercare.plan_agreed",
            "justice.complaint_filed", "justice.accused_added", "justice.charged")  # fmt: skip
    assert {act: acts.count(act) for act in once} == dict.fromkeys(once, 1)
    assert acts.count("identity.kept") == 2
    assert acts.count("referral.asked") == 2  # taken back once, then asked again
    assert full.number


def test_no_page_header_or_address_tells_the_name_but_the_one_that_reveals_it(db, caplog):
    full = everything()
    with caplog.at_level(logging.DEBUG):
        for role, client in _clients(full.inside).items():
            for rest in set(CASE) - {"reveal/"}:
                address = "/" + _filled(route_of(rest), full.number, full.ids)
                answer = client.post(address) if rest in POSTED else client.get(address)
                told = f"{answer.headers} {answer.content.decode(errors='replace')}"
                assert _none_planted(told), (role, rest)
        for address in ("/today/", "/cases/", "/proceedings/"):
            assert _none_planted(client.get(address).content.decode())
    assert _none_planted(caplog.text)
    first = _clients({Role.FIRST_RESPONDER: full.inside[Role.FIRST_RESPONDER]})
    shown = first[Role.FIRST_RESPONDER].post(f"/cases/{full.number}/reveal/").content.decode()
    assert SECRET in shown


def test_every_look_at_a_case_a_name_and_a_certificate_is_noted(db):
    full = everything()
    clients = _clients(full.inside)
    for rest in (page for page, roles in CASE.items() if roles):
        role = next(r for r in clients if r in CASE[rest])
        address = "/" + _filled(route_of(rest), full.number, full.ids)
        before = Entry.objects.filter(by=full.inside[role].pk).count()
        answer = clients[role].post(address) if rest in POSTED else clients[role].get(address)
        assert answer.status_code in (200, 302), rest
        noted = Entry.objects.filter(by=full.inside[role].pk).order_by("id")[before:]
        acts = [entry.act for entry in noted]
        assert "case.opened" in acts, rest
        special = {"reveal/": "identity.shown",
                   "registration/certificate/": "registration.certificate_made"}  # fmt: skip
        assert rest not in special or special[rest] in acts
    assert log.verify().broken_at is None


def test_the_api_notes_each_look_at_a_case(db):
    full = everything()
    client = Client()
    client.force_login(full.inside[Role.REGISTRAR])
    looks = ["", "/consents", "/files", "/decision", "/registration", "/referrals", "/plan"]
    for rest in looks:
        before = Entry.objects.filter(act="case.opened").count()
        assert client.get(f"/api/v1/cases/{full.number}{rest}").status_code == 200, rest
        assert Entry.objects.filter(act="case.opened").count() == before + 1, rest


def test_an_act_that_is_undone_leaves_no_entry(db):
    me = officer()
    before = Entry.objects.count()
    with acting_for(me.pk):
        try:
            with transaction.atomic():
                encounter.open_case(by=me, at=NOW, met_at=NOW, place_code="120101")
                raise KeyError
        except KeyError:
            pass
    assert Entry.objects.count() == before
    assert log.verify().broken_at is None


def test_what_the_database_says_of_a_value_is_not_written_to_the_log(db):
    with pytest.raises(DataError) as failed, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select %s::bigint", [SECRET])
    assert SECRET in str(failed.value), "the database repeats the value"
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/cases/",),
        (type(failed.value), failed.value, failed.value.__traceback__),
    )  # fmt: skip
    written = WithoutValues().format(record)
    assert _none_planted(written)
    assert "DataError" in written
    assert "test_nothing_leaks.py" in written
