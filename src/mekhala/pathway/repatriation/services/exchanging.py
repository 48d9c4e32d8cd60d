"""What goes to the other side sealed, that it was received, and the key it is sealed to."""

from datetime import datetime

from django.db import transaction

from mekhala.core import exchange_file
from mekhala.pathway.repatriation import errors, policies, queries
from mekhala.pathway.repatriation.minimum import minimum_data
from mekhala.pathway.repatriation.models import CounterpartKey, Exchange, Return
from mekhala.pathway.repatriation.services.holding import hold
from mekhala.safeguards.access.errors import NotYourRole
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.access.purposes import Purpose, Role
from mekhala.safeguards.agencies.models import Agency
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.consent import queries as consent
from mekhala.safeguards.consent.models import DataClass
from mekhala.safeguards.identity import services as vault

TOLD = (DataClass.NEEDS, DataClass.IDENTITY)  # what the person has to say yes to


@transaction.atomic
def seal_exchange(one: Return, *, by: Officer, at: datetime) -> Exchange:
    """Seal the minimum data set to the other side's key; the look at the name is noted.

    Raises ``NoKeyOfTheirs``, ``YesMissing``, ``ReturnEnded``, and what keeps a name from being
    shown.
    """
    policies.check_may_act(by, one.case_id, now=at)
    policies.check_open(one)
    to = one.counterpart
    key = queries.key_of(to) if to else None
    if to is None or key is None:
        raise errors.NoKeyOfTheirs
    _check_yes(one, to, at=at)
    name = vault.show(one.case_id, by=by, at=at, purpose="return")
    word = exchange_file.receipt_word()
    told = minimum_data(hold(one), name) | {"receipt": word}
    kept = Exchange.objects.create(
        of_return=one, to=to, made_by=by, made_at=at,
        content=exchange_file.seal(told, about=one.case_id, public=bytes(key.public)),
        receipt_digest=exchange_file.receipt_digest(word),
    )  # fmt: skip
    audit.record("repatriation.sealed", subject=one.case_id, by=by, at=at, to=to.code)
    return kept


@transaction.atomic
def receive_exchange(sent: Exchange, word: str, *, by: Officer, at: datetime) -> Exchange:
    """Keep that the other side opened the file: it says the word that stands in it.

    Raises ``NotTheReceipt``.
    """
    one = sent.of_return
    policies.check_may_act(by, one.case_id, now=at)
    if exchange_file.receipt_digest(word) != sent.receipt_digest:
        raise errors.NotTheReceipt
    if Exchange.objects.filter(pk=sent.pk, received_at=None).update(received_at=at):
        audit.record("repatriation.received", subject=one.case_id, by=by, at=at, file=sent.pk)
    sent.refresh_from_db()
    return sent


@transaction.atomic
def add_key(
    agency: Agency, country: str, public: str, *, by: Officer, at: datetime
) -> CounterpartKey:
    """Keep the public key of a body abroad, whose fingerprint both sides read to each other.

    Raises ``NotYourRole`` for all but administrators, ``WrongInput`` for what is no key.
    """
    if by.role != Role.ADMINISTRATOR:
        raise NotYourRole
    raw = exchange_file.public_bytes(public)
    kept = CounterpartKey.objects.create(
        agency=agency, country=country, public=raw, added_by=by, added_at=at
    )
    audit.record(
        "repatriation.key_added", subject=agency.code, by=by, at=at,
        fingerprint=exchange_file.fingerprint(raw),
    )  # fmt: skip
    return kept


def _check_yes(one: Return, to: Agency, *, at: datetime) -> None:
    consent.hold(one.case_id)
    for told in TOLD:
        given = consent.is_given(
            one.case_id, recipient=to.code, purpose=Purpose.SUPPORT, data_class=told, now=at
        )
        if not given:
            raise errors.YesMissing
