"""A person is found by two exact details, among the files open to the officer, and no other way."""

import pytest

from mekhala.safeguards.access.acting import become
from mekhala.safeguards.access.purposes import Role
from mekhala.safeguards.agencies.models import AgencyKind
from mekhala.safeguards.identity import services as identities
from tests.builders import NOW, agency, case, officer
from tests.builders_reading_quota import limit
from tests.log import Entry
from tests.safeguards.test_authorisation_matrix import _said

NAME, BORN, CARD = "សុខ អំពិលចាន់", "1999-04-12", "090999123"
PAGE = "/cases/find/person/"


@pytest.fixture
def kept(db):
    """Return an officer and the number of a file open to them, with a name."""
    who = officer()
    found = case(who)
    become(who.pk)
    identities.keep(
        found.number, file_number=found.number, by=who, at=NOW, native_name=NAME, birth_date=BORN,
        national_id=CARD,
    )  # fmt: skip
    return who, found.number


def _asked(client, who, **details):
    client.force_login(who)
    answer = client.post(PAGE, {"birth_date": BORN} | details)
    return _said(answer, *details.values())[1]


@pytest.mark.parametrize("details", [{"native_name": NAME}, {"national_id": CARD}])
def test_two_exact_details_find_an_open_file_and_the_search_is_noted(client, kept, details):
    who, number = kept
    page = _asked(client, who, **details)
    assert f'href="/cases/{number}/"' in page
    assert Entry.objects.filter(act="identity.searched", by=who.pk).count() == 1


@pytest.mark.parametrize(
    "details",
    [{"native_name": NAME[:-1]}, {"native_name": "%"}, {"national_id": "0909"},
     {"native_name": NAME, "birth_date": "1999-04-13"}, {"native_name": NAME, "birth_date": ""},
     {"native_name": NAME, "national_id": CARD}, {}],
)  # fmt: skip
def test_part_of_a_detail_a_wildcard_or_one_detail_finds_nothing(client, kept, details):
    who, number = kept
    assert number not in _asked(client, who, **details)


def test_a_file_that_is_not_open_is_told_like_nobody(client, kept):
    _who, number = kept
    stranger = officer()
    closed = _asked(client, stranger, native_name=NAME)
    absent = _asked(client, stranger, native_name=NAME.replace("ច", "ម"))
    assert number not in closed
    assert "Nothing to show" in closed
    assert closed == absent


@pytest.mark.parametrize("kind", [AgencyKind.POLICE, AgencyKind.BORDER])
def test_police_and_border_posts_have_no_such_page(db, client, kind):
    client.force_login(officer(at=agency(kind)))
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/cases/find/").content.decode()


def test_courts_have_no_such_page(db, client):
    client.force_login(officer(Role.JUSTICE, at=agency(AgencyKind.COURT)))
    assert client.get(PAGE).status_code == 404


def test_each_search_counts_as_a_file(client, kept):
    limit()
    who, _number = kept
    client.force_login(who)
    tries = [client.post(PAGE, {"birth_date": BORN, "native_name": f"x{n}"}) for n in range(4)]
    assert [each.status_code for each in tries] == [200, 200, 200, 429]
