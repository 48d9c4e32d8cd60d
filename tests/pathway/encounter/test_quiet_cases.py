"""An open case that is forgotten is told of: the time until erasure begins with its closing."""

import pytest
from django.utils import timezone

from mekhala.pathway.encounter import closing
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices.models import Notice
from tests.builders import case, officer, open_to
from tests.builders_reading_quota import as_owner


@pytest.fixture
def worker(db):
    return officer()


def _told(who, acting):
    acting(who)
    return list(Notice.objects.filter(kind="quiet_case").values_list("subject", flat=True))


def _opened_long_ago(by):
    made = case(by)
    as_owner("update encounter_case set opened_at = now() - interval '400 days'")
    return made


def _nightly(acting):
    acting(None)
    return closing.tell_of_quiet(at=timezone.now())


def test_who_may_close_a_case_nobody_worked_on_is_told_once_in_half_a_year(worker, acting):
    made, registrar = _opened_long_ago(worker), officer(Role.REGISTRAR)
    open_to(registrar, made.number, Purpose.REGISTRATION)
    house = officer(Role.PROVIDER)
    open_to(house, made.number, Purpose.SUPPORT)
    assert _nightly(acting) == 1
    assert _nightly(acting) == 0
    assert [_told(who, acting) for who in (worker, registrar, house)] == [
        [made.number], [made.number], []
    ]  # fmt: skip
    as_owner("update encounter_case set quiet_told_at = now() - interval '184 days'")
    assert _nightly(acting) == 1


def test_a_case_somebody_works_on_is_not_told_of_and_looking_is_no_work(worker, acting):
    made = _opened_long_ago(worker)
    acting(worker)
    audit.record("case.opened", subject=made.number, by=worker, at=timezone.now())
    assert _nightly(acting) == 1
    as_owner("update encounter_case set quiet_told_at = null")
    acting(worker)
    audit.record("encounter.recorded", subject=made.number, by=worker, at=timezone.now())
    assert _nightly(acting) == 0


def test_a_case_nobody_may_close_any_more_is_told_to_administrators(worker, acting):
    made, office = _opened_long_ago(worker), officer(Role.ADMINISTRATOR)
    as_owner("update access_grant set granted_at = now() - interval '9 days', until = now()")
    assert _nightly(acting) == 1
    assert _told(office, acting) == [made.number]
    assert not _told(worker, acting)


def test_a_closed_case_is_not_told_of(worker, acting):
    made = _opened_long_ago(worker)
    as_owner(
        "update encounter_case set closed_at = now(), closing_noted_at = now(),"
        f" closed_by_id = {worker.pk}, closed_because = 'help_ended' where number = '{made.number}'"
    )
    assert _nightly(acting) == 0
