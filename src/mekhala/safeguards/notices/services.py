"""Telling officers, and marking a notice as seen."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.notices.errors import NotYourNotice
from mekhala.safeguards.notices.kinds import Kind
from mekhala.safeguards.notices.models import Notice

# Without RETURNING: the row is another officer's, and is not seen by the one who writes it.
TELL = """
insert into notices_notice (officer_id, kind, subject, told_by, at, details)
select unnest(%s::bigint[]), %s, %s, %s, %s, %s::jsonb
"""


@transaction.atomic
def tell(
    officers: Iterable[Officer], kind: Kind | str, *, subject: str, by: Officer | None,
    at: datetime, **codes: object,
) -> None:  # fmt: skip
    """Tell each of ``officers`` one thing about ``subject``: a file's number or a user name.

    ``codes`` are codes and numbers, never a name or a sentence. ``by`` is the officer who acts,
    None for a job. Raises ``ValueError`` for a kind that is not in the list.
    """
    told = sorted({officer.pk for officer in officers})
    if not told:
        return
    said = Kind(kind)
    with connection.cursor() as cursor:
        cursor.execute(
            TELL, [told, said.value, subject, by.pk if by else None, at, json.dumps(codes)]
        )
    audit.record("notices.told", subject=subject, by=by, at=at, kind=said.value, officers=told)


@transaction.atomic
def seen(notice: Notice, *, by: Officer, at: datetime) -> None:
    """Mark one notice of ``by`` as seen; what is seen already stays as it is.

    Raises ``NotYourNotice`` for the notice of somebody else.
    """
    if notice.officer_id != by.pk:
        raise NotYourNotice
    if Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=at):
        audit.record("notices.seen", subject=notice.subject, by=by, at=at, notice=notice.pk)
