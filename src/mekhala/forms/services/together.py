"""Plain filled forms are kept together: what arrives while one commit runs goes with the next.

Whoever sends first writes for all who wait, by one statement that asks and writes everything
(``questionnaires_keep_together``); each is answered only after the commit. A form is plain where
it is new, whole and without files, from a phone and of a version this process has met. What is
not plain, and whatever the statement did not keep for any reason, takes the long way of
``receiving``, which says why.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from django.db import Error, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from mekhala.core.wrong_input import WrongInput
from mekhala.forms import policies
from mekhala.forms.answers import Sent, answers_of, read_sent
from mekhala.forms.models import FormVersion, Submission, new_submission_number
from mekhala.forms.safe_xml import text_of
from mekhala.forms.services.receiving import Shape, remembered
from mekhala.forms.taken_time import took
from mekhala.safeguards import prepared
from mekhala.safeguards.access.errors import ActRefused
from mekhala.safeguards.access.models import Device
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.identity import stock
from mekhala.safeguards.identity.fields import Sealed

MOST = 64  # forms in one statement
_KEEP = """
select place, submission
from questionnaires_keep_together(%s::jsonb, %b::bytea[], %b::bytea[], %b::bytea[])
"""


class Counted(NamedTuple):
    """Under which keys tries are counted, and how many are let through: see ``signing``."""

    failed: list[str]
    failures: int
    asks: str
    most: int
    seconds: int


class Plain(NamedTuple):
    """A filled form, sealed and ready to be written."""

    version: FormVersion
    row: dict[str, Any]
    xml: bytes
    answers: bytes
    key: bytes  # wrapped


def plain(xml: bytes, *, device: Device, counted: Counted, at: datetime) -> Plain | None:
    """Return what is to be written of a filled form; None where it has to go the long way."""
    by = device.officer
    try:
        sent = read_sent(xml, file_name="")
        known = remembered(sent, by)
        if known is None or not policies.may_answer(by) or _is_more(sent):
            return None
        return _sealed(xml, sent, *known, device=device, counted=counted, at=at)
    except (WrongInput, ActRefused):
        return None


def _is_more(sent: Sent) -> bool:
    return bool(sent.deprecated_id or sent.is_encrypted or sent.is_practice)


def _sealed(
    xml: bytes, sent: Sent, version: FormVersion, shape: Shape, *, device: Device,
    counted: Counted, at: datetime,
) -> Plain:  # fmt: skip
    by, answers = device.officer, answers_of(sent.root, repeats=shape.repeats)
    key, kept = stock.new_key(new_submission_number)
    form = Submission(
        number=kept.subject, instance_id=sent.instance_id, xml=text_of(xml, file_name=""),
        sha256=hashlib.sha256(xml).hexdigest(), answers=answers,
    )  # fmt: skip
    entry = audit.entry(
        "forms.submission_received", subject=sent.instance_id, by=by, at=at, form=sent.form_id,
        version=version.pk, state="received", files=0, refused=0, device=device.pk,
    )  # fmt: skip
    row = {
        "moment": at.isoformat(), "device": device.pk, "password": device.password,
        "failed": counted.failed, "failures": counted.failures, "asks": counted.asks,
        "most": counted.most,
        "asks_until": (at + timedelta(seconds=counted.seconds)).isoformat(),
        "officer": by.pk, "agency": by.agency_id, "role": by.role, "version": version.pk,
        "instance": sent.instance_id, "sha256": form.sha256, "number": kept.subject,
        "key_number": kept.number, "key_form": kept.form, "key_version": kept.version,
        "took": took(answers, shape.timed), "entry": entry,
    }  # fmt: skip
    said = [_field(name).sealed_with(form, key, kept.number) for name in ("xml", "answers")]
    return Plain(version, row, said[0], said[1], bytes(kept.wrapped))


def _field(name: str) -> Sealed:
    return cast("Sealed", Submission._meta.get_field(name))


class _Waiting:
    """A filled form until it is answered; ``kept`` is its number in the database, None for not."""

    def __init__(self, form: Plain) -> None:
        self.form, self.kept, self.is_over = form, None, False


LONGEST_WAIT = 0.005  # seconds whoever writes waits for those who are just being read
_queue: list[_Waiting] = []
_queueing, _writing = threading.Lock(), threading.Lock()
_arriving: set[int] = set()
_all_there = threading.Condition()


@contextmanager
def arriving() -> Iterator[None]:
    """Let whoever writes next wait a moment for the form that is read in this block."""
    mine = threading.get_ident()
    with _all_there:
        _arriving.add(mine)
    try:
        yield
    finally:
        with _all_there:
            _arriving.discard(mine)
            if not _arriving:
                _all_there.notify()


def keep_together(form: Plain) -> int | None:
    """Keep a filled form with all that wait; return its number in the database once committed.

    None: nothing of it was kept, and it goes the long way.
    """
    mine = _Waiting(form)
    with _queueing:
        _queue.append(mine)
    while not mine.is_over:
        with _writing:
            if not mine.is_over:
                with _all_there:
                    _all_there.wait_for(lambda: not _arriving, timeout=LONGEST_WAIT)
                _write(_next())
    return mine.kept


def _next() -> list[_Waiting]:
    """Return who is next, of copies of one form the first; the others go the long way."""
    with _queueing:
        batch, _queue[:] = _queue[:MOST], _queue[MOST:]
    firsts: dict[str, _Waiting] = {}
    for one in batch:
        one.is_over = firsts.setdefault(one.form.row["instance"], one) is not one
    return list(firsts.values())


def _write(batch: list[_Waiting]) -> None:
    try:
        for place, kept in _asked([one.form for one in batch]):
            batch[place - 1].kept = kept
    except Error as error:  # one of them spoils it for all: each goes the long way
        logging.getLogger(__name__).warning("forms not kept together: %s", type(error).__name__)
        leave()
    finally:
        for one in batch:
            one.is_over = True


def _asked(forms: list[Plain]) -> list[tuple[Any, ...]]:
    rows = [form.row | {"place": place} for place, form in enumerate(forms, 1)]
    values = [
        json.dumps(rows, ensure_ascii=False), [form.xml for form in forms],
        [form.answers for form in forms], [form.key for form in forms],
    ]  # fmt: skip
    if connection.in_atomic_block:  # the transaction of whoever asks
        with transaction.atomic():
            return prepared.execute(_KEEP, values)
    return prepared.execute(_KEEP, values, on=_own())


_kept_open: list[BaseDatabaseWrapper] = []


def _own() -> BaseDatabaseWrapper:
    """Return the connection all of them are written over: one for each process, kept open.

    Every setting made there ends with its statement, so that nothing has to be wiped.
    """
    if not _kept_open:
        own = connection.copy()
        own.settings_dict["OPTIONS"].pop("pool", None)
        own.inc_thread_sharing()
        _kept_open.append(own)
    return _kept_open[0]


def leave() -> None:
    """Let go of the connection all are written over; the next one is made anew."""
    while _kept_open:
        own = _kept_open.pop()
        own.close()
