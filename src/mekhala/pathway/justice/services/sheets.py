"""Sheets that came on paper or by fax: kept sealed, opened under note, keyed in beside the form."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from mekhala.pathway.justice import policies
from mekhala.pathway.justice.errors import EntryRefused
from mekhala.pathway.justice.models import Accused, Entry, Keyed, Sheet
from mekhala.pathway.justice.services.entries import record
from mekhala.safeguards.access.models import Officer
from mekhala.safeguards.audit import services as audit
from mekhala.safeguards.uploads.papers import pages_of
from mekhala.safeguards.uploads.pictures import Picture


@transaction.atomic
def keep_sheets(
    accused: Accused, content: bytes, *, file_name: str, by: Officer, at: datetime
) -> list[Sheet]:
    """Keep a picture of each sheet, drawn anew: what can be seen, and nothing else of the file.

    A JPEG or PNG is one sheet, a PDF one for each page; all are kept or none. Raises
    ``WrongInput`` for any other file, one too large or broken, ``NotYourRole``, ``NotOpenToYou``.
    """
    policies.check_may_act(by, accused.proceeding_id, now=at)
    pages = pages_of(content, file_name=file_name)
    return [_keep(accused, picture, by=by, at=at) for picture in pages]


def _keep(accused: Accused, picture: Picture, *, by: Officer, at: datetime) -> Sheet:
    kept = Sheet.objects.create(
        accused=accused, media_type=picture.media_type, content=picture.content,
        sha256=hashlib.sha256(picture.content).hexdigest(), recorded_by=by, recorded_at=at,
    )  # fmt: skip
    audit.record(
        "justice.sheet_kept", subject=accused.proceeding_id, by=by, at=at, accused=accused.pk,
        sheet=kept.pk,
    )  # fmt: skip
    return kept


def open_sheet(sheet: Sheet, *, by: Officer, at: datetime) -> bytes:
    """Return the picture, opened; the look is noted first. Raises ``WordsNotOpened``."""
    number = sheet.accused.proceeding_id
    policies.check_may_act(by, number, now=at)
    audit.record("justice.sheet_opened", subject=number, by=by, at=at, sheet=sheet.pk)
    return bytes(sheet.content)


@transaction.atomic
def key_in(
    sheet: Sheet, kind: str, of: type[Entry], *, by: Officer, at: datetime,
    replaces: Entry | None = None, **said: Any,
) -> Entry:  # fmt: skip
    """Record one entry as ``record`` does, and that it was keyed in from a sheet."""
    accused = sheet.accused
    policies.check_may_act(by, accused.proceeding_id, now=at)
    if replaces is not None and replaces.accused_id != accused.pk:
        raise EntryRefused
    kept = record(of, accused, by=by, at=at, replaces=replaces, **said)
    Keyed.objects.create(sheet=sheet, kind=kind, entry=kept.pk)
    return kept
