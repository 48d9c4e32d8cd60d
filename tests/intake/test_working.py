"""What workers take over by the clock: an officer whose hour is full holds nobody else up."""

import pytest
from django.utils import timezone

from mekhala.forms import services as forms
from mekhala.forms.models import Submission
from mekhala.intake import working
from mekhala.intake.models import Taken
from mekhala.safeguards.access.acting import acting_for, become
from mekhala.safeguards.identity.errors import OpenedTooOften
from mekhala.safeguards.keys.asking import ask
from mekhala.safeguards.keys.errors import Refused
from mekhala.safeguards.keys.protocol import packed
from mekhala.safeguards.keys.quota import Limits
from tests.builders import officer
from tests.builders_intake import talk, talk_version

NOT_THERE = {"number": 1, "version": 1, "form": "wrapped", "wrapped": packed(bytes(60))}


def _send(by, name):
    become(by.pk)
    forms.keep_submission(talk(f"uuid:{name}"), [], by=by, at=timezone.now())


def _use_up(by):
    """Have as many forms opened in the officer's name as an hour allows; none of them is there."""
    said = {"op": "take_over", "actor": f"officer:{by.pk}", "items": [NOT_THERE]}
    for n in range(Limits().take_per_hour):
        with pytest.raises(Refused, match="damaged"):
            ask(said | {"subject": f"SB-{by.pk}-{n}"})


def test_what_one_officer_sent_is_taken_over_and_leaves_what_the_officer_may_read(db, acting):
    talk_version()
    busy = officer()
    for n in range(Limits().per_hour + 2):
        _send(busy, f"busy-{n}")
    become(None)
    assert working.take_what_waits.func() == {"done": Limits().per_hour + 2}
    with acting_for(busy.pk):
        for sent in Submission.objects.all()[: Limits().per_hour]:
            assert sent.xml
        with pytest.raises(OpenedTooOften):
            _ = Submission.objects.last().xml


def test_an_officer_whose_hour_is_full_holds_up_nobody_else(db, acting):
    talk_version()
    busy, other = officer(), officer()
    _send(busy, "busy-1")
    _send(busy, "busy-2")
    _send(other, "other")
    _use_up(busy)
    become(None)
    assert working.take_what_waits.func() == {"done": 1, "later": 2}
    become(other.pk)
    assert Taken.objects.filter(submission__instance_id="uuid:other").exists()
    become(busy.pk)
    assert Submission.objects.filter(taken=None).count() == 2
