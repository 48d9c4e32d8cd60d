"""Acts on forms: versions, what goes out with them, what was sent in, linking it to a case."""

from datetime import datetime

from django.db import transaction

from mekhala.forms import policies
from mekhala.forms.errors import AlreadyLinked, OnlyPractice
from mekhala.forms.models import Submission
from mekhala.forms.services.attaching import SentFile
from mekhala.forms.services.envelopes import Taken, keep_sealed, open_again
from mekhala.forms.services.instruments import load_instruments
from mekhala.forms.services.media import add_file, fill_lists, keep_list
from mekhala.forms.services.receiving import Kept, keep_submission
from mekhala.forms.services.together import Counted, Plain, arriving, keep_together, plain
from mekhala.forms.services.training import record_training
from mekhala.forms.services.use import hand_out_to, hand_out_to_all
from mekhala.forms.services.versions import (
    add_version,
    put_into_use,
    record_adoption,
    take_back_adoption,
    withdraw,
)
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit

__all__ = [
    "Counted", "Kept", "Plain", "SentFile", "Taken", "add_file", "add_version", "arriving",
    "fill_lists", "hand_out_to", "hand_out_to_all", "keep_list", "keep_sealed", "keep_submission",
    "keep_together", "link_to_case", "load_instruments", "open_again", "plain", "put_into_use",
    "record_adoption", "record_training", "take_back_adoption", "withdraw",
]  # fmt: skip


@transaction.atomic
def link_to_case(
    submission: Submission, *, case_number: str, by: Officer, at: datetime
) -> Submission:
    """Note that these answers are about a case; whom the case is open to may read them.

    Raises ``AlreadyLinked`` where they belong to another case already, ``NotYourRole``, and
    ``NotOpenToYou`` for a case that is not open to ``by``, ``OnlyPractice``.
    """
    policies.check_may_link(by, case_number, now=at)
    found = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if found.is_practice:
        raise OnlyPractice
    if found.case_number not in ("", case_number):
        raise AlreadyLinked
    if found.case_number != case_number:
        Submission.objects.filter(pk=found.pk).update(case_number=case_number)
        audit.record(
            "forms.submission_linked", subject=case_number, by=by, at=at, submission=found.pk
        )
    submission.case_number = found.case_number = case_number
    return found
