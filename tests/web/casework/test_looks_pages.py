"""Who looked at a case is told to who answers for it; to the person, agencies and roles only."""

import pytest

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.audit import queries, services
from tests.builders import NOW, officer, open_to
from tests.builders_casework import authority, met, referred
from tests.log import Entry


@pytest.fixture
def file(db):
    """Return a file of the authority, looked at by an officer who first met the person."""
    authority()
    return referred()


def _reader(number, role="authority", purpose="determination"):
    who = officer(role)
    open_to(who, number, purpose)
    return who


def _page(client, who, number, rest="looks/"):
    client.force_login(who)
    return client.get(f"/cases/{number}/{rest}")


def test_tells_who_looked_when_on_which_page_and_for_what(client, file):
    first, reader = officer("provider"), _reader(file.case_id)
    open_to(first, file.case_id, "support")
    client.force_login(first)
    client.get(f"/cases/{file.case_id}/")

    page = _page(client, reader, file.case_id).content.decode()
    assert first.shown_as in page
    assert first.agency.name in page
    assert "Service provider" in page
    assert "Overview" in page
    assert "Emergency" not in page


def test_reading_who_looked_is_a_look(client, file):
    reader = _reader(file.case_id)
    _page(client, reader, file.case_id)
    look = Entry.objects.get(act="case.opened", by=reader.pk)
    assert (look.subject, look.details["page"]) == (file.case_id, "cases:looks")
    assert reader.shown_as in _page(client, reader, file.case_id).content.decode()


def test_a_look_in_an_emergency_is_marked(client, file):
    reader = _reader(file.case_id)
    services.record("case.opened", subject=file.case_id, by=reader, at=NOW, emergency=True)
    assert "Emergency" in _page(client, reader, file.case_id).content.decode()
    paper = _page(client, reader, file.case_id, "looks/print/").content.decode()
    assert "in an emergency" in paper


def test_the_paper_for_the_person_names_agencies_and_roles_and_no_officer(client, file):
    looked, reader = _reader(file.case_id), _reader(file.case_id, "provider", "support")
    _page(client, looked, file.case_id, "")
    paper = _page(client, reader, file.case_id, "looks/print/").content.decode()
    assert looked.agency.name in paper
    assert "Competent authority officer" in paper
    assert looked.shown_as not in paper
    assert looked.username not in paper


def test_who_first_met_the_person_is_not_told_who_looks_now(client, db):
    first = officer()
    case = met(first)
    assert _page(client, first, case.number).status_code == 404
    overview = _page(client, first, case.number, "").content.decode()
    assert "looks/" not in overview


def test_the_pages_need_few_queries(client, file, django_assert_max_num_queries):
    readers = [_reader(file.case_id) for _ in range(3)]
    for reader in readers:
        _page(client, reader, file.case_id)
    for rest in ("looks/", "looks/print/", "history/"):
        client.force_login(readers[0])
        with django_assert_max_num_queries(12 + 1):
            client.get(f"/cases/{file.case_id}/{rest}")


def test_a_long_list_has_pages(client, file):
    reader = _reader(file.case_id)
    for _ in range(60):
        services.record("case.opened", subject=file.case_id, by=reader, at=NOW, page="x")
    assert "Page 1 of 2" in _page(client, reader, file.case_id).content.decode()


@pytest.mark.parametrize(
    ("role", "purpose", "acts", "looks"),
    [
        ("authority", "determination", True, True),
        ("registrar", "registration", True, True),
        ("provider", "support", True, True),
        ("first_responder", "first_contact", True, False),
        (None, None, False, False),
    ],
)
def test_the_database_tells_the_log_of_a_file_only_to_whom_it_is_open(
    client, file, role, purpose, acts, looks
):
    reader = _reader(file.case_id)
    _page(client, reader, file.case_id)
    asks = _reader(file.case_id, role, purpose) if role else officer("authority")
    become(asks.pk)
    assert bool(queries.acts_about(file.case_id, ["determination.opened"])) == acts
    assert bool(queries.looks_at(file.case_id)) == looks


def test_nobody_at_all_is_told_nothing(client, file):
    _page(client, _reader(file.case_id), file.case_id)
    become(None)
    assert queries.acts_about(file.case_id, ["determination.opened"]) == []
    assert queries.looks_at(file.case_id) == []
