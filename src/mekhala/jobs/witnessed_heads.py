"""The head of the log is signed and shown to the witnesses, twice an hour."""

import logging

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from mekhala.safeguards.audit.heads import public_of, signing_key
from mekhala.safeguards.audit.witnesses import witness_at
from mekhala.safeguards.audit.witnessing import Shown, show, take_head

log = logging.getLogger(__name__)


@task()
def witness_the_log() -> dict[str, str]:
    """Take a head and show it; return what each witness answered, empty where it keeps it."""
    shown = witness_now()
    for answer in shown:
        if answer.why:
            log.error("A head of the audit log was not kept by a witness")
    return {answer.witness: answer.why for answer in shown}


def witness_now() -> list[Shown]:
    """Take a head with the key of this installation and show it to the witnesses it names."""
    key = signing_key(settings.AUDIT_KEY)
    witnesses = [witness_at(said, key=public_of(key)) for said in settings.AUDIT_WITNESSES]
    return show(take_head(key=key, at=timezone.now()), witnesses)
