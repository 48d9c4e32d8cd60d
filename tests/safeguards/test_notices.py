"""An officer is told at once, sees their own notices and speaks in nobody else's name."""

import pytest
from django.db import ProgrammingError, transaction

from mekhala.safeguards.notices import services
from mekhala.safeguards.notices.errors import NotYourNotice
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.models import Notice
from mekhala.safeguards.notices.queries import of, unseen_of
from tests.builders import NOW, case, officer


@pytest.fixture
def told(db, acting):
    """Return who told, and who was told of one case."""
    by, to = officer(), officer()
    acting(by)
    services.tell([to], Kind.BREAK_GLASS, subject="MK-0000-0000", by=by, at=NOW, opening=7)
    return by, to


def test_a_notice_is_there_for_whom_it_is_and_not_for_who_told_it(told, acting):
    by, to = told
    assert not Notice.objects.exists()
    acting(to)
    (one,) = unseen_of(to)
    assert (one.subject, one.told_by, one.details) == ("MK-0000-0000", by.pk, {"opening": 7})


def test_nobody_tells_in_anothers_name(told, acting):
    by, to = told
    acting(to)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        services.tell([by], Kind.BREAK_GLASS, subject="MK-0000-0000", by=by, at=NOW)
    acting(by)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        services.tell([to], Kind.BREAK_GLASS, subject="MK-0000-0000", by=None, at=NOW)


def test_a_job_tells_in_nobodys_name(db, acting):
    to = officer()
    acting(None)
    services.tell([to], Kind.AGREEMENT_ENDS, subject="agreement-1", by=None, at=NOW)
    acting(to)
    assert of(to).get().told_by is None


def test_a_notice_is_marked_once_and_by_its_officer_only(told, acting):
    by, to = told
    acting(to)
    one = of(to).get()
    with pytest.raises(NotYourNotice):
        services.seen(one, by=by, at=NOW)
    services.seen(one, by=to, at=NOW)
    assert not unseen_of(to).exists()


def test_what_was_told_is_never_changed(told, acting):
    acting(told[1])
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Notice.objects.update(kind="alarm_quota")


def test_a_kind_without_words_is_not_told(db, acting):
    to = officer()
    with pytest.raises(ValueError, match="hello"):
        services.tell([to], "hello", subject="x", by=None, at=NOW)


def test_the_day_begins_with_what_was_told_and_the_head_of_each_page_counts_it(told, client):
    _by, to = told
    client.force_login(to)
    today = client.get("/today/").content.decode()
    assert "1 notice" in today
    assert str(Kind.BREAK_GLASS.label) in today
    assert "1 notice" in client.get("/law/").content.decode()


def test_a_notice_leads_to_a_file_that_is_open_and_to_none_that_is_not(told, client, acting):
    by, to = told
    mine = case(to)
    acting(by)
    services.tell([to], Kind.CONSENT_WITHDRAWN, subject=mine.number, by=by, at=NOW)
    client.force_login(to)
    page = client.get("/notices/").content.decode()
    assert f'href="/cases/{mine.number}/"' in page
    assert 'href="/cases/MK-0000-0000/"' not in page


def test_a_notice_is_marked_on_the_page_and_anothers_is_not_there(told, client, acting):
    by, to = told
    acting(to)
    pk = of(to).get().pk
    client.force_login(by)
    assert client.post(f"/notices/{pk}/seen/").status_code == 404
    client.force_login(to)
    assert client.post(f"/notices/{pk}/seen/").status_code == 302
    assert "Mark as seen" not in client.get("/notices/").content.decode()
