"""Taking the instruments that come with the program in as versions of forms."""

from datetime import datetime

from django.db import transaction

from mekhala.forms import policies
from mekhala.forms.errors import VersionAlreadyKept
from mekhala.forms.instruments.texts import INSTRUMENTS, instrument_text, renumbered
from mekhala.forms.models import Form, FormVersion
from mekhala.forms.services.versions import add_version
from mekhala.safeguards.access.models import Officer


@transaction.atomic
def load_instruments(*, by: Officer, at: datetime) -> list[FormVersion]:
    """Keep every instrument as a version of its form, in the order of ``INSTRUMENTS``.

    A form not yet here is handed out at once. One that is here already, as shipped before or as
    an authority changed it, stays as it is: the new text waits as a draft to be read. What was
    kept before is not kept twice. Raises ``NotYourRole``.
    """
    policies.check_may_add_version(by)
    return [_loaded(form_id, by=by, at=at) for form_id in INSTRUMENTS]


def _loaded(form_id: str, *, by: Officer, at: datetime) -> FormVersion:
    text, name = instrument_text(form_id), f"{form_id}.md"
    is_new = not Form.objects.filter(form_id=form_id).exists()
    try:
        return add_version(text.encode(), name, by=by, at=at, offer=is_new)
    except VersionAlreadyKept:  # the same number over other words: a number of its own
        return add_version(renumbered(text).encode(), name, by=by, at=at, offer=is_new)
