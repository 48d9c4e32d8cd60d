"""Acts: a form is received and taken over, a mapping is added, all of a form are mapped again."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import services as forms
from mekhala.forms.models import Form, FormVersion
from mekhala.forms.services import Counted, Kept, SentFile
from mekhala.intake import policies, queries
from mekhala.intake.errors import MappingFaulty
from mekhala.intake.mapping import read_mapping
from mekhala.intake.models import KeptMapping
from mekhala.intake.queries import Holding
from mekhala.intake.taking import note_left, take_in
from mekhala.intake.working import map_form_again, take_over
from mekhala.safeguards.access.models import Device, Officer
from mekhala.safeguards.audit import services as audit

__all__ = ["add_mapping", "keep_and_map", "keep_with_others", "map_again", "note_left", "take_in"]
LARGEST = 200_000  # characters of a mapping


def keep_and_map(
    xml: bytes,
    attachments: Iterable[SentFile],
    *,
    by: Officer,
    at: datetime,
    more_follows: bool = False,
    device: int | None = None,
    is_practice: bool = False,
) -> Kept:
    """Keep a filled form as ``forms.services.keep_submission`` does; a worker takes it over next.

    It is queued once the form is kept; what the queue loses, ``working.take_what_waits`` finds.
    """
    kept = forms.keep_submission(
        xml, attachments, by=by, at=at, more_follows=more_follows, device=device,
        is_practice=is_practice,
    )  # fmt: skip
    sent = kept.submission
    is_new = kept.is_new and not (kept.is_held or sent.is_practice)
    if is_new and queries.mapping_of(sent.version) is not None:
        transaction.on_commit(lambda: take_over.enqueue(sent.pk, by.pk))
    return kept


def keep_with_others(xml: bytes, *, device: Device, counted: Counted, at: datetime) -> bool:
    """Keep a plain filled form together with others, and queue it as ``keep_and_map`` does.

    False: nothing was kept, and ``keep_and_map`` says why or keeps it.
    """
    with forms.arriving():
        form = forms.plain(xml, device=device, counted=counted, at=at)
    kept = forms.keep_together(form) if form else None
    if form is None or kept is None:
        return False
    if queries.was_mapped(form.version):
        take_over.enqueue(kept, device.officer_id)
    return True


@transaction.atomic
def add_mapping(
    version: FormVersion, text: str, *, file_name: str, by: Officer, at: datetime
) -> KeptMapping:
    """Keep what the answers of a form become, after it was checked against ``version``.

    The same text as the newest is the one that is kept. Raises ``NotYourRole``, ``WrongInput``,
    ``MappingFaulty`` with every fault.
    """
    policies.check_may_map(by)
    if len(text) > LARGEST:
        raise WrongInput(_("%(file)s: is longer than 200,000 characters.") % {"file": file_name})
    mapping = read_mapping(text, file_name=file_name)
    found = queries.faults_of(version, Holding(mapping, 0))
    if not mapping.holds_for(version.version):
        found = [_("versions: “%(version)s” is not among them") % {"version": version.version},
                 *found]  # fmt: skip
    if found:
        raise MappingFaulty(found)
    form = Form.objects.select_for_update().get(pk=version.form_id)
    newest = form.mappings.first()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    if newest and newest.sha256 == sha256:
        return newest
    kept = KeptMapping.objects.create(
        form=form, number=newest.number + 1 if newest else 1, source=text, sha256=sha256,
        added_by=by, added_at=at,
    )  # fmt: skip
    audit.record("intake.mapping_added", subject=form.form_id, by=by, at=at, number=kept.number)
    return kept


@transaction.atomic
def map_again(form: Form, *, by: Officer, at: datetime) -> None:
    """Have every filled form of ``form`` that waits or was taken over mapped again.

    What a form became is put right, never made twice; a worker does it in each sender's name.
    """
    policies.check_may_map(by)
    audit.record("intake.mapped_again", subject=form.form_id, by=by, at=at)
    transaction.on_commit(lambda: map_form_again.enqueue(form.pk))
