"""Where a request for a second signature stands, and what its officer does next."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.admission.queries import of_signature, waits_for_half_of
from mekhala.safeguards.four_eyes.kinds import kind_of
from mekhala.safeguards.four_eyes.models import Answer, SecondSignature

# Acts done afterwards on a page of their own: the name of its address.
DONE_AT: dict[str, Callable[[SecondSignature], str]] = {
    "export.bulk": lambda s: reverse("cases:export_signed", args=[s.pk]),
    "identity.unseal_for_law": lambda s: reverse(
        "unsealing:open", args=[s.subject, s.details["order"]]
    ),
}


def state_of(signature: SecondSignature, now: datetime) -> str:
    """Return where a request stands."""
    if signature.has_lapsed(now):
        return _("Lapsed: nobody answered within 72 hours")
    if signature.answer == Answer.AGREED and signature.done_at is None:
        return _("Agreed, to be done")
    return str(signature.get_answer_display())


def next_step(signature: SecondSignature, officer: Officer, now: datetime) -> dict[str, Any]:
    """Return what is left for ``officer`` to do once a request was agreed."""
    if signature.answer != Answer.AGREED:
        return {}
    if signature.kind in ("account.new", "account.recover"):
        let_in = of_signature(signature)
        return {"has_half": let_in is not None and waits_for_half_of(let_in, officer, now)}
    ends = (signature.answered_at or now) + kind_of(signature).use_within
    if signature.done_at is not None or now >= ends or signature.asked_by_id != officer.pk:
        return {}
    if way := DONE_AT.get(signature.kind):
        return {"do_href": way(signature), "do_until": ends}
    return {"command": _command(signature), "do_until": ends}


def _command(signature: SecondSignature) -> str:
    if signature.kind == "keys.shred":
        return f"mekhala keys shred {signature.subject} --yes --signed {signature.pk}"
    return f"mekhala keys rotate --signed {signature.pk}"
