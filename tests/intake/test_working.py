"""What workers take over by the clock: an officer whose hour is full holds nobody else up."""

from django.utils import timezone

from mekhala.forms import services as forms
from mekhala.forms.models import Submission
from mekhala.intake import working
from mekhala.intake.models import Taken
from mekhala.safeguards.access.acting import become
from mekhala.safeguards.keys.quota import Limits
from tests.builders import officer
from tests.builders_intake import talk, talk_version


def _send(by, name):
    become(by.pk)
    forms.keep_submission(talk(f"uuid:{name}"), [], by=by, at=timezone.now())


def test_an_officer_whose_hour_is_full_holds_up_nobody_else(db, acting):
    talk_version()
    busy, other = officer(), officer()
    for n in range(Limits().per_hour + 2):
        _send(busy, f"busy-{n}")
    _send(other, "other")
    become(None)
    states = working.take_what_waits.func()
    assert states == {"done": Limits().per_hour + 1, "later": 2}
    become(other.pk)
    assert Taken.objects.filter(submission__instance_id="uuid:other").exists()
    become(busy.pk)
    assert Submission.objects.filter(taken=None).count() == 2
