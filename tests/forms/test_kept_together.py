"""Forms that arrive in one moment: one commit for many, and none is lost or kept twice by it."""

import base64
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from benchmarks.intake.phones import BOUNDARY, multipart
from mekhala.forms.models import Submission
from mekhala.forms.services import Counted, together
from mekhala.safeguards.access import devices
from mekhala.safeguards.access.acting import acting_for
from tests import log
from tests.builders import NOW, officer
from tests.builders_forms import filled, form_version

AT_ONCE = 8


def _phones():
    """Return officers of two agencies, each with the key of a phone that has sent a form."""
    form_version("1")
    owners, keys = [officer(), officer()], []
    for owner in owners:
        with acting_for(owner.pk):
            device, password = devices.issue(owner, "a phone", at=NOW)
        keys.append(base64.b64encode(f"{device.username}:{password}".encode()).decode())
        assert _post(keys[-1], filled("uuid:first")) == 201
    return list(zip(owners, keys, strict=True))


@pytest.fixture
def phones(db):
    return _phones()


def _post(key, xml):
    return Client().post(
        "/f/submission", multipart(xml), f"multipart/form-data; boundary={BOUNDARY}",
        headers={"Authorization": f"Basic {key}"},
    ).status_code  # fmt: skip


def _posted(sent):
    """Send from a thread, with a connection of its own."""
    try:
        return _post(*sent)
    finally:
        connections.close_all()


def _kept(owner):
    with acting_for(owner.pk):
        return Counter(Submission.objects.values_list("instance_id", flat=True))


def test_copies_and_others_at_once_are_kept_once_whatever_breaks_in_between(transactional_db):
    phones = _phones()
    sent = [(key, filled(f"uuid:{n}")) for n in range(10) for _owner, key in phones for _ in (1, 2)]
    with ThreadPoolExecutor(AT_ONCE) as senders:
        told = list(senders.map(_posted, sent[:20]))
        together._own().connection.close()  # the next go the long way, and those after together
        told += senders.map(_posted, sent[20:])
    assert Counter(told) == {201: 40}
    for owner, _key in phones:
        assert set(_kept(owner).values()) == {1}
        assert len(_kept(owner)) == 11
    assert _whole() == 22
    assert together._own().connection is not None
    together.leave()


def _whole():
    """Return how many forms the log tells of, once it is verified."""
    assert log.verify().whole
    return log.Entry.objects.filter(act="forms.submission_received").count()


def _ready(owner, instance, **other):
    with acting_for(owner.pk):
        device = devices.Device.objects.select_related("officer__agency").get(officer=owner)
    counted = Counted(failed=[], failures=5, asks=f"asks {owner.pk}", most=300, seconds=60)
    form = together.plain(filled(instance), device=device, counted=counted, at=timezone.now())
    return form._replace(row=form.row | other)


def _written(*forms):
    batch = [together._Waiting(form) for form in forms]
    together._write(batch)
    return [one.kept is not None for one in batch]


def test_one_that_cannot_be_kept_leaves_all_to_the_long_way_and_nothing_half_done(phones):
    (owner, key), _other = phones
    good, bad = _ready(owner, "uuid:good"), _ready(owner, "uuid:bad", key_form=None)
    assert _written(good, bad) == [False, False]
    assert set(_kept(owner)) == {"uuid:first"}
    assert [_post(key, filled("uuid:good")), _post(key, filled("uuid:bad"))] == [201, 201]


def test_who_may_not_send_spoils_nothing_for_the_others(phones):
    (owner, _key), (other, _key2) = phones
    forms = [
        _ready(owner, "uuid:1"), _ready(other, "uuid:2", agency=owner.agency_id),
        _ready(other, "uuid:3", password="old"), _ready(other, "uuid:4"),
        _ready(owner, "uuid:first"),
    ]  # fmt: skip
    assert _written(*forms) == [True, False, False, True, False]
    assert set(_kept(owner)) == {"uuid:first", "uuid:1"}
    assert set(_kept(other)) == {"uuid:first", "uuid:4"}


def test_a_row_is_never_written_into_an_agency_its_officer_is_not_of(phones):
    """Were the check of the statement gone, row security refuses: the officer acts in it."""
    (owner, _key), (other, _key2) = phones
    row = _ready(other, "uuid:1").row
    with acting_for(other.pk), pytest.raises(Exception, match="row-level security"):
        Submission.objects.create(
            version_id=row["version"], number=row["number"], instance_id="uuid:1", sha256="0",
            received_at=NOW, received_from=other, agency_id=owner.agency_id,
        )  # fmt: skip
